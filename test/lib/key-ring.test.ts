// Keys that follow each other: what is kept of those that were replaced, and what may be read as such.
import { expect } from 'chai';
import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyRing, readRetired, replaceKey } from '../../server/lib/key-ring.ts';
import { createSigningKey, loadSigner } from '../../server/lib/signing.ts';

describe('the keys of a deployment', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mingdan-keys-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('follow each other; of a replaced one the public half stays, of the new one only its owner reads the file', async () => {
    const files = { key: join(folder, 'signing-key.pem'), retired: join(folder, 'retired-keys.json') };
    const keys = [createSigningKey(), createSigningKey(), createSigningKey()];
    const [first, second, third] = keys.map(({ privatePem }) => privatePem);
    await writeFile(files.key, first ?? '', { mode: 0o600 });
    for (const next of [second, third])
      await replaceKey(files, loadSigner(await readFile(files.key, 'utf8')), next ?? '');
    const present = loadSigner(await readFile(files.key, 'utf8'));
    const text = await readFile(files.retired, 'utf8');
    expect(keyRing(readRetired(text), present)).to.deep.equal(keys.map(({ publicJwk }) => publicJwk));
    expect(text).to.not.include('"d"').and.to.not.include('PRIVATE');
    expect((await stat(files.key)).mode & 0o777).to.equal(0o600);
    // Cut off between the two steps: the present key is in both places, and counts once.
    await replaceKey({ ...files, key: join(folder, 'elsewhere.pem') }, present, first ?? '');
    expect(keyRing(readRetired(await readFile(files.retired, 'utf8')), present)).to.have.length(3);
  });

  it('are not replaced where those before cannot be read', async () => {
    const retired = join(folder, 'loop.json');
    await symlink(retired, retired);
    const { publicJwk, privatePem } = createSigningKey();
    const replaced = await replaceKey(
      { key: join(folder, 'other.pem'), retired },
      { publicJwk },
      privatePem,
    ).then(
      () => 'replaced',
      (error: NodeJS.ErrnoException) => error.code,
    );
    expect(replaced).to.equal('ELOOP');
  });

  it('are read from a JWK set of public keys only', () => {
    const { publicJwk } = createSigningKey();
    expect(readRetired(JSON.stringify({ keys: [publicJwk] }))).to.deep.equal([publicJwk]);
    for (const wrong of ['', '[]', '{}', '{"keys":[{}]}', '{"keys":[null]}', '{"keys":{}}'])
      expect(() => readRetired(wrong), wrong).to.throw();
    expect(() => readRetired(JSON.stringify({ keys: [{ ...publicJwk, d: 'secret' }] }))).to.throw(TypeError);
  });
});
