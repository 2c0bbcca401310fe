// Collections as one actor sees them: by the reach of the ability to read each, and what is one's own work besides.
import type { Model } from 'mongoose';
import { type Ability, type Filter, joined, rolesWith, scopeFilter } from './abilities.ts';
import type { Actor } from './actor.ts';

/** `authors`: who stands there sees the record wherever it lies, while his role may read such records at all. */
type Reading = { ability: Ability; merchantKey: '_id' | 'merchant'; authors?: string[] };

const readings: Record<string, Reading> = {
  merchants: { ability: 'merchant.read', merchantKey: '_id' },
  merchantperiods: { ability: 'merchant.read', merchantKey: 'merchant' },
  adjustments: {
    ability: 'adjustment.read',
    merchantKey: 'merchant',
    authors: ['draftedBy.id', 'submittedBy.id'],
  },
  imports: { ability: 'import.read', merchantKey: 'merchant', authors: ['by.id'] },
  visits: { ability: 'visit.read', merchantKey: 'merchant' },
  orders: { ability: 'order.read', merchantKey: 'merchant' },
  objections: { ability: 'objection.read', merchantKey: 'merchant' },
  auditrecords: { ability: 'audit.read', merchantKey: 'merchant' },
};

/** A collection as one actor sees it: what is out of reach is not there. */
export function visibleTo<T>(actor: Actor, model: Model<T>) {
  const reading = readings[model.collection.name];
  if (!reading) throw new Error(`no rule says who may read ${model.collection.name}`);
  const scope = withOwn(actor, reading, scopeFilter(actor, reading.ability, reading.merchantKey));
  const within = (filter: Filter): Filter =>
    Object.keys(scope).length === 0 ? filter : joined([filter, scope]);
  return {
    within,
    findById: (id: string) => model.findOne(within({ _id: id })).lean<T | null>(),
    findOne: (filter: Filter) => model.findOne(within(filter)).lean<T | null>(),
  };
}

function withOwn(actor: Actor, { ability, authors = [] }: Reading, scope: Filter): Filter {
  const isOpen = Object.keys(scope).length === 0;
  if (isOpen || authors.length === 0 || !rolesWith(ability).some((role) => role === actor.role)) return scope;
  return { $or: [scope, ...authors.map((author) => ({ [author]: actor.id }))] };
}
