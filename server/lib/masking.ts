// Personal data as it is shown to those who need not call: a surname, the ends of a number.

/** `王小明` → `王*`: the first character and one star, whatever the length, so that the length tells nothing. Blank stays blank. */
export function maskName(name: string): string {
  const [first] = name.trim(); // by character, not by UTF-16 unit: some surnames lie outside the basic plane
  return first === undefined ? '' : `${first}*`;
}

/**
 * `13812345678` → `138****5678`; a landline keeps its area code and the last four, `0451-****4567`; a number without area code
 * the last four; fewer than seven digits nothing. A leading +86 and an extension are dropped, blank stays blank.
 */
export function maskPhone(phone: string): string {
  const text = phone.normalize('NFKC').trim();
  if (text === '') return '';
  const digits = digitsOf(text);
  if (/^1\d{10}$/.test(digits)) return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
  // Two-digit area codes (010, 02x) have one figure less than all the others.
  const landline = /^(0(?:10|2\d|[3-9]\d{2}))(\d{7,8})$/.exec(digits);
  if (landline) return `${landline[1] ?? ''}-${masked(landline[2] ?? '')}`;
  return masked(digits);
}

export const maskContact = ({ name, phone }: { name: string; phone: string }) => ({
  name: maskName(name),
  phone: maskPhone(phone),
});

function masked(digits: string): string {
  return digits.length < 7 ? '****' : '*'.repeat(digits.length - 4) + digits.slice(-4);
}

/** The number's own digits: without country code, extension and what stands between them. */
function digitsOf(text: string): string {
  const [number = ''] = text.split(/转|ext|[x#*]/iu);
  const withoutCountry = number.replace(/^(?:\+|00)\s*86/, '');
  const withoutExtension = withoutCountry.replace(/(\d{7,8})-\d{1,6}$/, '$1');
  return withoutExtension.replace(/\D/g, '');
}
