// The list as rows: merchants within one's scope in batches, with their contacts and the names of what they refer to. Nothing is kept.
import { MerchantContactModel } from '../../models/merchant-contact.ts';
import { type MerchantPeriod, MerchantPeriodModel } from '../../models/merchant-period.ts';
import { type Facts, type Merchant, MerchantModel } from '../../models/merchant.ts';
import type { Language } from '../lib/problem.ts';
import { maskContact } from '../lib/masking.ts';
import type { Value } from '../lib/sheets/xlsx-write.ts';
import { type Filter, may } from './abilities.ts';
import type { Actor } from './actor.ts';
import { inBatches } from './batches.ts';
import { loadImportReference, type Reference } from './import-reference.ts';
import { type ColumnKey, columnKeys, modeWords, statusWords } from './list-columns.ts';
import { presentPeriod } from './merchants.ts';
import { gramIndex } from './search.ts';

/** A shop with what a table says of it; as of an instant it has no revision and no contact. */
export type Listed = Facts & {
  id: string;
  rev: number | null;
  doorCode: string;
  status: Merchant['status'];
  since: Date;
  contact: { name: string; phone: string } | null;
};

const atOnce = 300;

/** Merchants of the present list. */
export function presentMerchants({
  filter,
  isRare,
}: {
  filter: Filter;
  isRare: boolean;
}): AsyncGenerator<Merchant[]> {
  const query = MerchantModel.find(filter, { text: 0, grams: 0 }).sort({ _id: 1 });
  if (isRare) query.hint(gramIndex);
  return inBatches(query.lean<Merchant[]>().cursor({ batchSize: atOnce }) as never, atOnce);
}

export async function* listedNow(actor: Actor, batches: AsyncIterable<Merchant[]>): AsyncGenerator<Listed[]> {
  for await (const merchants of batches) {
    const contacts = await contactsOf(actor, merchants);
    yield merchants.map((merchant) => {
      const { status, since } = presentPeriod(merchant);
      return { ...merchant, id: merchant._id, status, since, contact: contacts.get(merchant._id) ?? null };
    });
  }
}

/** The list as of an instant, as its filter says. */
export function periodsThen(filter: Filter): AsyncGenerator<MerchantPeriod[]> {
  const query = MerchantPeriodModel.find(filter, { text: 0 }).sort({ merchant: 1 });
  return inBatches<MerchantPeriod>(
    query.lean<MerchantPeriod[]>().cursor({ batchSize: atOnce }) as never,
    atOnce,
  );
}

export async function* listedThen(filter: Filter): AsyncGenerator<Listed[]> {
  for await (const periods of periodsThen(filter))
    yield periods.map((period) => ({ ...period, id: period.merchant, rev: null, contact: null }));
}

/** Masked where the caller need not call. */
export async function contactsOf(
  actor: Actor,
  merchants: Merchant[],
): Promise<Map<string, NonNullable<Listed['contact']>>> {
  const among = { _id: { $in: merchants.map(({ _id }) => _id) } };
  const contacts = await MerchantContactModel.find(among).lean();
  const open = new Set(
    merchants.filter((merchant) => may(actor, 'merchant.contact', merchant)).map(({ _id }) => _id),
  );
  return new Map(
    contacts.map(({ _id, name, phone }) => [
      _id,
      open.has(_id) ? { name, phone } : maskContact({ name, phone }),
    ]),
  );
}

/** How a shop is written in a table, column by column: read again it says the same. */
export async function rowWriter(language: Language): Promise<(listed: Listed) => Value[]> {
  const reference = await loadImportReference();
  return (listed) => columnKeys.map((column) => cells[column](listed, { language, reference }));
}

type Told = { language: Language; reference: Reference };

const cells: Record<ColumnKey, (listed: Listed, told: Told) => Value> = {
  id: ({ id }) => id,
  rev: ({ rev }) => rev,
  doorCode: ({ doorCode }) => doorCode,
  name: ({ name }) => name,
  uscc: ({ uscc }) => uscc,
  outlet: ({ outlet }) => outlet,
  registerNumber: ({ registerNumber }) => registerNumber,
  category: ({ category }, { language, reference }) =>
    reference.categories.get(category)?.name[language] ?? category,
  subdistrict: ({ subdistrict }) => subdistrict,
  subdistrictName: ({ subdistrict }, { reference }) => reference.subdistricts.get(subdistrict)?.name ?? null,
  address: ({ address }) => address,
  lng: ({ point }) => point?.coordinates[0] ?? null,
  lat: ({ point }) => point?.coordinates[1] ?? null,
  site: ({ site }, { reference }) => (site === null ? null : (reference.sites.get(site)?.name ?? site)),
  mode: ({ mode }, { language }) =>
    mode.map((one) => modeWords[one][language]).join(language === 'zh' ? '、' : ', '),
  gbt4754: ({ gbt4754 }) => gbt4754,
  capacity: ({ capacity }) => capacity,
  status: ({ status }, { language }) => statusWords[status][language],
  since: ({ since }) => inShanghai(since),
  contactName: ({ contact }) => contact?.name ?? null,
  contactPhone: ({ contact }) => contact?.phone ?? null,
};

/** `2022-11-29 16:00`, on the clock of the people who read it. */
function inShanghai(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}
