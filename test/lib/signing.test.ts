// Ed25519 keys and signatures against the vectors of RFC 8032 and RFC 8037, and what must not verify.
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { createSigningKey, loadSigner, verifySignature } from '../../server/lib/signing.ts';

// RFC 8037, appendix A: the key of RFC 8032's first test.
const rfcJwk = {
  kty: 'OKP',
  crv: 'Ed25519',
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
};
const rfcPem = createPrivateKey({ key: rfcJwk, format: 'jwk' })
  .export({ type: 'pkcs8', format: 'pem' })
  .toString();

describe('a signing key', () => {
  it('is named by its RFC 7638 thumbprint, as RFC 8037 works it out', () => {
    const signer = loadSigner(rfcPem);
    expect(signer.keyId).to.equal('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
    expect(signer.publicJwk).to.deep.equal({
      kty: 'OKP',
      crv: 'Ed25519',
      x: rfcJwk.x,
      kid: signer.keyId,
      alg: 'EdDSA',
      use: 'sig',
    });
  });

  it('signs as RFC 8032 and RFC 8037 do', () => {
    const signer = loadSigner(rfcPem);
    expect(Buffer.from(signer.sign(''), 'base64url').toString('hex')).to.equal(
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155' +
        '5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    );
    expect(signer.sign('eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc')).to.equal(
      'hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg',
    );
  });

  it('is made anew each time and can be loaded again', () => {
    const [one, two] = [createSigningKey(), createSigningKey()];
    expect(one.keyId).to.not.equal(two.keyId);
    const signer = loadSigner(one.privatePem);
    expect(signer.keyId).to.equal(one.keyId);
    expect(signer.publicJwk).to.deep.equal(one.publicJwk);
    expect(JSON.stringify(signer)).to.not.include('"d"');
  });

  it('is refused in one line when it is something else', () => {
    const pem = { type: 'pkcs8', format: 'pem' } as const;
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(pem).toString();
    for (const text of ['', 'secret', other, rfcPem.slice(0, 60)])
      expect(() => loadSigner(text)).to.throw(
        TypeError,
        /^the signing key is not an Ed25519 private key in PEM$/,
      );
  });
});

describe('a signature', () => {
  const signer = loadSigner(createSigningKey().privatePem);
  const { publicJwk } = signer;
  const sign = (text: string) => signer.sign(text);

  it('verifies for its text and key, and for no other', () => {
    const stranger = createSigningKey().publicJwk;
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (text, other) => {
        fc.pre(text !== other);
        const signature = sign(text);
        expect(verifySignature(publicJwk, text, signature)).to.equal(true);
        expect(verifySignature(publicJwk, other, signature)).to.equal(false);
        expect(verifySignature(stranger, text, signature)).to.equal(false);
      }),
    );
  });

  it('has one spelling only', () => {
    const signature = sign('名单');
    const last = signature.at(-1) ?? '';
    const twin = signature.slice(0, -1) + { A: 'B', Q: 'R', g: 'h', w: 'x' }[last];
    expect(Buffer.from(twin, 'base64url')).to.deep.equal(Buffer.from(signature, 'base64url'));
    for (const text of [twin, `${signature}=`, ` ${signature}`, signature.slice(1), ''])
      expect(verifySignature(publicJwk, '名单', text), text).to.equal(false);
  });

  it('is false, not an error, under a malformed key', () => {
    const signature = sign('a');
    for (const key of [{}, { ...publicJwk, x: '' }, { ...publicJwk, x: 'AAAA' }, { ...publicJwk, kty: 'EC' }])
      expect(verifySignature(key, 'a', signature)).to.equal(false);
  });
});
