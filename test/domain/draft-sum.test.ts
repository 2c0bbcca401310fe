// A draft as the sum of its parts: what it counts, keeps and hashes, however its shops were cut into parts.
import { expect } from 'chai';
import type { AdjustmentLine, Remark } from '../../models/adjustment.ts';
import { blankDraft } from '../../server/domain/adjustment-drafts.ts';
import { type DraftPart, DraftSum } from '../../server/domain/draft-sum.ts';
import { setHashOf } from '../../server/domain/set-hash.ts';
import { Problem } from '../../server/lib/problem.ts';

const by = { kind: 'user' as const, id: 'one', role: 'staff' as const, name: '一' };
const blank = () =>
  blankDraft('draft', { kind: 'rule', to: 'suspended', ground: 'notice', reason: '测试' }, by);
const line = (index: number): AdjustmentLine => ({
  _id: `draft/${index}`,
  adjustment: 'draft',
  index,
  merchant: `shop-${index}`,
  rev: 1,
  factsVersion: 1,
  from: 'listed',
  to: 'suspended',
  facts: null,
  cancels: [],
  contact: null,
});
const place = { district: '230104', areas: ['230104', '230104001'], taskForces: ['market'] };
const conflicts = (code: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ merchant: `${code}-${index}`, code, message: '' }));
const part = (more: Partial<DraftPart>): DraftPart => ({
  lines: [],
  hindered: [],
  touched: [place],
  ...more,
});
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return '';
  } catch (error) {
    return error instanceof Problem ? error.code : String(error);
  }
};

describe('the sum of a draft', () => {
  it('is the same set in however many parts it comes', () => {
    const lines = Array.from({ length: 5 }, (_, index) => line(index));
    for (const cuts of [[5], [1, 0, 4], [2, 3]]) {
      const sum = new DraftSum(blank(), 5);
      const left = [...lines];
      for (const count of cuts) sum.add(part({ lines: left.splice(0, count) }));
      const draft = sum.total(0);
      expect(draft).to.include({ count: 5, merchant: null, setHash: setHashOf(blank(), lines) });
    }
  });

  it('names the shop of one that changes one', () => {
    const sum = new DraftSum(blank(), 5);
    for (const lines of [[], [line(0)], []]) sum.add(part({ lines }));
    expect(sum.total(0).merchant).to.equal('shop-0');
  });

  it('counts all conflicts and keeps the first, those in the status already last', () => {
    const sum = new DraftSum(blank(), 5);
    for (const code of ['a', 'b'])
      sum.add(part({ hindered: conflicts(code, 90), already: conflicts('already', 30) }));
    const { passedOver, conflicts: kept } = sum.total(7);
    expect(passedOver).to.deep.equal({ already: 60, excepted: 7, conflicts: 180 });
    expect(kept).to.have.length(200);
    expect(kept.map(({ code }) => code).lastIndexOf('b')).to.equal(179);
    expect(kept.at(-1)).to.include({ code: 'already', merchant: 'already-19' });
  });

  it('adds remarks up, and names no more shops than one of them may', () => {
    const remark = (code: Remark['code'], shops: number): Remark => ({
      code,
      shops,
      count: 2 * shops,
      merchants: Array.from({ length: shops }, (_, index) => ({ merchant: `${index}`, name: '店' })),
    });
    const sum = new DraftSum(blank(), 5);
    sum.add(part({ remarks: [remark('later-stays', 15)] }));
    sum.add(part({ remarks: [remark('open-orders', 1), remark('later-stays', 15)] }));
    const { remarks = [] } = sum.total(0);
    expect(
      remarks.map(({ code, shops, count, merchants }) => [code, shops, count, merchants.length]),
    ).to.deep.equal([
      ['open-orders', 1, 2, 1],
      ['later-stays', 30, 60, 20],
    ]);
  });

  it('lies where all of its shops lie, and in one district', () => {
    const sum = new DraftSum(blank(), 5);
    sum.add(part({}));
    sum.add(part({ touched: [{ ...place, areas: ['230104', '230104005'], taskForces: [] }] }));
    expect(sum.total(0)).to.deep.include({ district: '230104', areas: ['230104'], taskForces: [] });
    expect(
      codeOf(() => {
        sum.add(part({ touched: [{ ...place, district: '230199' }] }));
      }),
    ).to.equal('invalid-request');
  });

  it('is refused where it names nobody, or too many', () => {
    const sum = new DraftSum(blank(), 1);
    expect(codeOf(() => sum.total(0))).to.equal('adjustment-empty');
    sum.add(part({ lines: [line(0)] }));
    expect(
      codeOf(() => {
        sum.add(part({ lines: [line(1)] }));
      }),
    ).to.equal('adjustment-too-large');
  });
});
