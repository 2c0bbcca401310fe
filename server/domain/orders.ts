// Fix orders (整改单): answered by the merchant, verified or returned by the bureau, followed until closed (销号).
import { MerchantModel } from '../../models/merchant.ts';
import { type Order, OrderModel } from '../../models/order.ts';
import { clock } from '../lib/clock.ts';
import { invalidPart, Problem } from '../lib/problem.ts';
import { inTransaction } from '../lib/transaction.ts';
import { may, requireAbility, scopeFilter } from './abilities.ts';
import { type Actor, byOf } from './actor.ts';
import { recordAudit } from './audit.ts';
import { slotsFor } from './evidence.ts';
import { markChanged } from './feed-marks.ts';
import { orderEvent } from './order-events.ts';
import { stepsDue } from './order-steps.ts';
import { withdrawProposals } from './order-proposals.ts';
import { isLegalMove, type Move, orderMoves, stateAfter } from './order-states.ts';
import { nextStep, runningClock } from './order-clockwork.ts';
import { settingsOf } from './settings.ts';
import { visibleTo } from './visible-to.ts';

/** No order is given more time than this at once. */
const longestMillis = 365 * 86_400_000;

export type Answer = { note?: string | null; photos?: string[] };

/** The merchant (or an inspector for him) says that the fault is fixed. The clock stands while nobody has looked. */
export function submitOrder(actor: Actor, id: string, answer: Answer): Promise<Order> {
  return moveOrder(actor, id, 'submit', answer, (_order, now) => ({ nextAt: null, submittedAt: now }));
}

/** A merchant's claim that the fault is fixed is checked and the order is closed (销号). */
export function verifyOrder(actor: Actor, id: string, verification: Answer): Promise<Order> {
  return moveOrder(actor, id, 'verify', verification, (_order, now) => ended(now));
}

/** Not fixed after all: open again, with a new due counted from now. Another one is more time, which who may extend may give. */
export function returnOrder(
  actor: Actor,
  id: string,
  { due, ...answer }: Answer & { due?: Date },
): Promise<Order> {
  return moveOrder(actor, id, 'return', answer, (order, now) => {
    if (due) requireAbility(actor, 'order.extend', order);
    return { ...clockFrom(order, now, due), returns: order.returns + 1 };
  });
}

/** More time, given by a named person with a reason. */
export function extendOrder(
  actor: Actor,
  id: string,
  { due, note }: { due: Date; note: string },
): Promise<Order> {
  return moveOrder(actor, id, 'extend', { note }, (order, now) => clockFrom(order, now, due));
}

export function cancelOrder(actor: Actor, id: string, { note }: { note: string }): Promise<Order> {
  return moveOrder(actor, id, 'cancel', { note }, (_order, now) => ended(now));
}

/** Nothing runs any more, and nothing is to be counted anew. */
const ended = (now: Date) => ({ nextAt: null, unpublishedYear: null, closedAt: now });

/** A new due. The level stays: what was overdue once is on the supervision list (督办清单) until it is closed. */
function clockFrom({ severity, level, areas }: Order, now: Date, due: Date | undefined): Partial<Order> {
  const running = runningClock(severity, now, { limits: settingsOf(areas), due: laterThan(now, due) });
  return { ...running, nextAt: nextStep(level, running) };
}

function laterThan(now: Date, due: Date | undefined): Date | undefined {
  const tooLate = new Date(now.getTime() + longestMillis);
  if (due && (due <= now || due > tooLate))
    throw invalidPart('/due', '须在一年之内，晚于现在 / must lie in the future, within a year');
  return due;
}

/** The order as this actor sees it. The holder of a link sees its one order, anybody else by scope. */
export async function findOrder(actor: Actor, id: string): Promise<Order> {
  const order =
    actor.kind === 'link'
      ? await OrderModel.findOne({ $and: [{ _id: id }, scopeFilter(actor, 'order.submit')] }).lean<Order>()
      : await visibleTo(actor, OrderModel).findById(id);
  if (!order) throw new Problem('not-found');
  return order;
}

function moveOrder(
  actor: Actor,
  id: string,
  move: Move,
  { note = null, photos = [] }: Answer,
  changesOf: (order: Order, now: Date) => Partial<Order>,
): Promise<Order> {
  return inTransaction(async () => {
    const order = await findOrder(actor, id);
    requireAbility(actor, `order.${move}`, order);
    if (!isLegalMove(order.state, move)) throw new Problem('order-state', { state: order.state });
    if (move === 'verify' && !mayVerify(actor, order)) throw new Problem('four-eyes');

    const now = clock.now();
    // A step that was due before this act is taken first, be the sweep a moment late or long down.
    const { events: overdue, ...reached } = stepsDue(order, now);
    const changes = { ...reached, ...changesOf({ ...order, ...reached }, now) };
    const slots = await slotsFor(actor, photos);
    const event = orderEvent(move, byOf(actor), now, { note, photos: slots, due: changes.due ?? null });
    const state = stateAfter(move);
    const moved = await OrderModel.findOneAndUpdate(
      { _id: id, rev: order.rev, state: order.state },
      { $set: { ...changes, state }, $push: { history: { $each: [...overdue, event] } }, $inc: { rev: 1 } },
      { returnDocument: 'after' },
    ).lean<Order>();
    if (!moved) throw new Problem('order-state', { state: order.state });
    if (state === 'closed' || state === 'cancelled') {
      await MerchantModel.updateOne({ _id: order.merchant }, { $inc: { openOrders: -1 } });
      await markChanged([order.merchant]);
      await withdrawProposals(order);
    }
    const verb = {
      submit: 'submitted',
      verify: 'verified',
      return: 'returned',
      extend: 'extended',
      cancel: 'cancelled',
    }[move];
    await recordAudit(actor, `order.${verb}`, id, {
      of: order,
      before: { state: order.state, due: order.due },
      after: { state, due: moved.due, note },
    });
    return moved;
  });
}

/** Nobody verifies his own answer; nor, where the area's settings say so, the answer to an order that he issued himself. */
function mayVerify(actor: Actor, { history, issuedBy, areas }: Order): boolean {
  const submitter = history.findLast(({ act }) => act === 'submit')?.by.id;
  return submitter !== actor.id && (settingsOf(areas).verifierMayBeIssuer || issuedBy.id !== actor.id);
}

/** What this caller may do with an order now, so that no screen has rules of its own. */
export function orderAbilities(actor: Actor, order: Order): Record<Move | 'link', boolean> {
  const can = orderMoves.map(
    (move) =>
      [
        move,
        isLegalMove(order.state, move) &&
          may(actor, `order.${move}`, order) &&
          (move !== 'verify' || mayVerify(actor, order)),
      ] as const,
  );
  const alive = order.state === 'open' || order.state === 'submitted';
  return {
    ...(Object.fromEntries(can) as Record<Move, boolean>),
    link: alive && may(actor, 'order.link', order),
  };
}
