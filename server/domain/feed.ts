// The feed of the list: whatever changed since a reader last asked, in order, within his scope. Nothing is missed, nothing beyond it is seen.
import { type FeedEntry, FeedEntryModel, type FeedHead } from '../../models/feed.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { type Filter, joined, may, scopeFilter } from './abilities.ts';
import type { Actor } from './actor.ts';
import { cursorOf, type FeedPosition, positionIn } from './feed-cursor.ts';
import { findHead } from './feed-sequencer.ts';

/** A merchant as it is now, or the id of one that is in the reader's scope no longer. */
export type FeedItem = { merchant: Merchant } | { gone: string };
export type FeedPage = { items: FeedItem[]; next: string; more: boolean };

/** What a failover could take back is not told. */
const kept = { readConcern: { level: 'majority' } } as const;

/**
 * From nothing (the whole list, page by page, and then its changes) or since a cursor. Throws `resync` for a cursor that does not
 * fit the scope held now.
 */
export async function changesSince(
  actor: Actor,
  { since, limit = 100 }: { since?: string; limit?: number },
): Promise<FeedPage> {
  const head = await findHead();
  const from = startOf(actor, head, since);
  const entries = await entriesBetween(actor, from.seq, head.seq, limit + 1);
  const taken = entries.slice(0, limit);
  const more = entries.length > limit;
  const seq = more ? (taken.at(-1)?.seq ?? head.seq) : head.seq;
  const next = cursorOf(actor, head.epoch, { ...from, seq });
  return { items: await itemsOf(actor, taken, from), next, more };
}

function startOf(actor: Actor, { epoch, seq }: FeedHead, since: string | undefined): FeedPosition {
  return since === undefined ? { seq: 0, begun: seq } : positionIn(actor, epoch, since);
}

/** Entries that lie in the actor's scope or ever lay there, in order. The head was read before: all of them are there. */
async function entriesBetween(
  actor: Actor,
  after: number,
  upTo: number,
  limit: number,
): Promise<FeedEntry[]> {
  const places = placesIn(actor);
  if (places.length === 0) return [];
  // Branch by branch the index gives the order of an area, and they are merged: nothing is sorted in memory.
  const within = places.length === 1 ? (places[0] ?? {}) : { $or: places };
  return FeedEntryModel.find(joined([within, { seq: { $gt: after, $lte: upTo } }]), { seq: 1 }, kept)
    .sort({ seq: 1 })
    .limit(limit)
    .hint({ 'places.areas': 1, seq: 1 })
    .lean<FeedEntry[]>();
}

/** The branches of a scope, each as a condition on one and the same place. Nobody follows the feed but by areas. */
function placesIn(actor: Actor): Filter[] {
  const scope = scopeFilter(actor, 'merchant.follow', '_id');
  const branches = (scope.$or as Filter[] | undefined) ?? [scope];
  return branches.flatMap((branch) => ('areas' in branch ? [{ places: { $elemMatch: branch } }] : []));
}

/** The merchant itself decides: it may have moved on since it got its number, and gets another one then. */
async function itemsOf(actor: Actor, entries: FeedEntry[], { begun }: FeedPosition): Promise<FeedItem[]> {
  const among = { _id: { $in: entries.map(({ _id }) => _id) } };
  const found = await MerchantModel.find(among, { text: 0, grams: 0 }, kept).lean<Merchant[]>();
  const byId = new Map(found.map((merchant) => [merchant._id, merchant]));
  return entries.flatMap(({ _id, seq }): FeedItem[] => {
    const merchant = byId.get(_id);
    if (merchant && may(actor, 'merchant.follow', merchant)) return [{ merchant }];
    return seq > begun ? [{ gone: _id }] : [];
  });
}

/** Where a reader stands who wants to hear of what comes from now on, or went as far as `since` before. */
export function positionNow(actor: Actor, { epoch, seq }: FeedHead, since: string | undefined): FeedPosition {
  return since === undefined ? { seq, begun: seq } : positionIn(actor, epoch, since);
}

/** Whether anything changed for the actor between two numbers. */
export async function hasChanged(actor: Actor, after: number, upTo: number): Promise<boolean> {
  return (await entriesBetween(actor, after, upTo, 1)).length > 0;
}
