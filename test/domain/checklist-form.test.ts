// Checklists as they are written: what is wrong with one, how two differ, and those of the demonstration for every category.
import { expect } from 'chai';
import type { ChecklistItem } from '../../models/checklist.ts';
import {
  differenceOf,
  type NewChecklist,
  normalized,
  problemsOf,
} from '../../server/domain/checklist-form.ts';
import { demonstrationChecklists } from '../../server/seeds/checklist-data.ts';
import categoryData from '../../server/seeds/data/categories.json' with { type: 'json' };
import checklistData from '../../server/seeds/data/checklists.json' with { type: 'json' };

const words = (zh: string, en = zh) => ({ zh, en });
const item = (key: string, parts: Partial<ChecklistItem> = {}): ChecklistItem => ({
  key,
  text: words(`${key} 项`, key),
  guidance: null,
  kind: 'outcome',
  severity: 'minor',
  photo: 'never',
  ...parts,
});
const listOf = (...items: ChecklistItem[]) => normalized({ key: 'one', title: words('表', 'list'), items });
const temperature = (passes: object, range: object = {}) =>
  item('t', { kind: 'number', number: { unit: words('°C'), passes, ...range } });
const option = (key: string, fails: boolean) => ({ key, text: words(key), fails });
const choice = (...options: ReturnType<typeof option>[]) => item('c', { kind: 'choice', options });

const wrongIn = (list: ReturnType<typeof listOf>, ...earlier: ReturnType<typeof listOf>[]) =>
  problemsOf(
    list,
    earlier.map(({ items }, index) => ({ version: earlier.length - index, items })),
  ).map(({ path }) => path);

describe('a checklist as it is written', () => {
  const sound: [string, ChecklistItem][] = [
    ['one bound', temperature({ below: 37.3 })],
    ['a range within what may be entered', temperature({ above: 2, atMost: 8 }, { min: 0, max: 10 })],
    ['a single value that passes', temperature({ atLeast: 5, atMost: 5 })],
    ['options of both outcomes', choice(option('a', true), option('b', false))],
  ];
  for (const [what, one] of sound)
    it(`is sound with ${what}`, () => {
      expect(wrongIn(listOf(one))).to.deep.equal([]);
    });

  const malformed: [string, ChecklistItem[], string[]][] = [
    ['a key used twice', [item('a'), item('a')], ['/items/1/key']],
    ['a text in one language', [item('a', { text: words('甲', ' ') })], ['/items/0/text/en']],
    ['guidance in one language', [item('a', { guidance: words('', 'a') })], ['/items/0/guidance/zh']],
    ['a number without threshold', [temperature({})], ['/items/0/number/passes']],
    ['a number without rule', [item('a', { kind: 'number' })], ['/items/0/number']],
    ['a choice without options', [item('a', { kind: 'choice' })], ['/items/0/options']],
    ['options of a plain item', [{ ...choice(option('a', true)), kind: 'outcome' }], ['/items/0/options']],
    ['two lower bounds', [temperature({ above: 1, atLeast: 1 })], ['/items/0/number/passes']],
    ['two upper bounds', [temperature({ below: 1, atMost: 1 })], ['/items/0/number/passes']],
    ['bounds that cross', [temperature({ above: 2, below: 1 })], ['/items/0/number/passes']],
    ['bounds that leave nothing', [temperature({ above: 2, atMost: 2 })], ['/items/0/number/passes']],
    ['a range turned round', [temperature({ below: 1 }, { min: 3, max: 2 })], ['/items/0/number/min']],
    ['nothing that could pass', [temperature({ below: 30 }, { min: 30 })], ['/items/0/number/passes']],
    [
      'nothing that could fail',
      [temperature({ atMost: 45 }, { min: 30, max: 45 })],
      ['/items/0/number/passes'],
    ],
    ['no option that fails', [choice(option('a', false), option('b', false))], ['/items/0/options']],
    ['no option that passes', [choice(option('a', true), option('b', true))], ['/items/0/options']],
    ['an option named twice', [choice(option('a', true), option('a', false))], ['/items/0/options/1/key']],
  ];
  for (const [what, items, paths] of malformed)
    it(`names the place of ${what}`, () => {
      expect(wrongIn(listOf(...items))).to.deep.equal(paths);
    });

  it('may not use an item’s key for something else than an earlier version did', () => {
    const first = listOf(temperature({ below: 37.3 }), choice(option('a', true), option('b', false)));
    const without = listOf(item('x'));
    expect(wrongIn(listOf(item('t')), without, first)).to.deep.equal(['/items/0/kind']);
    const fahrenheit = item('t', { kind: 'number', number: { unit: words('°F'), passes: { below: 99 } } });
    expect(wrongIn(listOf(fahrenheit), first)).to.deep.equal(['/items/0/number/unit']);
    const turned = choice(option('z', true), option('a', false));
    expect(wrongIn(listOf(turned), first)).to.deep.equal(['/items/0/options/1/fails']);
    expect(wrongIn(listOf(temperature({ below: 37 }), item('y')), without, first)).to.deep.equal([]);
  });

  it('is told how it differs from the present one', () => {
    const before = normalized({
      key: 'one',
      title: words('表'),
      items: [item('a'), item('b'), item('c')],
    });
    const after = normalized({
      key: 'one',
      title: words('新表'),
      categories: ['pharmacy'],
      items: [item('c', { severity: 'critical' }), item('a'), item('d')],
    });
    expect(differenceOf(before, after)).to.deep.equal({
      fields: [
        { field: 'title', before: words('表'), after: words('新表') },
        { field: 'categories', before: [], after: ['pharmacy'] },
      ],
      added: ['d'],
      removed: ['b'],
      changed: [{ item: 'c', fields: [{ field: 'severity', before: 'minor', after: 'critical' }] }],
      reordered: true,
    });
    expect(differenceOf(after, after)).to.deep.equal({
      fields: [],
      added: [],
      removed: [],
      changed: [],
      reordered: false,
    });
    expect(differenceOf(null, after).added).to.deep.equal(['c', 'a', 'd']);
  });

  it('says the same after it was put in order once more', () => {
    const once = normalized({
      key: 'one',
      title: words(' 表 '),
      categories: ['b', 'a', 'b'],
      items: [{ ...item('a'), guidance: words(' ', '') }],
    });
    expect(once).to.deep.include({ title: words('表'), categories: ['a', 'b'] });
    expect(once.items[0]?.guidance).to.equal(null);
    expect(normalized({ key: 'one', ...once })).to.deep.equal(once);
  });
});

describe('the checklists of the demonstration', () => {
  const lists: NewChecklist[] = demonstrationChecklists();

  it('are sound, in both languages, and already in order', () => {
    for (const list of lists) {
      expect(problemsOf(normalized(list), []), list.key).to.deep.equal([]);
      expect(normalized(list), list.key).to.deep.equal({
        title: list.title,
        ...(list.categories && { categories: list.categories }),
        items: list.items,
      });
      for (const { key, text, guidance } of list.items)
        for (const said of [text, guidance]) {
          expect(said?.zh, key).to.match(/\p{Script=Han}/u);
          expect(said?.en, key).to.match(/^[^\p{Script=Han}]+$/u);
        }
    }
  });

  it('are one for each of the 23 categories', () => {
    const categories = categoryData.categories.map(({ key }) => key).sort();
    expect(categories).to.have.length(23);
    expect(lists.flatMap(({ categories: those = [] }) => those).sort()).to.deep.equal(categories);
  });

  it('share their items: one key, one text, and every item of the bank in use', () => {
    const used = new Set(lists.flatMap(({ items }) => items.map(({ key }) => key)));
    expect([...used]).to.include.members(Object.keys(checklistData.bank));
    const texts = new Map<string, ChecklistItem>();
    for (const one of lists.flatMap(({ items }) => items) as ChecklistItem[]) {
      expect(texts.get(one.key) ?? one).to.equal(one);
      texts.set(one.key, one);
    }
  });
});
