// A paper on a door is told to be ours by the phone just as by the server, for every mark there is.
import { expect } from 'chai';
import fc from 'fast-check';
import { makeDoorCode } from '../../server/lib/door-code.ts';
import { doorMark, isGenuineMark } from '../../server/lib/door-mark.ts';
import { createSigningKey, loadSigner } from '../../server/lib/signing.ts';
import { isForged } from '../../web/src/inspect/core/door-mark.ts';

const signers = [0, 1].map(() => loadSigner(createSigningKey().privatePem));
const [present, replaced] = signers;
const keys = signers.map(({ publicJwk }) => publicJwk);
const address = (code: string, mark: string) =>
  `https://mingdan.example/s/${code}?k=${encodeURIComponent(mark)}`;

describe('a scanned notice', () => {
  const code = makeDoorCode(Uint8Array.of(1, 2, 3, 4, 5, 6));
  const mark = present ? doorMark(present, code) : '';

  it('is ours by the present key and by one that was replaced, in any writing of the code', async () => {
    for (const signer of [present, replaced])
      expect(await isForged(address(code, signer ? doorMark(signer, code) : ''), keys)).to.equal(false);
    expect(await isForged(address(code.toLowerCase(), mark), keys)).to.equal(false);
  });

  it('is forged with another code, another key, or any character changed; as the server says', async () => {
    const other = makeDoorCode(Uint8Array.of(6, 5, 4, 3, 2, 1));
    expect(await isForged(address(other, mark), keys)).to.equal(true);
    const stranger = loadSigner(createSigningKey().privatePem);
    expect(await isForged(address(code, doorMark(stranger, code)), keys)).to.equal(true);
    const changed = fc
      .tuple(fc.nat({ max: mark.length - 1 }), fc.constantFrom('A', 'Q', '.', '-', '_', ' ', '名'))
      .map(([at, letter]) => mark.slice(0, at) + letter + mark.slice(at + 1));
    await fc.assert(
      fc.asyncProperty(fc.oneof(changed, fc.string()), async (text) => {
        const told = await isForged(address(code, text), keys);
        // The last character of a signature holds bits that mean nothing: only the server minds how they are written.
        if (text.slice(0, -1) !== mark.slice(0, -1)) expect(told).to.equal(!isGenuineMark(keys, code, text));
      }),
      { numRuns: 60 },
    );
  });

  it('proves nothing without a mark, and cannot be told without a key', async () => {
    for (const text of [code, `https://mingdan.example/s/${code}`, '', 'https://', '名单'])
      expect(await isForged(text, keys), text).to.equal(false);
    expect(await isForged(address(code, mark), [])).to.equal(false);
  });
});
