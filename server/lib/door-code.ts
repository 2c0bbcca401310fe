// Door codes: the ten characters on a shop's door, nine of them random and the last a check.

/** Crockford's base 32: no I, L, O or U, so that nothing is misread or spells a word. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const PAYLOAD = 9;

/**
 * A new door code from at least 6 random bytes: 45 of their bits, then the check. Throws RangeError when given fewer. Uniqueness
 * is the caller's matter (a unique index).
 */
export function makeDoorCode(random: Uint8Array): string {
  if (random.length < 6) throw new RangeError('a door code needs at least 6 random bytes');
  let bits = BigInt(`0x${Buffer.from(random.subarray(0, 6)).toString('hex')}`);
  let payload = '';
  for (let i = 0; i < PAYLOAD; i++) {
    payload += ALPHABET.charAt(Number(bits & 31n));
    bits >>= 5n;
  }
  return payload + ALPHABET.charAt(timesAlpha(remainder(payload)));
}

/** Whether `text` is a door code in its normal form with the right check; put typed text through `normalizeDoorCode` first. */
export function isDoorCode(text: string): boolean {
  return /^[0-9A-HJKMNP-TV-Z]{10}$/.test(text) && remainder(text) === 0;
}

/** A typed or scanned code in its normal form: full-width to ASCII, upper case, blanks and hyphens dropped, I and L read as 1, O as 0. */
export function normalizeDoorCode(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Dash}]/gu, '')
    .replace(/[IL]/g, '1')
    .replaceAll('O', '0');
}

/** 7K3M 9QW 2XD: read out more easily. */
export const spacedDoorCode = (doorCode: string): string => doorCode.replace(/^(.{4})(.{3})/, '$1 $2 ');

/**
 * The code read as a polynomial over GF(32) at α, so the character k places from the end weighs αᵏ; a right code gives 0. All
 * weights are non-zero, hence a wrong character always shows; all ten differ (α has order 31), hence so does a swap of two
 * unlike characters, neighbours or not. A sum modulo 32 cannot do that: some of its weights would divide zero.
 */
function remainder(code: string): number {
  let sum = 0;
  for (const character of code) sum = timesAlpha(sum) ^ ALPHABET.indexOf(character);
  return sum;
}

/** Multiplication by α = x in GF(2⁵) modulo the primitive polynomial x⁵ + x² + 1. */
function timesAlpha(element: number): number {
  const shifted = element << 1;
  return shifted & 32 ? shifted ^ 0b100101 : shifted;
}
