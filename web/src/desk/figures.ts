// Figures and instants as the page's language writes them.
import { language } from '../shared/language.ts';
import { now } from '../shared/now.ts';
import { dateText, momentText, spanBetween, spanText } from '../shared/time.ts';

const locale = () => (language.value === 'zh' ? 'zh-CN' : 'en-GB');

/** 6,029 */
export const count = (figure: number): string => new Intl.NumberFormat(locale()).format(figure);

/** 0.913 → 91.3% */
export const percent = (share: number): string =>
  new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 1 }).format(share);

/** 3.4 MB, 12 kB */
export const sizeText = (bytes: number): string =>
  bytes < 1_000_000
    ? `${count(Math.ceil(bytes / 1_000))} kB`
    : `${new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(bytes / 1_000_000)} MB`;

/** Time alone today, else date and time. */
export const moment = (at: string | Date): string => momentText(at, now.value, language.value);
export const date = (at: string | Date): string => dateText(at, now.value, language.value);
/** 1 小时 38 分: how long until or since. */
export const span = (at: string | Date): string =>
  spanText(spanBetween(new Date(at), now.value), language.value);
export const isPast = (at: string | Date): boolean => new Date(at) <= now.value;
