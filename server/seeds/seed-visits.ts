// A month of visits, and what became of each order: answered by its merchant, verified, returned, or overdue.
import { Readable } from 'node:stream';
import type { Order } from '../../models/order.ts';
import { OrderModel } from '../../models/order.ts';
import type { VisitAnswer, VisitBody } from '../../models/visit.ts';
import { type Actor, linkActor } from '../domain/actor.ts';
import { environment } from '../domain/environment.ts';
import { holdPhotos } from '../domain/evidence.ts';
import { escalateDueOrders } from '../domain/order-escalation.ts';
import { proposeSuspensions } from '../domain/order-proposals.ts';
import { orderIdOf } from '../domain/orders-of-visit.ts';
import { cancelOrder, returnOrder, submitOrder, verifyOrder } from '../domain/orders.ts';
import { submitVisit } from '../domain/visits.ts';
import { ids } from '../lib/ids.ts';
import { maxPhotoBytes } from '../lib/images.ts';
import type { StagedPhoto } from '../storage/photo-storage.ts';
import categoryData from './data/categories.json' with { type: 'json' };
import type { DemoDistrict } from './places.ts';
import type { Random } from './random.ts';
import { SamplePhotos } from './sample-photos.ts';
import type { SeededMerchant } from './seed-list.ts';
import type { People } from './seed-people.ts';
import type { Story } from './story.ts';
import type { AnswerPlan, OrderStory } from './visit-answers.ts';
import { planVisits, type VisitPlan } from './visits-plan.ts';

const amounts = { daowai: { visits: 1_500, photos: 600 }, second: { visits: 40, photos: 0 } };
const days = 30;
const minuteMillis = 60_000;

/** Plans the visits into the story. Answers how many visits and photos it will have when it is told. */
export function seedVisits(
  story: Story,
  random: Random,
  people: People,
  merchants: Record<DemoDistrict, SeededMerchant[]>,
) {
  let [visits, photos] = [0, 0];
  for (const district of ['daowai', 'second'] satisfies DemoDistrict[]) {
    const { inspectors } = people[district];
    const plans = planVisits(random.fork(`visits ${district}`), merchants[district], {
      ...amounts[district],
      days,
      inspectors: inspectors.map(limitsOf),
    });
    const album = new SamplePhotos(story, plans);
    const idOf = new Map(merchants[district].map(({ key, id }) => [key, id]));
    visits += plans.length;
    photos += amounts[district].photos;
    for (const plan of plans) {
      const inspector = inspectors[plan.inspector];
      const merchant = idOf.get(plan.merchantKey);
      if (!inspector || merchant === undefined) throw new Error(`visit ${plan.key} has nobody or nowhere`);
      planVisit(story, album, people[district], inspector, plan, merchant);
    }
  }
  return { visits, photos };
}

/** What an inspector may visit, as the plan wants to know it. */
function limitsOf({ scopes }: Actor) {
  const [scope] = scopes;
  const subdistricts = scope?.areas.filter((area) => area.length === 9) ?? [];
  const categories = categoryData.categories
    .filter(({ taskForce }) => taskForce === scope?.taskForce)
    .map(({ key }) => key);
  return { categories, ...(subdistricts.length > 0 && { subdistricts }) };
}

function planVisit(
  story: Story,
  album: SamplePhotos,
  bureau: People[DemoDistrict],
  inspector: Actor,
  plan: VisitPlan,
  merchant: string,
): void {
  const arrivedAt = story.daysBefore(plan.dayOffset, plan.minuteOfDay);
  const sealedAt = new Date(arrivedAt.getTime() + plan.minutes * minuteMillis);
  const receivedAt = new Date(sealedAt.getTime() + 20_000);
  const act = async () => {
    const serials = plan.answers.flatMap(({ photos, fix }) => [
      ...photos,
      ...(fix?.kind === 'on-site' ? fix.photos : []),
    ]);
    const hashes = await hold(album, inspector, serials);
    const body = bodyOf(plan, merchant, { arrivedAt, sealedAt }, hashes);
    await submitVisit(inspector, body, `sample-phone-${plan.inspector + 1}`);
    for (const answer of plan.answers)
      if (answer.fix?.kind === 'timed')
        await planOrder(story, album, bureau, inspector, orderIdOf(body.id, answer.item), answer.fix.order);
  };
  story.plan({ key: `visit ${merchant} ${plan.key}`, at: receivedAt, about: merchant, act });
}

async function hold(album: SamplePhotos, holder: Actor, serials: number[]): Promise<Map<number, string>> {
  const { storage } = environment();
  const staged: StagedPhoto[] = [];
  for (const serial of serials)
    staged.push(await storage.stage(Readable.from([await album.photo(serial)]), maxPhotoBytes));
  await holdPhotos(holder, staged);
  return new Map(serials.map((serial, i) => [serial, staged[i]?.sha256 ?? '']));
}

function bodyOf(
  plan: VisitPlan,
  merchant: string,
  { arrivedAt, sealedAt }: { arrivedAt: Date; sealedAt: Date },
  hashes: Map<number, string>,
): VisitBody {
  const named = (serials: number[]) => serials.flatMap((serial) => hashes.get(serial) ?? []);
  const takenAt = arrivedAt.toISOString();
  return {
    id: ids.uuid(),
    kind: plan.kind,
    merchant,
    checklist: { key: 'essential', version: 1 },
    arrivedAt: takenAt,
    sealedAt: sealedAt.toISOString(),
    location: plan.location,
    noEntry: plan.noEntry,
    personMet: plan.personMet,
    note: plan.note,
    answers: plan.answers.map((answer) => answerOf(answer, named)),
    photos: [...hashes.values()].map((sha256) => ({ sha256, takenAt, source: 'camera' })),
    ...(plan.personMet !== null && { acknowledgement: { name: plan.personMet, refused: false } }),
  };
}

function answerOf(
  { item, outcome, note, photos, fix }: AnswerPlan,
  named: (serials: number[]) => string[],
): VisitAnswer {
  const before = named(photos);
  return {
    item,
    outcome,
    ...(note !== null && { note }),
    ...(before.length > 0 && { photos: before }),
    ...(fix && {
      fix:
        fix.kind === 'on-site'
          ? { kind: fix.kind, photos: named(fix.photos), note: fix.note }
          : { kind: fix.kind },
    }),
  };
}

/** What became of a timed order: escalated when its time passed, answered by its merchant, verified or returned. */
async function planOrder(
  story: Story,
  album: SamplePhotos,
  { staff }: People[DemoDistrict],
  inspector: Actor,
  id: string,
  fate: OrderStory,
): Promise<void> {
  const order = await OrderModel.findById(id).lean<Order>();
  if (!order) return;
  const planStep = (step: string, afterMinutes: number, act: () => Promise<void>) => {
    const at = new Date(order.openedAt.getTime() + afterMinutes * minuteMillis);
    story.plan({ key: `order ${id} ${step}`, at, about: order.merchant, act });
  };
  planEscalation(story, order);
  const { answer, answeredAfterMinutes, decidedAfterMinutes, decisionNote, outcome } = fate;
  if (answer && answeredAfterMinutes !== null) {
    planStep('answered', answeredAfterMinutes, async () => {
      const merchant = linkActor(id);
      const hashes = await hold(album, merchant, answer.photos);
      await submitOrder(merchant, id, { note: answer.note, photos: [...hashes.values()] });
    });
  }
  if (outcome === 'open' && id < '4') {
    const note = '商户已停业，另行移出名单（示例）';
    planStep('cancelled', 20 * 60, async () => void (await cancelOrder(staff, id, { note })));
  }
  if (decidedAfterMinutes === null || (outcome !== 'closed' && outcome !== 'returned')) return;
  planStep('decided', decidedAfterMinutes, async () => {
    if (outcome === 'closed') await verifyOrder(inspector, id, { note: decisionNote });
    else planEscalation(story, await returnOrder(staff, id, { note: decisionNote ?? '整改不到位（示例）' }));
  });
}

function planEscalation(story: Story, { _id, yellowAt, redAt, proposalAt }: Order): void {
  const act = async () => {
    await escalateDueOrders();
    await proposeSuspensions();
  };
  for (const at of [yellowAt, redAt, proposalAt])
    if (at) story.plan({ key: `order ${_id} due ${at.toISOString()}`, at, alone: true, act });
}
