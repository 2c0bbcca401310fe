// Three working days after red the suspension of a shop is proposed (建议暂停): drafted once for people to decide, never made.
import { type Adjustment, AdjustmentModel } from '../../models/adjustment.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { type Order, OrderModel } from '../../models/order.ts';
import { clock } from '../lib/clock.ts';
import { Problem } from '../lib/problem.ts';
import { inTransaction } from '../lib/transaction.ts';
import { byOf, systemActor } from './actor.ts';
import { draftAdjustment } from './adjustment-drafts.ts';
import { recordAudit } from './audit.ts';
import { orderEvent } from './order-events.ts';
import { presentStretch } from './ledger-fold.ts';
import { mayFollow } from './whitelist-rules.ts';

const atOnce = 200;

/** At most one open proposal per merchant and rule: a unique index holds it to that. */
const proposalKey = (merchant: string) => `red-order/${merchant}`;
const isOpen = { state: { $in: ['draft', 'submitted'] satisfies Adjustment['state'][] } };

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
async function propose({ _id, merchant, item, itemText, nextAt, rev }: Order): Promise<void> {
  const adjustment = await openProposal(merchant, { _id, item, itemText });
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
async function openProposal(
  merchant: string,
  order: Pick<Order, '_id' | 'item' | 'itemText'>,
): Promise<string | null> {
  const proposal = proposalKey(merchant);
  const earlier = await AdjustmentModel.findOne({ proposal, ...isOpen }, { _id: 1 }).lean();
  if (earlier) return earlier._id;
  const shop = await MerchantModel.findById(merchant, { outlook: 1 }).lean<Pick<Merchant, 'outlook'>>();
  const status = presentStretch(shop?.outlook ?? [], clock.now())?.status ?? null;
  if (!mayFollow(status, 'suspended')) return null;
  const draft = await draftAdjustment(systemActor, {
    kind: 'list',
    to: 'suspended',
    ground: 'order',
    reason: `整改逾期，督办后仍未整改：${order.itemText.zh}`,
    basis: { kind: 'order', id: order._id },
    merchants: [merchant],
    proposal,
  });
  return draft._id;
}

/** With its last red order a shop's proposal goes, too, unless somebody has taken it up. In the transaction of that act. */
export async function withdrawProposals({ _id, merchant }: Order): Promise<void> {
  const draft = await AdjustmentModel.findOne({
    proposal: proposalKey(merchant),
    state: 'draft',
  }).lean<Adjustment>();
  if (!draft) return;
  const another = await OrderModel.exists({
    merchant,
    level: 'red',
    state: { $in: ['open', 'submitted'] },
    _id: { $ne: _id },
  });
  if (another) return;
  await AdjustmentModel.updateOne(
    { _id: draft._id, state: 'draft' },
    { $set: { state: 'withdrawn' }, $inc: { rev: 1 } },
  );
  await recordAudit(systemActor, 'adjustment.withdrawn', draft._id, { of: draft, after: { order: _id } });
}
