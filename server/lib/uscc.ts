// The unified social credit code (统一社会信用代码, USCC): its two checks, its normal form, and well-formed ones for demonstrations.

/** GB 32100-2015: digits and capitals without I, O, S, V, Z; a character's place is its value. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** GB 11714 weights of the eight characters before the body's check. */
const BODY_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** Whether `code`, in its normal form, is well-formed with both checks right. Says nothing about being registered. */
export function isValidUscc(code: string): boolean {
  return explainUscc(code) === 'ok';
}

/**
 * What is wrong with a code in its normal form, the first of: not 18 characters, a character outside the alphabet, the check
 * character (GB 32100-2015), the check of the body code in characters 9 to 17 (GB 11714).
 */
export function explainUscc(code: string): 'ok' | 'length' | 'alphabet' | 'check' | 'body-check' {
  if (code.length !== 18) return 'length';
  for (const character of code) if (!ALPHABET.includes(character)) return 'alphabet';
  if (code.charAt(17) !== checkCharacter(code.slice(0, 17))) return 'check';
  if (code.charAt(16) !== bodyCheckCharacter(code.slice(8, 16))) return 'body-check';
  return 'ok';
}

/**
 * A made-up, well-formed code: `registrar` two characters (`91` enterprise, `92` individual shop), `areaCode` six digits,
 * `serial` either a number below 31⁶, which gives the body `MA` and six characters, or a string of up to eight characters of the
 * alphabet, which is the body itself. The same arguments give the same code. Throws RangeError for others.
 */
export function makeUscc(registrar: string, areaCode: string, serial: number | string): string {
  const body = typeof serial === 'number' ? `MA${inBase31(serial)}` : serial.padStart(8, '0');
  const payload = registrar + areaCode + body;
  if (registrar.length !== 2 || areaCode.length !== 6 || body.length !== 8)
    throw new RangeError(`no code can be made from ${registrar}, ${areaCode}, ${String(serial)}`);
  for (const character of payload)
    if (!ALPHABET.includes(character)) throw new RangeError(`${character} cannot occur in a credit code`);
  const checked = payload + bodyCheckCharacter(body);
  return checked + checkCharacter(checked);
}

/** Typed or pasted text in the form that is stored and compared: trimmed, full-width to ASCII, upper case. */
export function normalizeUscc(text: string): string {
  return text.normalize('NFKC').trim().toUpperCase();
}

/** GB 32100-2015: (31 − Σ cᵢ · (3ⁱ mod 31) mod 31) mod 31 over the first 17 characters. */
function checkCharacter(first17: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of first17) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** GB 11714: 11 − Σ cᵢ · wᵢ mod 11, letters counted from A = 10 without gaps; 10 is written X and 11 is written 0. */
function bodyCheckCharacter(first8: string): string {
  const sum = BODY_WEIGHTS.reduce((total, weight, i) => total + parseInt(first8.charAt(i), 36) * weight, 0);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? 'X' : String(check);
}

function inBase31(serial: number): string {
  if (!Number.isInteger(serial) || serial < 0 || serial >= 31 ** 6)
    throw new RangeError(`a serial is a whole number from 0 to 31⁶ − 1, not ${String(serial)}`);
  let digits = '';
  for (let rest = serial, i = 0; i < 6; i++, rest = Math.floor(rest / 31))
    digits = ALPHABET.charAt(rest % 31) + digits;
  return digits;
}
