// What a webhook's receiver is told next: merchants that its selector finds among those that changed, and those that it finds no longer.
import { type FeedEntry, FeedEntryModel, type FeedHead } from '../../models/feed.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import {
  type Webhook,
  type WebhookDelivery,
  WebhookDeliveryModel,
  WebhookMemberModel,
  WebhookModel,
} from '../../models/webhook.ts';
import { clock } from '../lib/clock.ts';
import { ids } from '../lib/ids.ts';
import { inTransaction } from '../lib/transaction.ts';
import { joined } from './abilities.ts';
import { findHead } from './feed-sequencer.ts';
import { shownOnList } from './merchants.ts';
import { filterOf } from './zone-grounds.ts';

/** Of the feed looked through in one step, and told in one delivery, at most. */
const lookedAtOnce = 500;
const itemsAtOnce = 100;
/** Deliveries that can be looked up and sent again. */
export const deliveriesKept = 100;

/** What a failover could take back is not told. */
const kept = { readConcern: { level: 'majority' } } as const;

/** Merchants as the list shows them. Who stands behind one, who visited it and how to call it is told to nobody. */
type Told = ReturnType<typeof shownOnList> | { id: string; gone: true };

/** Makes the next delivery, and moves the webhook as far as it goes. Null where nothing is left to be told, or another process was first. */
export async function nextDelivery(webhook: Webhook): Promise<WebhookDelivery | null> {
  const head = await findHead();
  let after = webhook.epoch === head.epoch ? webhook.seq : 0;
  for (;;) {
    const entries = await entriesAfter(after, head);
    const { items, upTo } = await batchOf(webhook, entries);
    if (items.length > 0) return make(webhook, head, upTo, items);
    if (entries.length === 0) {
      await moveTo(webhook, head, head.seq);
      return null;
    }
    after = upTo;
  }
}

function entriesAfter(after: number, { seq }: FeedHead): Promise<FeedEntry[]> {
  return FeedEntryModel.find({ seq: { $gt: after, $lte: seq } }, { seq: 1 }, kept)
    .sort({ seq: 1 })
    .limit(lookedAtOnce)
    .lean<FeedEntry[]>();
}

async function batchOf(webhook: Webhook, entries: FeedEntry[]): Promise<{ items: Told[]; upTo: number }> {
  const changed = entries.map(({ _id }) => _id);
  const filter = joined([{ _id: { $in: changed } }, await filterOf(webhook.selector)]);
  const found = await MerchantModel.find(filter, { text: 0, grams: 0 }, kept).lean<Merchant[]>();
  const byId = new Map(found.map((merchant) => [merchant._id, merchant]));
  const keys = changed.map((merchant) => memberKey(webhook, merchant));
  const members = await WebhookMemberModel.find({ _id: { $in: keys } }).lean();
  const known = new Set(members.map(({ _id }) => _id));
  const items: Told[] = [];
  let upTo = 0;
  for (const { _id, seq } of entries) {
    if (items.length === itemsAtOnce) break;
    const merchant = byId.get(_id);
    if (merchant) items.push(shownOnList(merchant));
    else if (known.has(memberKey(webhook, _id))) items.push({ id: _id, gone: true });
    upTo = seq;
  }
  return { items, upTo };
}

const memberKey = ({ _id }: Pick<Webhook, '_id'>, merchant: string): string => `${_id}/${merchant}`;

/** The ids of all members of a webhook, as a range: "0" follows "/". */
export const membersOf = ({ _id }: Pick<Webhook, '_id'>) => ({ _id: { $gt: `${_id}/`, $lt: `${_id}0` } });

/** Only from where it was read, and only while no delivery waits: each change is told once, whoever makes the delivery. */
async function moveTo(webhook: Webhook, { epoch }: FeedHead, seq: number, waiting: string | null = null) {
  const { _id } = webhook;
  const moved = await WebhookModel.findOneAndUpdate(
    { _id, epoch: webhook.epoch, seq: webhook.seq, rev: webhook.rev, waiting: null },
    { $set: { epoch, seq, waiting }, ...(waiting !== null && { $inc: { made: 1 } }) },
    { returnDocument: 'after' },
  ).lean<Webhook>();
  return moved;
}

function make(
  webhook: Webhook,
  head: FeedHead,
  upTo: number,
  items: Told[],
): Promise<WebhookDelivery | null> {
  const _id = ids.uuid();
  const createdAt = clock.now();
  const body = bodyOf(webhook, { id: _id, type: 'merchants.changed', at: createdAt, items });
  return inTransaction(async () => {
    const moved = await moveTo(webhook, head, upTo, _id);
    if (!moved) return null;
    await WebhookMemberModel.bulkWrite(
      items.map((item) => {
        const filter = { _id: memberKey(webhook, item.id) };
        return 'gone' in item
          ? { deleteOne: { filter } }
          : { updateOne: { filter, update: { $setOnInsert: filter }, upsert: true } };
      }),
      { ordered: false },
    );
    const delivery: WebhookDelivery = {
      _id,
      webhook: webhook._id,
      n: moved.made,
      kind: 'changes',
      body,
      items: items.length,
      state: 'waiting',
      attempts: [],
      createdAt,
      deliveredAt: null,
    };
    await WebhookDeliveryModel.create(delivery);
    await forgetOld(moved);
    return delivery;
  });
}

export function bodyOf(
  { _id }: Webhook,
  content: { id: string; type: string; at: Date; items?: Told[] },
): string {
  const { id, type, at, items } = content;
  return JSON.stringify({ id, type, at, webhook: _id, ...(items && { items }) });
}

export async function forgetOld({ _id, made, waiting }: Webhook): Promise<void> {
  const old = { webhook: _id, n: { $lte: made - deliveriesKept } };
  await WebhookDeliveryModel.deleteMany(waiting === null ? old : { ...old, _id: { $ne: waiting } });
}
