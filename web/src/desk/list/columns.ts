// The columns of the list: which there are, how wide, how they sort, and which of them somebody wants to see on this device.
import { computed, ref } from 'vue';

export const columnNames = [
  'code',
  'doorCode',
  'status',
  'category',
  'subdistrict',
  'address',
  'taskForce',
  'since',
  'lastVisit',
  'openOrders',
] as const;
export type ColumnName = (typeof columnNames)[number];

/** Width in pixels; the name takes what is left. `sort` is the field that the server sorts by. */
export const columns: Record<ColumnName, { width: number; sort?: string; ofThePresent?: boolean }> = {
  code: { width: 168 },
  doorCode: { width: 108, sort: 'doorCode' },
  status: { width: 116 },
  category: { width: 128, sort: 'category' },
  subdistrict: { width: 112, sort: 'subdistrict' },
  address: { width: 208 },
  taskForce: { width: 84 },
  since: { width: 84, sort: 'since' },
  lastVisit: { width: 120, sort: 'lastVisit', ofThePresent: true },
  openOrders: { width: 112, sort: 'openOrders', ofThePresent: true },
};

const storage = 'mingdan.desk.columns';
const usual: ColumnName[] = [
  'code',
  'status',
  'category',
  'subdistrict',
  'taskForce',
  'lastVisit',
  'openOrders',
];

function stored(): ColumnName[] {
  const text = localStorage.getItem(storage);
  const kept = text?.split(',');
  return kept ? columnNames.filter((name) => kept.includes(name)) : usual;
}

export const chosenColumns = ref(stored());

export function toggleColumn(name: ColumnName): void {
  const kept = new Set(chosenColumns.value);
  if (!kept.delete(name)) kept.add(name);
  chosenColumns.value = columnNames.filter((one) => kept.has(one));
  localStorage.setItem(storage, chosenColumns.value.join(','));
}

/** Those chosen; of a past list without what only the present has. */
export const useColumns = (isPast: () => boolean) =>
  computed(() => chosenColumns.value.filter((name) => !(isPast() && columns[name].ofThePresent)));
