// Instants as the bureau writes them: Shanghai time, 24 hours, the year only when it is another one.
type Language = 'zh' | 'en';

const zone = 'Asia/Shanghai';
const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  weekday: 'short',
  hourCycle: 'h23',
});
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdaysZh: Record<string, string> = {
  Mon: '星期一',
  Tue: '星期二',
  Wed: '星期三',
  Thu: '星期四',
  Fri: '星期五',
  Sat: '星期六',
  Sun: '星期日',
};

function read(at: Date) {
  const found: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of parts.formatToParts(at)) found[type] = value;
  const { year = '', month = '', day = '', hour = '', minute = '', weekday = '' } = found;
  return { year, month: Number(month), day: Number(day), time: `${hour}:${minute}`, weekday };
}

/** 2022-12-01: the day in Shanghai, to be compared. */
export function dayOf(at: Date | string): string {
  const { year, month, day } = read(new Date(at));
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** 2022-12-01T10:42: the minute in Shanghai, as a field of a form holds it. */
export const minuteOf = (at: Date | string): string => `${dayOf(at)}T${timeText(at)}`;

/** The instant of a day or a minute that somebody typed: Shanghai has no summer time. */
export const instantOf = (typed: string): Date =>
  new Date(`${typed.includes('T') ? typed : `${typed}T00:00`}:00+08:00`);

export const timeText = (at: Date | string): string => read(new Date(at)).time;

export function dateText(at: Date | string, now: Date, language: Language): string {
  const { year, month, day } = read(new Date(at));
  const sameYear = read(now).year === year;
  if (language === 'zh') return `${sameYear ? '' : `${year}年`}${month}月${day}日`;
  return `${day} ${months[month - 1] ?? ''}${sameYear ? '' : ` ${year}`}`;
}

export function weekdayText(at: Date, language: Language): string {
  const { weekday } = read(at);
  return language === 'zh' ? (weekdaysZh[weekday] ?? '') : weekday;
}

/** The time alone when it is today, else the date with it. */
export function momentText(at: Date | string, now: Date, language: Language): string {
  return dayOf(at) === dayOf(now) ? timeText(at) : `${dateText(at, now, language)} ${timeText(at)}`;
}

export type Span = { days: number; hours: number; minutes: number };

/** How long between two instants, in whole minutes, whichever is first. */
export function spanBetween(one: Date, other: Date): Span {
  const minutes = Math.floor(Math.abs(one.getTime() - other.getTime()) / 60_000);
  return { days: Math.floor(minutes / 1440), hours: Math.floor(minutes / 60) % 24, minutes: minutes % 60 };
}

/** The two largest units that say something. */
export function spanText({ days, hours, minutes }: Span, language: Language): string {
  const zh = language === 'zh';
  const day = zh ? `${days} 天` : `${days} d`;
  const hour = zh ? `${hours} 小时` : `${hours} h`;
  const minute = zh ? `${minutes} 分` : `${minutes} min`;
  if (days > 0) return hours > 0 ? `${day} ${hour}` : day;
  if (hours > 0) return minutes > 0 ? `${hour} ${minute}` : hour;
  return minute;
}
