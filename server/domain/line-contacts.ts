// Contacts in the lines of an adjustment: approved by a salted hash, shown as the reader may see them, and dropped at its end.
import {
  type AdjustmentLine,
  AdjustmentLineModel,
  AdjustmentModel,
  endedStates,
} from '../../models/adjustment.ts';
import { type MerchantContact, MerchantContactModel } from '../../models/merchant-contact.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { contentHash } from '../lib/canonical.ts';
import { ids } from '../lib/ids.ts';
import { maskContact } from '../lib/masking.ts';
import { may } from './abilities.ts';
import type { Actor } from './actor.ts';

type Contact = NonNullable<AdjustmentLine['contact']>;
export type SealedContact = Pick<AdjustmentLine, 'contact' | 'contactSalt' | 'contactHash'>;

export const noContact: SealedContact = { contact: null, contactSalt: null, contactHash: null };

/** A contact with its salted hash: once the salt is gone, nobody can try telephone numbers against it. */
export function sealedContact(contact: Contact | null): SealedContact {
  if (contact === null) return noContact;
  const contactSalt = ids.hex(16);
  return { contact, contactSalt, contactHash: hashOf(contactSalt, contact) };
}

/** Whether a line's contact is the one that was hashed. */
export function isAsSealed({ contact, contactSalt, contactHash }: SealedContact): boolean {
  if (contact === null) return contactHash === null || contactHash === undefined;
  return contactSalt != null && contactHash === hashOf(contactSalt, contact);
}

function hashOf(salt: string, { name, phone }: Contact): string {
  return contentHash({ salt, contact: { name, phone } });
}

/** What a line makes of a shop's contact. Both are null, and nothing is said to change, once the adjustment has ended. */
export type ContactChange = {
  before: Contact | null;
  after: Contact | null;
  changes: (keyof Contact)[];
};

/** By line: masked where the reader need not call. Lines that leave the contact alone are left out. */
export async function contactChanges(
  actor: Actor,
  lines: AdjustmentLine[],
): Promise<Map<string, ContactChange>> {
  const told = lines.filter(({ contactHash }) => contactHash != null);
  const among = { _id: { $in: told.map(({ merchant }) => merchant) } };
  const before = await MerchantContactModel.find(among).lean<MerchantContact[]>();
  const shops = await MerchantModel.find(among, { areas: 1, taskForces: 1, site: 1 }).lean<
    Pick<Merchant, '_id' | 'areas' | 'taskForces' | 'site'>[]
  >();
  const known = new Map(before.map((contact) => [contact._id, contact]));
  // A shop that is new lies in nobody's reach yet: its contact is masked for all.
  const open = new Set(shops.filter((shop) => may(actor, 'merchant.contact', shop)).map(({ _id }) => _id));
  return new Map(
    told.map(({ _id, merchant, contact }) => {
      const show = open.has(merchant) ? plain : maskContact;
      return [_id, contact === null ? dropped : changeOf(known.get(merchant) ?? null, contact, show)];
    }),
  );
}

const dropped: ContactChange = { before: null, after: null, changes: [] };

function changeOf(
  before: Contact | null,
  after: Contact,
  show: (contact: Contact) => Contact,
): ContactChange {
  const fields = ['name', 'phone'] as const;
  return {
    before: before && show(before),
    after: show(after),
    changes: fields.filter((field) => (before?.[field] ?? '') !== after[field]),
  };
}

const plain = ({ name, phone }: Contact): Contact => ({ name, phone });

/** Lines whose contacts are dropped at once, and how often a round does so: it must not hold up the sweep. */
const linesAtOnce = 2_000;
const partsAtOnce = 10;

/** What was decided needs no telephone numbers any more: drops them from the lines, part by part. Answers how many adjustments are done. */
export async function dropContactsOfEnded(): Promise<number> {
  const ended = await AdjustmentModel.find(
    { contactsFrom: { $gte: 0 }, state: { $in: endedStates } },
    { contactsFrom: 1, count: 1 },
  )
    .limit(partsAtOnce)
    .lean();
  let done = 0;
  let parts = 0;
  for (const { _id, contactsFrom, count } of ended) {
    let from = contactsFrom ?? 0;
    for (; from < count && parts < partsAtOnce; from += linesAtOnce, parts += 1)
      await AdjustmentLineModel.updateMany(
        { adjustment: _id, index: { $gte: from, $lt: from + linesAtOnce }, contact: { $ne: null } },
        { $set: { contact: null, contactSalt: null } },
      );
    const isDone = from >= count;
    await AdjustmentModel.updateOne(
      { _id },
      isDone ? { $unset: { contactsFrom: 1 } } : { $set: { contactsFrom: from } },
    );
    if (isDone) done += 1;
  }
  return done;
}
