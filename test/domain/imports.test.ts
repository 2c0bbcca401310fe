// The pure parts of an import: headers, cells, matching and what a row would change.
import { expect } from 'chai';
import fc from 'fast-check';
import type { Facts } from '../../models/merchant.ts';
import { type Contact, judgeRow, subdistrictOf } from '../../server/domain/import-change.ts';
import { readRow, type RowValues } from '../../server/domain/import-cells.ts';
import { findHeader, headerKey, mapHeader } from '../../server/domain/import-header.ts';
import { KnownShops, matchRow, type OnList } from '../../server/domain/import-match.ts';
import { referenceOf } from '../../server/domain/import-reference.ts';
import { faultText } from '../../server/domain/import-words.ts';
import { type ColumnKey, columnKeys, columnNamed, columnTitles } from '../../server/domain/list-columns.ts';
import type { Cell, SheetRow } from '../../server/lib/sheets/sheet.ts';
import { makeUscc } from '../../server/lib/uscc.ts';

const textCell = (text: string): Cell => ({ kind: 'text', text });
const rowAt = (number: number, ...texts: string[]): SheetRow => ({ number, cells: texts.map(textCell) });

const path = ['23', '2301', '230104', '230104001'];
const reference = referenceOf(
  [
    { _id: '230104001', name: '靖宇街道', path },
    { _id: '230104005', name: '仁里街道', path: ['23', '2301', '230104', '230104005'] },
    { _id: '230199005', name: '仁里街道', path: ['23', '2301', '230199', '230199005'] },
  ],
  [
    {
      _id: 'pharmacy',
      name: { zh: '药店', en: 'Pharmacy' },
      gbt4754: [],
      leadDepartment: '',
      taskForce: 'market',
    },
  ],
  [],
);

const facts: Facts = {
  name: '康宁药店（一店）',
  uscc: makeUscc('92', '230104', 1),
  outlet: 1,
  registerNumber: '道外食（2022）1号',
  category: 'pharmacy',
  gbt4754: '5251',
  subdistrict: '230104001',
  address: '靖宇街 1号',
  point: { type: 'Point', coordinates: [126.64, 45.78] },
  site: null,
  mode: ['in-store', 'delivery'],
  capacity: 30,
};
const from = new Date('2022-11-01T00:00:00Z');
const now = new Date('2022-11-29T00:00:00Z');
const shop: OnList = {
  ...facts,
  _id: '01930f2e-0000-7000-8000-000000000001',
  rev: 3,
  district: '230104',
  areas: path,
  taskForces: ['market'],
  doorCode: '7K3M9QW2XD',
  outlook: [
    {
      from,
      to: null,
      status: 'listed',
      since: from,
      entry: 1,
      facts: 1,
      adjustment: 'a',
      ground: 'import',
      reason: '',
      notice: null,
    },
  ],
};

const judge = (values: RowValues, on: OnList | null = shop, contact: Contact | null = null) => {
  const found = subdistrictOf(values, reference, () => true);
  const area = 'area' in found ? found.area : undefined;
  const faults = 'fault' in found ? [found.fault] : [];
  const given = {
    values,
    faults,
    shop: on,
    contact,
    reference,
    isWithin: () => true,
    newId: () => 'new',
    now,
  };
  return judgeRow(given, area);
};

describe('a header', () => {
  it('means each of our own columns by its title in either language', () => {
    for (const key of columnKeys)
      for (const title of Object.values(columnTitles[key])) expect(columnNamed(title)).to.equal(key);
  });

  it('means the same however it is written', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...columnKeys),
        fc.constantFrom('', ' ', '\n', '　'),
        fc.constantFrom('', '（必填）', '*', '：', '[text]'),
        (key, blank, remark) => {
          const wide = columnTitles[key].en.replace(/[a-z]/gi, (one) =>
            String.fromCharCode(one.charCodeAt(0) + 0xfee0),
          );
          for (const title of [columnTitles[key].zh, columnTitles[key].en.toUpperCase(), wide])
            expect(columnNamed(`${blank}${title}${blank}${remark}`), title).to.equal(key);
        },
      ),
    );
  });

  it('is the first row that names two columns, one of which tells the shop', () => {
    const rows = [
      rowAt(1, '道外区商户名称登记表'),
      rowAt(2, '联系电话', '地址'),
      rowAt(4, '序号', '店名', '地址', '备注'),
      rowAt(5, '1', '康宁药店', '靖宇街1号', ''),
    ];
    expect(findHeader(rows, []).header).to.deep.equal({
      row: 4,
      columns: [
        { header: '序号', column: null },
        { header: '店名', column: 'name' },
        { header: '地址', column: 'address' },
        { header: '备注', column: null },
      ],
    });
  });

  it('is guessed to be the widest of the first rows where none is known', () => {
    const { header, guess } = findHeader([rowAt(1, 'Liste'), rowAt(2, 'Laden', 'Ort')], []);
    expect(header).to.equal(null);
    expect(guess?.row).to.equal(2);
  });

  it('means what was said by hand, be it nothing', () => {
    const said = [
      { header: 'Laden', column: 'name' as const },
      { header: '地址', column: null },
    ];
    expect(mapHeader(['laden ', '地址', '类别'], said).map(({ column }) => column)).to.deep.equal([
      'name',
      null,
      'category',
    ]);
    expect(headerKey(['B', 'a', '', 'A '])).to.equal('a|b');
  });
});

describe('the cells of a row', () => {
  const read = (column: ColumnKey, text: string, kind: Cell['kind'] = 'text') =>
    readRow([{ kind, text }], [column]);

  it('say nothing where they are empty, blank or masked, but for an asterisk in a name', () => {
    for (const column of columnKeys)
      for (const text of ['', ' ', '　', '\u200B'])
        expect(read(column, text)).to.deep.equal({ values: {}, faults: [] });
    for (const column of columnKeys.filter((key) => key !== 'name'))
      expect(read(column, '138****5678')).to.deep.equal({ values: {}, faults: [] });
    expect(read('name', '7*24 便利店').values).to.deep.equal({ name: '7*24 便利店' });
  });

  it('clear what may be empty, and nothing else', () => {
    expect(read('capacity', ' ∅ ').values).to.deep.equal({ capacity: null });
    expect(read('contactName', '∅').values).to.deep.equal({ contactName: '' });
    for (const column of ['name', 'category', 'address', 'mode', 'outlet'] as const)
      expect(read(column, '∅').faults).to.deep.equal([{ column, code: 'cannot-be-cleared' }]);
  });

  it('are a value or a fault, never both, whatever is written', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...columnKeys),
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({ unit: fc.constantFrom(...'0123456789.eE+-*∅ ，、') }),
        ),
        fc.constantFrom('text' as const, 'number' as const, 'date' as const, 'error' as const),
        (column, text, kind) => {
          const { values, faults } = read(column, text, kind);
          expect(Object.keys(values).length + faults.length).to.be.at.most(1);
          for (const fault of faults)
            for (const language of ['zh', 'en'] as const) {
              const said = faultText(fault, language);
              expect(said).to.not.match(/\{\w+\}|undefined/);
            }
          for (const value of Object.values(values))
            if (typeof value === 'string') expect(value).to.not.match(/\0|\p{Surrogate}/u);
        },
      ),
    );
  });

  it('are cleaned as codes', () => {
    const code = makeUscc('92', '230104', 5);
    const wide = [...code].map((one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)).join('');
    for (const text of [code, code.toLowerCase(), ` ${code} `, wide, `${code.slice(0, 6)} ${code.slice(6)}`])
      expect(read('uscc', text).values).to.deep.equal({ uscc: code });
    expect(read('outlet', '１２').values).to.deep.equal({ outlet: 12 });
    expect(read('mode', '到店、外送').values).to.deep.equal({ mode: ['in-store', 'delivery'] });
    expect(read('mode', 'Delivery, in store').values).to.deep.equal({ mode: ['delivery', 'in-store'] });
  });
});

describe('a row', () => {
  it('that says what the list says changes nothing, with blanks and in any order', () => {
    const same = {
      name: ' 康宁药店（一店）',
      registerNumber: '道外食（２０２２）1号',
      address: '靖宇街 1号 ',
      mode: '外送，到店',
      subdistrict: '靖宇',
      category: 'Pharmacy',
      status: '在名单',
      capacity: '30',
      lng: '126.640',
      rev: '1',
    };
    const columns = Object.keys(same) as ColumnKey[];
    const { values, faults } = readRow(Object.values(same).map(textCell), columns);
    expect(faults).to.deep.equal([]);
    expect(judge(values)).to.deep.include({ kind: 'unchanged', changes: [], line: null });
  });

  it('keeps whatever it does not say', () => {
    fc.assert(
      fc.property(
        fc.record(
          {
            name: fc.constantFrom('新名', '另名'),
            address: fc.constantFrom('南勋街1号'),
            capacity: fc.integer({ min: 0, max: 99 }),
            lng: fc.double({ min: 125, max: 127, noNaN: true }),
          },
          { requiredKeys: [] },
        ),
        (values) => {
          const { line, changes } = judge(values);
          if (!line?.facts) return;
          const said = new Set(changes.map(({ column }) => column));
          for (const [field, value] of Object.entries(facts))
            if (!said.has(field)) expect(line.facts[field as keyof Facts]).to.deep.equal(value);
        },
      ),
    );
  });

  it('is a conflict where it was written of an older revision and changes something', () => {
    expect(judge({ name: '新名', rev: 2 })).to.deep.include({ kind: 'conflicts', line: null });
    expect(judge({ name: '新名', rev: 3 })).to.deep.include({ kind: 'changed' });
    expect(judge({ rev: 2 })).to.deep.include({ kind: 'unchanged' });
  });

  it('of a contact alone restates the facts, so that the ledger tells who changed it', () => {
    const { line, changes } = judge({ contactPhone: '0451-88880000' }, shop, { name: '王', phone: '1' });
    expect(changes).to.deep.equal([{ column: 'contactPhone', before: '1', after: '0451-88880000' }]);
    expect(line).to.deep.include({ facts, to: null, contact: { name: '王', phone: '0451-88880000' } });
  });

  it('of a new shop says all that is needed, and is listed', () => {
    expect(judge({ name: '新店' }, null).reasons.map(({ column }) => column)).to.deep.equal([
      'category',
      'subdistrict',
      'address',
    ]);
    const whole = { name: '新店', category: 'pharmacy', subdistrict: '230104001', address: '南勋街1号' };
    expect(judge(whole, null).line).to.deep.include({ merchant: 'new', rev: 0, from: null, to: 'listed' });
    expect(judge({ ...whole, status: 'removed' }, null).reasons).to.deep.equal([
      { column: 'status', code: 'new-status' },
    ]);
  });

  it('names its subdistrict by code or name, and not two of them', () => {
    const find = (values: RowValues, isWithin = (_: { _id: string }) => true) =>
      subdistrictOf(values, reference, isWithin);
    expect(find({ subdistrictName: '仁里' })).to.deep.equal({
      fault: { column: 'subdistrictName', code: 'two-meanings', facts: { word: '仁里' } },
    });
    expect(find({ subdistrictName: '仁里' }, ({ _id }) => _id.startsWith('230104'))).to.have.nested.property(
      'area._id',
      '230104005',
    );
    expect(find({ subdistrict: '230104001', subdistrictName: '仁里街道' })).to.have.nested.property(
      'fault.code',
      'two-subdistricts',
    );
    expect(find({ subdistrict: '230104001', subdistrictName: '旧名街道' })).to.have.nested.property(
      'area._id',
      '230104001',
    );
  });
});

describe('matching', () => {
  const other: OnList = {
    ...shop,
    _id: '01930f2e-0000-7000-8000-000000000002',
    outlet: 2,
    registerNumber: 'R2',
  };
  const far: OnList = {
    ...shop,
    _id: '01930f2e-0000-7000-8000-000000000003',
    district: '230199',
    registerNumber: 'R3',
  };
  const known = new KnownShops([shop, other, far], ({ district }) => district === '230104');
  const { uscc } = facts;
  if (uscc === null) throw new Error('the example has a code');

  it('goes by id, else by code and outlet, else by register number', () => {
    const idOf = (values: RowValues) => {
      const match = matchRow(values, null, known);
      return 'fault' in match ? match.fault.code : (match.shop?._id ?? 'new');
    };
    expect(idOf({ id: other._id, uscc })).to.equal(other._id);
    expect(idOf({ uscc, outlet: 2 })).to.equal(other._id);
    expect(idOf({ uscc })).to.equal('several-shops');
    expect(idOf({ uscc, outlet: 3, registerNumber: 'R2' })).to.equal(other._id);
    expect(idOf({ uscc, outlet: 3 })).to.equal('new');
    expect(idOf({ registerNumber: 'R2' })).to.equal(other._id);
  });

  it('finds nobody beyond one’s reach', () => {
    expect(matchRow({ id: far._id }, null, known)).to.have.nested.property('fault.code', 'unknown-id');
    expect(matchRow({ registerNumber: 'R3' }, null, known)).to.deep.equal({ shop: null });
  });

  it('knows which codes a district has used', () => {
    const wanted = { uscc, outlet: 1, registerNumber: null };
    expect(known.isTaken(wanted, '230104', null)).to.equal(true);
    expect(known.isTaken(wanted, '230104', shop._id)).to.equal(false);
    expect(known.isTaken(wanted, '230199', null)).to.equal(true);
    expect(known.isTaken({ ...wanted, outlet: 9 }, '230104', null)).to.equal(false);
  });
});
