// Days, times and spans in words, in both languages. All times are Shanghai's, whatever the server's own zone is.
import type { Language } from '../lib/problem.ts';
import { html, type Html } from './html.ts';

const shanghai = 8 * 3_600_000;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function localParts(at: Date) {
  const local = new Date(at.getTime() + shanghai);
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth(),
    day: local.getUTCDate(),
    time: local.toISOString().slice(11, 16),
  };
}

/** 2022年11月30日, 30 Nov 2022. Official: always with the year. Never broken over two lines. */
export function dayOf(at: Date, language: Language): Html {
  const { year, month, day } = localParts(at);
  const text =
    language === 'zh' ? `${year}年${month + 1}月${day}日` : `${day} ${months[month] ?? ''} ${year}`;
  return html`<span class="n">${text}</span>`;
}

/** 2022年11月30日 10:42 */
export function instantOf(at: Date, language: Language): Html {
  return html`${dayOf(at, language)} <span class="n">${localParts(at).time}</span>`;
}

/** Today, or the day without a year when that is this one. */
export function nearDayOf(at: Date, now: Date, language: Language): Html {
  const [then, today] = [localParts(at), localParts(now)];
  if (then.year !== today.year) return dayOf(at, language);
  const isToday = then.month === today.month && then.day === today.day;
  const text = isToday
    ? { zh: '今天', en: 'today' }[language]
    : { zh: `${then.month + 1}月${then.day}日`, en: `${then.day} ${months[then.month] ?? ''}` }[language];
  return html`<span class="n">${text}</span>`;
}

export function timeOf(at: Date): Html {
  return html`<span class="n">${localParts(at).time}</span>`;
}

/** A span in its two largest units: 1 小时 18 分, 2 天 3 小时. Rounded down, so that nobody counts on a minute that is over. */
export function spanOf(milliseconds: number, language: Language): string {
  const minutes = Math.floor(Math.abs(milliseconds) / 60_000);
  const units = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60] as const;
  const [days, hours] = units;
  const unit = (count: number, zh: string, en: string) =>
    language === 'zh' ? `${count} ${zh}` : `${count} ${en}`;
  if (days > 0)
    return [unit(days, '天', days === 1 ? 'day' : 'days'), hours > 0 && unit(hours, '小时', 'h')]
      .filter(Boolean)
      .join(' ');
  if (hours > 0)
    return [unit(hours, '小时', 'h'), units[2] > 0 && unit(units[2], '分', 'min')].filter(Boolean).join(' ');
  return unit(units[2], '分钟', 'min');
}
