// Figures with their units, in the language that is set.
import { language } from '../shared/language.ts';
import { words } from './words.ts';

/** 80 米, 1.2 公里: figure and unit apart, so that the figure can be larger. */
export function distanceParts(metres: number): { figure: string; unit: string } {
  if (metres < 995)
    return { figure: String(Math.max(5, Math.round(metres / 5) * 5)), unit: words.value.metres };
  const kilometres = metres / 1000;
  return { figure: kilometres.toFixed(kilometres < 10 ? 1 : 0), unit: words.value.kilometres };
}

export function distanceText(metres: number): string {
  const { figure, unit } = distanceParts(metres);
  return `${figure} ${unit}`;
}

/** 靖宇街 218 号: a normal space between Chinese and a number. */
export const addressText = (address: string): string =>
  address.replace(/(\p{Script=Han})(?=\d)/gu, '$1 ').replace(/(\d)(?=号)/gu, '$1 ');

export function sizeText(bytes: number): string {
  const units = ['KB', 'MB', 'GB'];
  let figure = bytes / 1000;
  let unit = 0;
  while (figure >= 1000 && unit < units.length - 1) {
    figure /= 1000;
    unit += 1;
  }
  const text = new Intl.NumberFormat(language.value === 'zh' ? 'zh-CN' : 'en-GB', {
    maximumFractionDigits: figure < 10 ? 1 : 0,
  });
  return `${text.format(figure)} ${units[unit] ?? ''}`;
}
