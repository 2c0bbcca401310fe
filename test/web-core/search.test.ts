// Finding shops on the phone: by what the server finds them by, best first, at the speed of typing; and by the code on the door.
import { expect } from 'chai';
import fc from 'fast-check';
import { makeDoorCode, normalizeDoorCode } from '../../server/lib/door-code.ts';
import { normalizeQuery, searchTextOf } from '../../server/lib/search-text.ts';
import type { Shop } from '../../web/src/inspect/core/contract.ts';
import { doorCodeIn, normalDoorCode } from '../../web/src/inspect/core/door-code.ts';
import { foldedQuery, searchOf } from '../../web/src/inspect/core/search.ts';
import { shopsOf } from '../../web/src/inspect/core/shops.ts';

function aShop(name: string, address: string, code: string): Shop {
  return {
    id: `id of ${code}`,
    code,
    name,
    address,
    category: 'pharmacy',
    subdistrict: '230104001',
    site: null,
    point: null,
    status: 'listed',
    lastVisit: null,
    text: searchTextOf({ name, address, doorCode: code }).text,
  };
}
const codeOf = (n: number) => makeDoorCode(Uint8Array.of(1, 2, 3, (n >> 16) & 255, (n >> 8) & 255, n & 255));

const firsts = ['人民同泰', '中央', '靖宇', '老道外', '宝利', '华联', '北七道街', '永安', '福民', '顺达'];
const kinds = ['药房', '超市', '便利店', '粮油店', '面包房', '快递驿站', '银行', '农贸市场摊位'];
const streets = ['靖宇街', '南极街', '景阳街', '太古街', '承德街', '宏伟路'];
const pick = (list: string[], n: number) => list[n % list.length] ?? '';
const shops = Array.from({ length: 6_029 }, (_, n) =>
  aShop(
    `哈尔滨市${pick(firsts, n)}${pick(kinds, Math.floor(n / 10))}${n}号店`,
    `${pick(streets, n)}${(n % 300) + 1}号`,
    codeOf(n),
  ),
);

describe('the search on the phone', () => {
  it('folds as the server does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (typed) => {
        const folded = normalizeQuery(typed);
        if ([...folded].length < 100) expect(foldedQuery(typed)).to.equal(folded);
      }),
    );
    expect(foldedQuery('ＲＭＴＴ 药房（1店）')).to.equal('rmtt药房1店');
  });

  it('finds every shop whose text holds what was typed, and no other', () => {
    const some = shops.slice(0, 300);
    const parts = fc
      .tuple(fc.constantFrom(...some), fc.nat({ max: 60 }), fc.integer({ min: 1, max: 8 }))
      .map(([{ text }, from, length]) => text.replaceAll('\n', '').slice(from, from + length));
    fc.assert(
      fc.property(parts, (typed) => {
        const found = searchOf(some)(typed, 1_000).map(({ id }) => id);
        const query = foldedQuery(typed);
        const expected = query === '' ? [] : some.filter(({ text }) => text.includes(query));
        expect(found).to.have.members(expected.map(({ id }) => id));
      }),
    );
  });

  it('puts a whole part first, then the beginning of one, then the inside, and of those the shorter name', () => {
    const list = [
      aShop('大中央药房', '南极街1号', codeOf(1)),
      aShop('中央药房连锁', '南极街2号', codeOf(2)),
      aShop('中央药房', '南极街3号', codeOf(3)),
      aShop('平安超市', '中央药房街4号', codeOf(4)),
      aShop('中央药房二店', '南极街5号', codeOf(5)),
    ];
    const places = searchOf(list)('中央药房', 9).map(({ code }) =>
      list.findIndex((shop) => shop.code === code),
    );
    expect(places).to.deep.equal([2, 1, 4, 3, 0]);
    expect(searchOf(list)('中央药房', 2)).to.have.length(2);
    expect(searchOf(list)('zyyf', 1).map(({ name }) => name)).to.deep.equal(['中央药房']);
    expect(searchOf(list)(' ', 9)).to.deep.equal([]);
  });

  it('does not take one or two letters for the beginning of a code', () => {
    const byCode = { ...aShop('松江鲜果行', '', '1'), text: '松江鲜果行\nyd7k3m9qw2xd' };
    const byInitials = { ...aShop('康宁药店', '', '2'), text: '康宁药店\nknyd' };
    const ids = (typed: string) => searchOf([byCode, byInitials])(typed, 9).map(({ name }) => name);
    expect(ids('yd')).to.deep.equal(['康宁药店', '松江鲜果行']);
    expect(ids('yd7')).to.deep.equal(['松江鲜果行']);
  });
});

describe('a shop by its code', () => {
  const known = shopsOf({
    categories: [],
    checklists: [],
    merchants: shops,
    orders: [],
    visits: [],
  });
  const code = codeOf(4_711);
  const id = `id of ${code}`;

  it('is read as the server reads it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (typed) => {
        expect(normalDoorCode(typed)).to.equal(normalizeDoorCode(typed));
      }),
    );
  });

  it('is found by an address that ends in it, whatever the host', () => {
    for (const address of [
      `https://mingdan.example.cn/s/${code}`,
      `http://127.0.0.1:8080/s/${code}/`,
      `HTTPS://MINGDAN.EXAMPLE.CN/s/${code.toLowerCase()}`,
      `https://a.cn/base/s/${code}?lang=en#top`,
      `\n https://a.cn/s/${code} `,
      `/s/${code}`,
    ])
      expect(known.byCode(address)?.id, address).to.equal(id);
  });

  it('is found by what people type', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...shops),
        fc.array(fc.constantFrom('', '-', ' ', '—'), { minLength: 10, maxLength: 10 }),
        fc.boolean(),
        (shop, between, isLower) => {
          const spread = [...shop.code]
            .map((character, place) => character + (between[place] ?? ''))
            .join('');
          const typed = isLower ? spread.toLowerCase() : spread;
          expect(known.byCode(typed)?.id).to.equal(shop.id);
          expect(known.byCode(typed.replaceAll('0', 'o').replaceAll('1', 'l'))?.id).to.equal(shop.id);
        },
      ),
    );
  });

  it('is none for addresses that lead elsewhere, and for what is no code', () => {
    for (const text of [
      '',
      ' ',
      'https://a.cn/',
      `https://a.cn/f/${code}`,
      `https://a.cn/?x=${code}`,
      'WIFI:S:x;;',
    ])
      expect(known.byCode(text), text).to.equal(undefined);
    expect(doorCodeIn('https://a.cn/s/%E0%A4%A')).to.be.a('string');
  });
});
