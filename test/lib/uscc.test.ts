// The two checks of a unified social credit code, its normal form, and made-up codes.
import { expect } from 'chai';
import fc from 'fast-check';
import { explainUscc, isValidUscc, makeUscc, normalizeUscc } from '../../server/lib/uscc.ts';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const known = ['914403001922038216', '91330100799655058B', '91350100M000100Y43'];

const anySerial = fc.integer({ min: 0, max: 31 ** 6 - 1 });
const anyCode = fc
  .tuple(fc.constantFrom('91', '92'), fc.constantFrom('230104', '230105', '440300'), anySerial)
  .map(([registrar, area, serial]) => makeUscc(registrar, area, serial));

describe('a unified social credit code', () => {
  for (const code of known) {
    it(`takes the registered code ${code}`, () => {
      expect(explainUscc(code)).to.equal('ok');
      expect(isValidUscc(code)).to.equal(true);
    });
  }

  it('says what is wrong: length, alphabet, check, body check', () => {
    expect(explainUscc('')).to.equal('length');
    expect(explainUscc('91440300192203821')).to.equal('length');
    expect(explainUscc('91440300192203821I')).to.equal('alphabet');
    expect(explainUscc('91330100799655058b')).to.equal('alphabet');
    expect(explainUscc('914403001922038217')).to.equal('check');
  });

  it('finds a wrong body code under a right check character', () => {
    // 914403001922038216 with its body check 1 made a 2, and the last character computed anew.
    const candidates = [...ALPHABET].map((last) => `91440300192203822${last}`);
    expect(candidates.map(explainUscc).filter((answer) => answer !== 'check')).to.deep.equal(['body-check']);
  });

  it('finds every single wrong character', () => {
    fc.assert(
      fc.property(anyCode, fc.nat(17), fc.constantFrom(...ALPHABET), (code, place, other) => {
        fc.pre(code[place] !== other);
        expect(isValidUscc(code.slice(0, place) + other + code.slice(place + 1))).to.equal(false);
      }),
    );
  });

  it('is trimmed, turned to ASCII and upper case before it is judged', () => {
    expect(normalizeUscc(' ９１３３０１００７９９６５５０５８ｂ\u3000\n')).to.equal('91330100799655058B');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(normalizeUscc(normalizeUscc(text))).to.equal(normalizeUscc(text));
      }),
    );
  });
});

describe('a made-up code', () => {
  it('is valid, keeps its registrar and area, and is the same each time', () => {
    fc.assert(
      fc.property(anySerial, (serial) => {
        const code = makeUscc('92', '230104', serial);
        expect(explainUscc(code)).to.equal('ok');
        expect(code.startsWith('92230104MA')).to.equal(true);
        expect(makeUscc('92', '230104', serial)).to.equal(code);
      }),
    );
  });

  it('differs for each serial', () => {
    const codes = Array.from({ length: 6029 }, (_, serial) => makeUscc('92', '230104', serial));
    expect(new Set(codes).size).to.equal(codes.length);
  });

  it('comes out as the registered code for a registered body', () => {
    expect(makeUscc('91', '440300', '19220382')).to.equal(known[0]);
    expect(makeUscc('91', '350100', 'M000100Y')).to.equal(known[2]);
    expect(makeUscc('92', '230104', '7')).to.match(/^9223010400000007/);
  });

  it('is refused for parts that make no code', () => {
    expect(() => makeUscc('9', '230104', 1)).to.throw(RangeError);
    expect(() => makeUscc('92', '23010', 1)).to.throw(RangeError);
    expect(() => makeUscc('92', '230104', 'ABCDEFGHJ')).to.throw(RangeError);
    expect(() => makeUscc('92', '230104', 'O')).to.throw(RangeError);
    for (const serial of [-1, 0.5, 31 ** 6, NaN])
      expect(() => makeUscc('92', '230104', serial), String(serial)).to.throw(RangeError);
  });
});
