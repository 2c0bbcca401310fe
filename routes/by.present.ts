// How the doer of a deed is shown.
import type { By } from '../models/words.ts';

export function presentBy({ kind, role, name }: By) {
  return { kind, role, name };
}
