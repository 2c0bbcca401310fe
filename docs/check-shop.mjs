// Checks one shop's whole history by public addresses alone, trusting nobody: node docs/check-shop.mjs ADDRESS DOORCODE [HEADS]
// HEADS is a file of signed headers (one JSON object a line) that you keep: the chain must still hold every one of them,
// and the newest is added to it. Exit code 0: everything holds. What is checked, and what cannot be, is told in docs/ledger.md.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

const { Buffer, console, fetch, process, URL } = globalThis;
const [address, code, headsFile] = process.argv.slice(2);
if (!address || !code) fail('Usage: node docs/check-shop.mjs ADDRESS DOORCODE [HEADS]');

// In the order in which they signed: one that was replaced signs nothing more.
const keys = (await get('/.well-known/jwks.json')).keys;
const orderOf = ({ keyId }) => keys.findIndex(({ kid }) => kid === keyId);
const proof = await get(`/api/v1/ledger/proof/${encodeURIComponent(code)}`);
const [first] = proof.entries;
if (!first) fail('The proof holds no entry.');

const chain = await readChain(first.block.district);
checkKept(chain);
const layers = proof.entries.map(checkEntry);
const said = layerAt(layers, new Date());
const status = said?.to;
const shown = await get(`/api/v1/status/${proof.doorCode}`);
ensure(shown.status === status, `the public page says ${shown.status}, the entries say ${status}`);
ensure(
  shown.successor?.kind === said?.successor?.kind,
  `who follows: the public page says ${shown.successor?.kind ?? 'nobody'}, the entries say ${said?.successor?.kind ?? 'nobody'}`,
);
console.log(`${shown.name} (${proof.doorCode}): ${status}`);
console.log(
  `${layers.length} entries in place, in a chain of ${chain.length} signed blocks. Everything holds.`,
);

/** Every header of the district: own hash, signature, and the hash of the one before. */
async function readChain(district) {
  const blocks = [];
  for (;;) {
    const page = await get(`/api/v1/ledger/blocks?district=${district}&from=${blocks.length + 1}&limit=1000`);
    if (page.items.length === 0) return blocks;
    for (const block of page.items) {
      const place = `block ${block.height}`;
      ensure(block.height === blocks.length + 1, `block ${blocks.length + 1} is missing`);
      ensure(
        block.prev === (blocks.at(-1)?.hash ?? '0'.repeat(64)),
        `${place} does not follow the one before`,
      );
      const { district, height, adjustment, setHash, count, root, at, prev } = block;
      const header = { district, height, adjustment, setHash, count, root, at, prev };
      ensure(sha256(canonical(header)).toString('hex') === block.hash, `${place} does not have its hash`);
      ensure(isSigned(block), `${place} is not signed by a published key`);
      const before = blocks.at(-1);
      ensure(!before || orderOf(block) >= orderOf(before), `${place} is signed by a key that was replaced`);
      blocks.push(block);
    }
  }
}

function isSigned(block) {
  const { hash, signature } = block;
  const key = keys[orderOf(block)];
  if (!key) return false;
  const publicKey = createPublicKey({ key: { kty: key.kty, crv: key.crv, x: key.x }, format: 'jwk' });
  return verify(null, Buffer.from(hash), publicKey, Buffer.from(signature, 'base64url'));
}

/** One entry of the shop: its number, its leaf under the root of its block, its block in the chain. */
function checkEntry({ leaf, index, path, block }, position) {
  const place = `entry ${position + 1}`;
  const entry = JSON.parse(leaf);
  ensure(canonical(entry) === leaf, `${place} is not written canonically`);
  ensure(entry.merchant === proof.merchant, `${place} belongs to another shop`);
  ensure(entry.n === position + 1, `${place} is missing`);
  const known = chain[block.height - 1];
  ensure(
    known?.hash === block.hash && known.root === block.root,
    `${place} names a block that is not in the chain`,
  );
  ensure(entry.adjustment === known.adjustment, `${place} and its block name different adjustments`);
  ensure(
    rootOf(leaf, index, known.count, path) === known.root,
    `${place} is not under the root of its block`,
  );
  return { ...entry, height: known.height };
}

/** RFC 9162, section 2.1.3.2: climbs from a leaf to the root along its siblings. */
function rootOf(leaf, index, size, path) {
  let hash = sha256(Buffer.from([0]), leaf);
  let place = index;
  let last = size - 1;
  for (const step of path) {
    const sibling = Buffer.from(step, 'hex');
    if (last === 0) return null;
    if (place % 2 === 1 || place === last) {
      hash = sha256(Buffer.from([1]), sibling, hash);
      while (place % 2 === 0) [place, last] = [place / 2, Math.floor(last / 2)];
    } else hash = sha256(Buffer.from([1]), hash, sibling);
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash.toString('hex') : null;
}

/** Of the layers that have begun, not ended and are not cancelled by a live one, the latest says the status, and who follows. */
function layerAt(all, now) {
  const cancelled = new Set();
  const live = all.toReversed().filter(({ n, effectiveFrom, effectiveTo, cancels }) => {
    const isLive =
      new Date(effectiveFrom) <= now && !(effectiveTo && new Date(effectiveTo) <= now) && !cancelled.has(n);
    if (isLive) for (const one of cancels) cancelled.add(one);
    return isLive;
  });
  const latest = (a, b) => new Date(b.effectiveFrom) - new Date(a.effectiveFrom) || b.height - a.height;
  return live.filter(({ to }) => to !== null).sort(latest)[0];
}

/** Headers kept from earlier must still be there: this is what shows a chain that was cut short or written anew. */
function checkKept(blocks) {
  if (!headsFile) return;
  const lines = existsSync(headsFile) ? readFileSync(headsFile, 'utf8').split('\n').filter(Boolean) : [];
  const district = blocks[0].district;
  const kept = lines.map((line) => JSON.parse(line)).filter((head) => head.district === district);
  for (const { height, hash } of kept)
    ensure(blocks[height - 1]?.hash === hash, `block ${height} is not the one that was kept in ${headsFile}`);
  const newest = blocks.at(-1);
  if (!kept.some(({ height }) => height === newest.height))
    appendFileSync(headsFile, `${JSON.stringify(newest)}\n`);
}

/** RFC 8785 for what stands in entries and headers: text, whole numbers, null, lists and objects. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${members.join(',')}}`;
}

function sha256(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

async function get(path) {
  const response = await fetch(new URL(path, address), { headers: { 'Accept-Language': 'en' } });
  const body = await response.json();
  if (!response.ok) fail(`${path}: ${body.title ?? response.status}`);
  return body;
}

function ensure(holds, what) {
  if (!holds) fail(`Does not hold: ${what}`);
}

function fail(what) {
  console.error(what);
  process.exit(1);
}
