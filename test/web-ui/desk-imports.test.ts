// Imports as the desk shows them: which rows come first, and what was said of a header.
import { expect } from 'chai';
import {
  doubledIn,
  firstTab,
  type Import,
  isUseless,
  mappingOf,
  queryOfTab,
  selectorOf,
  tabIn,
  tabs,
} from '../../web/src/desk/imports/import.ts';

const none = { added: 0, changed: 0, removed: 0, unchanged: 0, refused: 0, conflicts: 0 };
const anImport = (counts: Partial<Import['counts']>, warnings = 0) =>
  ({ counts: { ...none, ...counts }, warnings }) as Import;

describe('an import at the desk', () => {
  it('shows first what needs a hand', () => {
    expect(firstTab(anImport({ added: 5, refused: 1, conflicts: 2 }))).to.equal('refused');
    expect(firstTab(anImport({ added: 5, conflicts: 2 }))).to.equal('conflicts');
    expect(firstTab(anImport({ removed: 3 }, 4))).to.equal('removed');
    expect(firstTab(anImport({ unchanged: 9 }))).to.equal('added');
  });

  it('names a tab in the address as the interface does', () => {
    for (const tab of tabs) expect(tabIn(queryOfTab(tab))).to.equal(tab);
    expect(tabIn({ kind: 'unchanged' })).to.equal(null);
    expect(tabIn({})).to.equal(null);
  });

  it('maps each header once, and sees two that are taken for the same', () => {
    const columns: Import['columns'] = [
      { header: '店名', column: 'name' },
      { header: '', column: null },
      { header: '备注', column: null },
      { header: '备注', column: null },
    ];
    const mapping = mappingOf({ columns });
    expect(mapping).to.deep.equal({ 店名: 'name', 备注: null });
    expect(doubledIn(mapping)).to.deep.equal([]);
    expect(doubledIn({ ...mapping, 字号: 'name' })).to.deep.equal(['店名', '字号']);
  });

  it('blames the headers where not a single row can be taken and some were passed over', () => {
    const columns = (...taken: (string | null)[]) =>
      taken.map((column) => ({ header: '店铺', column })) as Import['columns'];
    const passedOver = columns('category', null);
    const useless = (counts: Partial<Import['counts']>, headers = passedOver) =>
      isUseless({ ...anImport(counts), columns: headers });
    expect(useless({ refused: 2 })).to.equal(true);
    expect(useless({ refused: 2 }, columns('category', 'name'))).to.equal(false);
    expect(useless({ refused: 2, added: 1 })).to.equal(false);
    expect(useless({ refused: 2, unchanged: 1 })).to.equal(false);
    expect(useless({})).to.equal(false);
  });

  it('replaces only a part that is named', () => {
    expect(selectorOf({ subdistrict: '', category: '' })).to.equal(null);
    expect(selectorOf({ subdistrict: '230104001', category: '' })).to.deep.equal({
      where: { subdistrict: '230104001' },
    });
  });
});
