// Three working days after red the suspension of a shop is proposed (建议暂停): drafted once for people to decide, never made.
import { type Order, OrderModel } from '../../models/order.ts';
import { clock } from '../lib/clock.ts';
import { Problem } from '../lib/problem.ts';
import { inTransaction } from '../lib/transaction.ts';
import { byOf, systemActor } from './actor.ts';
import { orderEvent } from './order-events.ts';
import { lapseProposal, openProposal, untouchedProposal } from './proposals.ts';

const atOnce = 200;

/** Takes the step of every red order whose time has come. Answers how many this process took. */
export async function proposeSuspensions(): Promise<number> {
  let taken = 0;
  for (;;) {
    const due = await OrderModel.find({ nextAt: { $lte: clock.now(), $type: 'date' }, level: 'red' })
      .sort({ nextAt: 1 })
      .limit(atOnce)
      .lean<Order[]>();
    let here = 0;
    for (const order of due) if (await proposed(order)) here += 1;
    taken += here;
    // Where another process took all of them there is nothing left to do here.
    if (here === 0) return taken;
  }
}

async function proposed(order: Order): Promise<boolean> {
  try {
    await inTransaction(() => propose(order));
    return true;
  } catch (error) {
    if (error instanceof Overtaken) return false;
    // Another order of the same shop was first: the next round finds its draft.
    if (error instanceof Problem && error.code === 'duplicate') return proposed(order);
    throw error;
  }
}

/** Another process took the step, or somebody answered the order: the draft goes with the transaction. */
class Overtaken extends Error {}

/** The condition on level and `nextAt` lets one process take the step, whoever else tries. */
async function propose({ _id, merchant, itemText, nextAt, rev }: Order): Promise<void> {
  const adjustment = await openFor(merchant, { _id, itemText });
  const step = orderEvent('propose', byOf(systemActor), clock.now(), {
    note:
      adjustment === null
        ? '商户不在名单上，不建议暂停 / the shop is not on the list: nothing to propose'
        : null,
    nominalAt: nextAt,
    adjustment,
  });
  const { modifiedCount } = await OrderModel.updateOne(
    { _id, state: 'open', level: 'red', nextAt, rev },
    { $set: { nextAt: null }, $push: { history: step }, $inc: { rev: 1 } },
  );
  if (modifiedCount === 0) throw new Overtaken();
}

/** The id of the proposal that is open for this shop, drafted now where there is none. Null where the shop cannot be suspended. */
function openFor(
  merchant: string,
  { _id, itemText }: Pick<Order, '_id' | 'itemText'>,
): Promise<string | null> {
  const cause = { kind: 'order' as const, id: _id };
  return openProposal({
    rule: 'red-order',
    merchant,
    to: 'suspended',
    ground: 'order',
    reason: `整改逾期，督办后仍未整改：${itemText.zh}`,
    basis: cause,
    causes: [cause],
    endsAt: null,
  });
}

/** With its last red order a shop's proposal goes, too, unless somebody has taken it up. In the transaction of that act. */
export async function withdrawProposals({ _id, merchant }: Order): Promise<void> {
  const draft = await untouchedProposal('red-order', merchant);
  if (!draft) return;
  const another = await OrderModel.exists({
    merchant,
    level: 'red',
    state: { $in: ['open', 'submitted'] },
    _id: { $ne: _id },
  });
  if (!another) await lapseProposal(draft, { order: _id });
}
