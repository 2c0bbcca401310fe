// What was done today, times in Shanghai, and which files a page needs.
import { expect } from 'chai';
import { filesReachable } from '../../web/files-reachable.ts';
import type { OutboxItem, Pack, Shop } from '../../web/src/inspect/core/contract.ts';
import { dayTest, doneToday, shopsToVisit } from '../../web/src/inspect/today.ts';
import {
  dateText,
  dayOf,
  momentText,
  spanBetween,
  spanText,
  weekdayText,
} from '../../web/src/shared/time.ts';

/** 07:00 on the 1st of December in Shanghai, which is still November in London. */
const now = new Date('2022-11-30T23:00:00Z');
const user = { id: 'u1', username: 'li', name: '李强', role: 'inspector' };
const shop = (id: string, more: Partial<Shop> = {}): Shop => ({
  ...{ id, code: id, name: id, address: id, category: 'c', subdistrict: 'a', site: null, point: null },
  ...{ status: 'listed', lastVisit: null, text: '' },
  ...more,
});
const pack: Pack = {
  ...{ madeAt: '', areas: [], categories: [], checklists: [], sites: [], orders: [] },
  merchants: [
    shop('new'),
    shop('mine'),
    shop('removed', { status: 'removed' }),
    shop('visited', { lastVisit: { at: '2022-11-30T16:30:00Z', result: 'passed' } }),
    shop('yesterday', { lastVisit: { at: '2022-11-30T15:30:00Z', result: 'passed' } }),
  ],
  visits: [
    {
      ...{ id: 'v1', merchant: 'visited', kind: 'routine', result: 'orders' },
      ...{ arrivedAt: '2022-11-30T16:30:00Z', inspectors: ['李强'] },
    },
    {
      ...{ id: 'v2', merchant: 'other', kind: 'routine', result: 'passed' },
      ...{ arrivedAt: '2022-11-30T16:40:00Z', inspectors: ['王敏'] },
    },
  ],
};
const sealed: OutboxItem = {
  ...{ id: 'v3', shop: { id: 'mine', code: 'm', name: 'm' }, sealedAt: '2022-11-30T22:00:00Z' },
  ...{ state: 'sealed', attempts: 0, photos: [], sent: [], receipt: null, answeredAt: null },
  ...{ completedAt: null, problem: null, result: 'passed' },
};

describe('today, in Shanghai', () => {
  it('begins and ends at midnight', () => {
    const isToday = dayTest(now);
    const instants = ['2022-11-30T15:59:59.999Z', '2022-11-30T16:00:00Z', '2022-12-01T15:59:59.999Z'];
    expect([...instants, '2022-12-01T16:00:00Z'].map(isToday)).to.deep.equal([false, true, true, false]);
  });

  it('counts my visits of the pack and of the outbox, each once', () => {
    const again = { ...sealed, id: 'v1', shop: { id: 'visited', code: '', name: '' } };
    const done = doneToday(pack, [sealed, again], user, now);
    expect(done.map(({ id }) => id).sort()).to.deep.equal(['v1', 'v3']);
    expect(doneToday(null, [], user, now)).to.deep.equal([]);
  });

  it('leaves the shops that nobody has visited today and that may be visited', () => {
    const left = shopsToVisit(pack, doneToday(pack, [sealed], user, now), now);
    expect(left.map(({ id }) => id)).to.deep.equal(['new', 'yesterday']);
  });

  it('writes times as the bureau does', () => {
    expect(dayOf(now)).to.equal('2022-12-01');
    expect(dateText(now, now, 'zh')).to.equal('12月1日');
    expect(dateText('2021-12-01T00:00:00Z', now, 'en')).to.equal('1 Dec 2021');
    expect(weekdayText(now, 'zh')).to.equal('星期四');
    expect(momentText('2022-11-30T22:40:00Z', now, 'zh')).to.equal('06:40');
    expect(momentText('2022-11-29T22:40:00Z', now, 'en')).to.equal('30 Nov 06:40');
    const text = (minutes: number, language: 'zh' | 'en') =>
      spanText(spanBetween(now, new Date(now.getTime() + minutes * 60_000)), language);
    expect(text(98, 'zh')).to.equal('1 小时 38 分');
    expect(text(1440, 'zh')).to.equal('1 天');
    expect(text(-1530, 'en')).to.equal('1 d 1 h');
    expect(text(0, 'en')).to.equal('0 min');
  });
});

describe('the files of a page', () => {
  it('are those it names, and those they name', () => {
    const files: Record<string, string> = {
      'a.html': '<script src="/assets/a-1.js">',
      'assets/a-1.js': 'import("./b-2.js")',
      'assets/b-2.js': 'new Worker("/assets/w-3.js")',
      'assets/w-3.js': '',
      'assets/desk-4.js': 'import "./a-1.js"',
    };
    const found = filesReachable('a.html', Object.keys(files), (name) => files[name] ?? '');
    expect(found).to.deep.equal(['a.html', 'assets/a-1.js', 'assets/b-2.js', 'assets/w-3.js']);
  });
});
