// What is left of names and numbers for those who need not call.
import { expect } from 'chai';
import fc from 'fast-check';
import { maskName, maskPhone } from '../../server/lib/masking.ts';

describe('a masked name', () => {
  const examples = [
    ['王小明', '王*'],
    ['王', '王*'],
    [' 欧阳修 ', '欧*'],
    ['𠮷野家', '𠮷*'],
    ['John Smith', 'J*'],
    ['', ''],
    ['  ', ''],
  ] as const;
  for (const [name, masked] of examples)
    it(`of "${name}" is "${masked}"`, () => {
      expect(maskName(name)).to.equal(masked);
    });

  it('never tells how long the name is, nor more when masked twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
        const masked = maskName(name);
        expect([...masked].length).to.be.at.most(2);
        expect(maskName(masked)).to.equal(masked);
      }),
    );
  });
});

describe('a masked telephone number', () => {
  const examples = [
    ['13812345678', '138****5678'],
    ['138 1234 5678', '138****5678'],
    ['１３８１２３４５６７８', '138****5678'],
    ['+86 138-1234-5678', '138****5678'],
    ['008613812345678', '138****5678'],
    ['0451-88881234', '0451-****1234'],
    ['(0451) 8888 1234', '0451-****1234'],
    ['0451-88881234-801', '0451-****1234'],
    ['045188881234转801', '0451-****1234'],
    ['010-62345678', '010-****5678'],
    ['0451-8881234', '0451-***1234'],
    ['88881234', '****1234'],
    ['8881234', '***1234'],
    ['4008123456', '******3456'],
    ['+852 9123 4567', '*******4567'],
    ['123456', '****'],
    ['110', '****'],
    ['无', '****'],
    ['', ''],
    [' ', ''],
  ] as const;
  for (const [phone, masked] of examples)
    it(`of "${phone}" is "${masked}"`, () => {
      expect(maskPhone(phone)).to.equal(masked);
    });

  it('never shows more than seven figures of a mobile, nor eight in all', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789 -+()转#'), maxLength: 24 }), (phone) => {
        expect(maskPhone(phone).replace(/\D/g, '').length).to.be.at.most(8);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^1[3-9]\d{9}$/), (mobile) => {
        expect(maskPhone(mobile)).to.match(/^1\d{2}\*{4}\d{4}$/);
      }),
    );
  });
});
