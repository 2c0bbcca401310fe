// The time that a camera wrote into a picture: `2022:11:29 10:00:00`, without a zone. Pure.

/** Read as China's time, where the phones are. Null where it is no time. */
export function exifInstant(written: unknown): string | null {
  const form = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/;
  const [, year, month, day, time] = (typeof written === 'string' && form.exec(written)) || [];
  if (year === undefined) return null;
  const at = new Date(`${year}-${month ?? ''}-${day ?? ''}T${time ?? ''}+08:00`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
