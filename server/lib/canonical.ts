// One spelling for a JSON value (RFC 8785), so that equal content has an equal hash, and where two values differ.
import { createHash } from 'node:crypto';
import canonicalizeModule from 'canonicalize';

// The package is CommonJS and exports the function itself, while its types speak of a default export inside.
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined;

const MAX_PATHS = 50;

/**
 * RFC 8785 canonical JSON: keys sorted by UTF-16 unit, no blanks. Dates and ids are written by their `toJSON`, undefined members
 * left out. Throws for what JSON cannot hold: TypeError for undefined itself and for a bigint, Error for NaN and infinity. A lone
 * surrogate is written escaped, where the RFC would refuse it: what was received must always have a hash.
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError(`JSON cannot hold a value of type ${typeof value}`);
  return text;
}

/** SHA-256 in lower-case hex; a string is hashed as UTF-8. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** SHA-256 in lower-case hex of a value's canonical JSON. Throws as `canonicalJson`. */
export function contentHash(value: unknown): string {
  return sha256(canonicalJson(value));
}

/**
 * JSON pointers (RFC 6901) of the places where two values differ, members in canonical order, items by index; at most 50. Empty
 * exactly when both have the same content hash. What only one side has is named once, not leaf by leaf. Throws as `canonicalJson`.
 */
export function differingPaths(a: unknown, b: unknown): string[] {
  const paths: string[] = [];
  collect(JSON.parse(canonicalJson(a)), JSON.parse(canonicalJson(b)), '', paths);
  return paths;
}

function collect(a: unknown, b: unknown, path: string, paths: string[]): void {
  if (paths.length >= MAX_PATHS || a === b) return;
  if (!isContainer(a) || !isContainer(b) || Array.isArray(a) !== Array.isArray(b)) {
    paths.push(path);
    return;
  }
  for (const key of keysOf(a, b)) {
    if (paths.length >= MAX_PATHS) return;
    const place = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (Object.hasOwn(a, key) && Object.hasOwn(b, key)) collect(a[key], b[key], place, paths);
    else paths.push(place);
  }
}

/** Object keys in canonical order, array indices in theirs. */
function keysOf(a: object, b: object): string[] {
  if (Array.isArray(a) && Array.isArray(b)) return Object.keys(a.length > b.length ? a : b);
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
