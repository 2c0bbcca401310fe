// Door codes: which slips of the finger their check finds, and how typed ones are read.
import { expect } from 'chai';
import fc from 'fast-check';
import { isDoorCode, makeDoorCode, normalizeDoorCode } from '../../server/lib/door-code.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const anyCode = fc.uint8Array({ minLength: 6, maxLength: 6 }).map(makeDoorCode);

describe('a door code', () => {
  it('has ten Crockford characters and a right check', () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        expect(code).to.match(/^[0-9A-HJKMNP-TV-Z]{10}$/);
        expect(isDoorCode(code)).to.equal(true);
      }),
    );
  });

  it('has exactly one right check for its first nine characters', () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        const right = [...ALPHABET].filter((check) => isDoorCode(code.slice(0, 9) + check));
        expect(right).to.deep.equal([code[9]]);
      }),
    );
  });

  it('shows any wrong character, at every place, for every letter', () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        for (let place = 0; place < 10; place++)
          for (const other of ALPHABET)
            if (other !== code[place])
              expect(isDoorCode(code.slice(0, place) + other + code.slice(place + 1))).to.equal(false);
      }),
    );
  });

  it('shows every swap of neighbours: all 32 × 31 pairs at all nine places', () => {
    const code = makeDoorCode(Uint8Array.of(1, 2, 3, 4, 5, 6));
    for (let place = 0; place < 9; place++) {
      const rest = (pair: string): string => code.slice(0, place) + pair + code.slice(place + 2);
      for (const a of ALPHABET)
        for (const b of ALPHABET)
          if (a !== b)
            expect(isDoorCode(rest(a + b)) && isDoorCode(rest(b + a)), rest(a + b)).to.equal(false);
    }
  });

  it('shows a swap of any two unlike characters', () => {
    fc.assert(
      fc.property(anyCode, fc.nat(9), fc.nat(9), (code, i, j) => {
        fc.pre(code[i] !== code[j]);
        const swapped = [...code];
        [swapped[i], swapped[j]] = [swapped[j] ?? '', swapped[i] ?? ''];
        expect(isDoorCode(swapped.join(''))).to.equal(false);
      }),
    );
  });

  it('uses 45 bits of its bytes, and nothing after the sixth byte', () => {
    const codes = new Set<string>();
    for (let i = 0; i < 45; i++) {
      const bytes = new Uint8Array(6);
      bytes[5 - Math.floor(i / 8)] = 1 << (i % 8);
      codes.add(makeDoorCode(bytes));
    }
    expect(codes.size).to.equal(45);
    expect(makeDoorCode(Uint8Array.of(1, 2, 3, 4, 5, 6, 7))).to.equal(
      makeDoorCode(Uint8Array.of(1, 2, 3, 4, 5, 6)),
    );
    expect(() => makeDoorCode(new Uint8Array(5))).to.throw(RangeError);
  });

  it('is recognised in its normal form only', () => {
    const code = makeDoorCode(Uint8Array.of(250, 99, 3, 77, 5, 160));
    for (const text of ['', code.slice(1), `${code}0`, ` ${code}`, `${code}\n`, code.toLowerCase()])
      expect(isDoorCode(text), JSON.stringify(text)).to.equal(false);
    expect(isDoorCode(normalizeDoorCode(code.toLowerCase()))).to.equal(true);
  });
});

describe('a typed door code', () => {
  it('is read with the usual slips mended', () => {
    expect(normalizeDoorCode('７k3ｍ９-qw2 xd')).to.equal('7K3M9QW2XD');
    expect(normalizeDoorCode('iIlLoO\u3000—‐')).to.equal('111100');
  });

  it('is not changed by reading it twice, nor is a right one at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), anyCode, (text, code) => {
        expect(normalizeDoorCode(normalizeDoorCode(text))).to.equal(normalizeDoorCode(text));
        expect(normalizeDoorCode(`${code.slice(0, 5)}-${code.slice(5)}`)).to.equal(code);
      }),
    );
  });
});
