// What finds a merchant: every part it may be looked for by, and the grams that make the look-up quick.
import { expect } from 'chai';
import fc from 'fast-check';
import { gramsOfQuery, normalizeQuery, searchTextOf } from '../../server/lib/search-text.ts';

const shop = {
  name: '鼎丰 KFC（道外店）',
  address: '南三道街12-3号',
  code: '92230104MA1BX0K30E',
  doorCode: '7K3M9QW2XD',
};

/** The answer the list gives: all grams there, and the query itself in the text. */
function finds(query: string, parts: Parameters<typeof searchTextOf>[0]): boolean {
  const { text, grams } = searchTextOf(parts);
  const wanted = gramsOfQuery(query);
  return (
    wanted.length > 0 && wanted.every((gram) => grams.includes(gram)) && text.includes(normalizeQuery(query))
  );
}

const anyName = fc.string({ unit: fc.constantFrom(...'鼎丰银行绿𠮷老7A-（ '), maxLength: 20 });

describe('the search text of a merchant', () => {
  it('holds its name, pinyin, initials, address and codes, apart', () => {
    expect(searchTextOf(shop).text.split('\n')).to.deep.equal([
      '鼎丰kfc道外店',
      'dingfengkfcdaowaidian',
      'dfkfcdwd',
      '南三道街123号',
      '92230104ma1bx0k30e',
      '7k3m9qw2xd',
    ]);
  });

  it('reads characters by the word they stand in, and writes ü as v', () => {
    expect(searchTextOf({ name: '重庆银行' }).text).to.include('chongqingyinhang');
    expect(searchTextOf({ name: '绿行' }).text).to.include('lv');
  });

  it('leaves out what a merchant has not', () => {
    expect(searchTextOf({ name: 'abc', code: null })).to.deep.equal({
      text: 'abc',
      grams: ['a', 'b', 'c', 'ab', 'bc', 'abc'],
    });
    expect(searchTextOf({ name: '（）' })).to.deep.equal({ text: '', grams: [] });
  });

  const found = [
    '鼎丰',
    '鼎',
    '丰KFC',
    'KFC(道外',
    'ｄｉｎｇ',
    'DF',
    'dfk',
    'd',
    'da',
    'fengkfc',
    'dingfeng',
    'kfcdao',
    '南三',
    '道 街',
    '三道街12',
  ];
  for (const query of [...found, '92230104MA1BX0K30E', 'ma1bx', 'k30', '7K3M9-QW2XD'])
    it(`is found by ${query}`, () => {
      expect(finds(query, shop)).to.equal(true);
    });

  for (const query of ['鼎丰(道外店)', '鼎外', 'dwdf', 'ding丰', '北三', '-', '', '92230104MA1BX0K30F'])
    it(`is not found by "${query}"`, () => {
      expect(finds(query, shop)).to.equal(false);
    });

  it('is not found across two parts', () => {
    expect(finds('店ding', shop)).to.equal(false);
    expect(finds('店\nding', shop)).to.equal(false);
  });

  it('is found by every piece of its name and address, whatever their length', () => {
    fc.assert(
      fc.property(anyName, anyName, fc.nat(), fc.nat(), (name, address, i, j) => {
        for (const part of [name, address]) {
          const characters = [...part];
          const [from, to] = [
            Math.min(i, j) % (characters.length + 1),
            Math.max(i, j) % (characters.length + 1),
          ];
          const piece = characters.slice(Math.min(from, to), Math.max(from, to)).join('');
          if (normalizeQuery(piece) !== '') expect(finds(piece, { name, address }), piece).to.equal(true);
        }
      }),
    );
  });

  it('has no gram that is not in its text, none twice, none but of up to three characters or of six letters', () => {
    fc.assert(
      fc.property(anyName, fc.string({ unit: 'binary' }), (name, address) => {
        const { text, grams } = searchTextOf({ name, address, code: shop.code });
        expect(new Set(grams).size).to.equal(grams.length);
        for (const gram of grams) {
          expect(text.includes(gram), gram).to.equal(true);
          if (!/^[a-z]{6}$/.test(gram)) expect([...gram].length).to.be.within(1, 3);
        }
      }),
    );
  });

  it('stays bounded however long the name and address', () => {
    const letters = Array.from({ length: 5000 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join('');
    const { text, grams } = searchTextOf({
      name: letters,
      address: letters,
      code: letters,
      doorCode: letters,
    });
    expect(grams.length).to.be.below(1300);
    expect(text.length).to.be.below(1000);
  });

  it('gives codes no grams shorter than three', () => {
    const { grams } = searchTextOf({ name: '鼎', code: '92230104MA1BX0K30E' });
    expect(grams.filter((gram) => /^[0-9a-z]{1,2}$/.test(gram)).sort()).to.deep.equal(['d', 'di']);
  });

  it('is made for the whole list in well under a second', () => {
    const started = performance.now();
    for (let i = 0; i < 6029; i++)
      searchTextOf({
        ...shop,
        name: `哈尔滨市道外区鼎丰便利店${i}`,
        address: `哈尔滨市道外区南三道街${i}号`,
      });
    // Measured: a third of a second; the bound leaves room for a busy machine.
    expect(performance.now() - started).to.be.below(2000);
  }).timeout(10_000);
});

describe('a query', () => {
  it('is folded: width, case, blanks and punctuation do not count', () => {
    expect(normalizeQuery(' ＫＦＣ　肯德基（道外·店）-3 ')).to.equal('kfc肯德基道外店3');
    expect(normalizeQuery('.*$^\\{}')).to.equal('');
  });

  it('is folded the same a second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 150 }), (q) => {
        expect(normalizeQuery(normalizeQuery(q))).to.equal(normalizeQuery(q));
      }),
    );
  });

  it('is one gram up to three characters, and all its 3-grams beyond', () => {
    expect(gramsOfQuery('')).to.deep.equal([]);
    expect(gramsOfQuery(' - ')).to.deep.equal([]);
    expect(gramsOfQuery('鼎')).to.deep.equal(['鼎']);
    expect(gramsOfQuery('鼎 丰')).to.deep.equal(['鼎丰']);
    expect(gramsOfQuery('DFK')).to.deep.equal(['dfk']);
    expect(gramsOfQuery('肯德基道')).to.deep.equal(['肯德基', '德基道']);
    expect(gramsOfQuery('aaaaa')).to.deep.equal(['aaa']);
    expect(gramsOfQuery('yaofang')).to.deep.equal(['yaofan', 'aofang']);
    expect(gramsOfQuery('yaofang2')).to.deep.equal(['yao', 'aof', 'ofa', 'fan', 'ang', 'ng2']);
    expect(gramsOfQuery('𠮷野家店')).to.deep.equal(['𠮷野家', '野家店']);
  });
});
