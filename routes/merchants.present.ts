// How merchants are shown: on the list, as of an instant, alone, and over time.
import type { MerchantPeriod } from '../models/merchant-period.ts';
import type { Merchant, Period } from '../models/merchant.ts';
import type { Actor } from '../server/domain/actor.ts';
import { factsOf, type MerchantView, merchantAbilities, shownOnList } from '../server/domain/merchants.ts';
import { nextStepOf } from '../server/domain/status.ts';
import type { TimelineEvent } from '../server/domain/timeline.ts';
import { presentBody, wholeOf } from '../server/domain/visit-sections.ts';
import { maskContact } from '../server/lib/masking.ts';
import { presentBy } from './by.present.ts';

export const presentMerchant = (actor: Actor, merchant: Merchant) => ({
  ...shownOnList(merchant),
  can: merchantAbilities(actor, merchant),
});

export function presentMerchantAsOf(period: MerchantPeriod) {
  const { merchant, doorCode, taskForces, status, since } = period;
  return {
    id: merchant,
    ...factsOf(period),
    doorCode,
    taskForce: taskForces[0] ?? null,
    status,
    since,
  };
}

function presentPeriodOf({ from, to, status, ground, reason, notice, adjustment }: Period) {
  return { from, to, status, ground, reason, notice, adjustment };
}

/** A merchant itself sees the public part of a decision: the reason is written for the file. */
export function presentMerchantDetail(actor: Actor, { merchant, present, contact, relations }: MerchantView) {
  const inside = actor.role !== 'merchant';
  const shown = (period: Period) => ({ ...presentPeriodOf(period), ...(!inside && { reason: '' }) });
  const masked = contact?.masked ? maskContact(contact) : contact;
  return {
    ...presentMerchant(actor, merchant),
    contact: masked && { name: masked.name, phone: masked.phone },
    layer: shown(present),
    nextStep: nextStepOf(present),
    planned: merchant.outlook.filter(({ from }) => from > present.from).map(shown),
    ...relations,
  };
}

export function presentTimelineEvent(actor: Actor, event: TimelineEvent) {
  switch (event.kind) {
    case 'entry': {
      const { entry, from, adjustment, at, successor } = event;
      const inside = actor.role !== 'merchant';
      return {
        kind: event.kind,
        at,
        n: entry.n,
        from,
        to: entry.to,
        effectiveTo: entry.effectiveTo,
        cancels: entry.cancels,
        facts: entry.facts,
        successor,
        height: entry.height,
        adjustment: entry.adjustment,
        ground: adjustment?.ground ?? null,
        notice: adjustment?.notice ?? null,
        reason: inside ? (adjustment?.reason ?? null) : null,
        decidedBy: inside && adjustment?.decidedBy ? presentBy(adjustment.decidedBy) : null,
      };
    }
    case 'visit': {
      const { visit, at } = event;
      const { _id, kind, result, state, flags, inspectors, photos, orders } = visit;
      return {
        kind: event.kind,
        at,
        visit: _id,
        visitKind: kind,
        result,
        marks: wholeOf(presentBody(visit)).answers.map(({ item, outcome, fix }) => ({
          item,
          outcome,
          fixed: fix?.kind === 'on-site',
        })),
        state,
        flags,
        inspectors: inspectors.map(presentBy),
        photos: photos.map(({ sha256, present }) => ({ sha256, present })),
        orders: orders.map((order) => order._id),
      };
    }
    case 'order': {
      const { order, event: step, at } = event;
      return {
        kind: event.kind,
        at,
        order: order._id,
        item: order.item,
        act: step.act,
        by: presentBy(step.by),
        note: step.note,
        photos: step.photos.map(({ sha256, present }) => ({ sha256, present })),
        due: step.due,
        level: step.level,
      };
    }
  }
}
