// The demonstration's checklists: `essential` as it was published, and one for each category from a bank of shared items.
import type { ChecklistItem } from '../../models/checklist.ts';
import type { NewChecklist } from '../domain/checklist-form.ts';
import data from './data/checklists.json' with { type: 'json' };

/** Lists name their items by key, so that one text is written once. */
export function demonstrationChecklists(): NewChecklist[] {
  const usual = data.checklists.map(({ key, title, items }) => ({
    key,
    title,
    items: items as ChecklistItem[],
  }));
  const bank = new Map<string, ChecklistItem>();
  for (const item of usual.flatMap(({ items }) => items)) bank.set(item.key, item);
  for (const [key, item] of Object.entries(data.bank)) bank.set(key, { key, ...item } as ChecklistItem);
  const lists = data.lists.map(({ items, ...list }) => ({
    ...list,
    items: items.map((key) => {
      const item = bank.get(key);
      if (!item) throw new RangeError(`No item ${key} in the bank.`);
      return item;
    }),
  }));
  return [...usual, ...lists];
}
