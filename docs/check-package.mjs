// Checks an evidence package offline, in the folder where it was unpacked: node verify.mjs [--key JWKS]. Without --key the key
// in the package is believed, which shows that nothing was changed since it was signed, but not by whom: compare it with the
// published one. Exit code 0: everything holds; 1: the first bad place is named. Needs Node.js 20 or newer and nothing else.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const { Buffer, console, process } = globalThis;
const folder = dirname(fileURLToPath(import.meta.url));
const signed = 'manifest.json';
const signature = 'manifest.sig';

const text = read(signed);
const manifest = parse(text, signed);
const key = keyOf(manifest.keyId);
const sealed = read(signature).toString('utf8');
const bytes64 = Buffer.from(sealed, 'base64url');
// In its only spelling: unused bits and blanks would let a changed file pass.
ensure(`${bytes64.toString('base64url')}\n` === sealed, signature, 'is not a signature as it is written');
ensure(verify(null, text, key, bytes64), signed, 'is not what was signed');
console.log(`ok  ${signed} (key ${manifest.keyId})`);

for (const { path, bytes, sha256 } of manifest.files) {
  const content = read(path);
  ensure(content.length === bytes && hashOf(content) === sha256, path, 'was changed');
  console.log(`ok  ${path}`);
}
const known = new Set([signed, signature, ...manifest.files.map(({ path }) => path)]);
for (const path of filesIn('')) ensure(known.has(path), path, 'does not belong to the package');

ensure(hashOf(read('visit.json')) === manifest.contentHash, 'visit.json', 'does not have the content hash');
const named = photosIn(parse(read('visit.json'), 'visit.json'));
const there = new Map(
  manifest.files
    .filter(({ path }) => path.startsWith('photos/'))
    .map(({ path, sha256 }) => [path.slice(7).split('.')[0], sha256]),
);
for (const [hash, sha256] of there)
  ensure(hash === sha256, `photos/${hash}`, 'does not have the hash it is named by');
for (const hash of named)
  ensure(
    there.has(hash) || manifest.missingPhotos.includes(hash),
    `photos/${hash}`,
    'is named by the visit and missing',
  );

if (manifest.missingPhotos.length > 0)
  console.log(`${manifest.missingPhotos.length} photo(s) had not arrived when the package was made.`);
console.log(
  `Visit ${manifest.visit}, packed ${manifest.madeAt} by ${manifest.madeBy.name}. Everything holds.`,
);

function keyOf(keyId) {
  const at = process.argv.indexOf('--key');
  const given =
    at < 0 ? parse(read('key.json'), 'key.json') : parse(readFileSync(process.argv[at + 1]), '--key');
  const found = (given.keys ?? [given]).find(({ kid }) => kid === keyId);
  ensure(found, signed, `is signed by another key (${keyId})`);
  return createPublicKey({ key: { kty: found.kty, crv: found.crv, x: found.x }, format: 'jwk' });
}

/** Every photo that the sealed visit names, wherever it does. */
function photosIn(value) {
  if (Array.isArray(value)) return value.flatMap(photosIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (name === 'sha256') return [inner];
    if (name === 'photos' && inner.every((one) => typeof one === 'string')) return inner;
    return photosIn(inner);
  });
}

function filesIn(path) {
  return readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) => {
    const inner = path === '' ? entry.name : `${path}/${entry.name}`;
    return entry.isDirectory() ? filesIn(inner) : [inner];
  });
}

function read(path) {
  try {
    return readFileSync(join(folder, path));
  } catch {
    return fail(path, 'is missing');
  }
}

function parse(bytes, path) {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return fail(path, 'is no JSON');
  }
}

function hashOf(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

function ensure(holds, path, what) {
  if (!holds) fail(path, what);
}

function fail(path, what) {
  console.error(`BAD ${path} ${what}`);
  process.exit(1);
}
