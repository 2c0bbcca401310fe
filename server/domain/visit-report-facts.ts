// What the report of a visit says, gathered: the present version of its content, its orders, pictures small and upright.
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { type Order, photosShown } from '../../models/order.ts';
import { type PhotoHolding, PhotoHoldingModel } from '../../models/photo.ts';
import { TaskForceModel } from '../../models/task-force.ts';
import type { Visit, VisitFlag } from '../../models/visit.ts';
import { clock } from '../lib/clock.ts';
import { Problem } from '../lib/problem.ts';
import type { PdfContent } from '../lib/chinese-pdf.ts';
import { type Report, type ReportedPart, type ReportedPhoto, visitReport } from '../pages/visit-report.ts';
import type { Actor } from './actor.ts';
import { findChecklist } from './checklists.ts';
import { photoCopy } from './evidence.ts';
import { flagWords } from './visit-flags.ts';
import { partsOf, presentBody } from './visit-sections.ts';

export async function reportOf(actor: Actor, visit: Visit, orders: Order[]): Promise<PdfContent> {
  const fields = { name: 1, address: 1, uscc: 1, doorCode: 1 } as const;
  const merchant = await MerchantModel.findById(visit.merchant ?? '', fields).lean<Merchant>();
  const report: Report = {
    visit,
    merchant,
    parts: await partsReported(visit),
    orders,
    photos: await photosReported(visit, orders),
    flags: visit.flags.map((flag) => flagReported(visit, flag)),
    madeAt: clock.now(),
    madeBy: actor.name,
  };
  return visitReport(report);
}

async function partsReported(visit: Visit): Promise<ReportedPart[]> {
  const parts: ReportedPart[] = [];
  for (const { taskForce, body: part } of partsOf(presentBody(visit))) {
    const { title, items } = await findChecklist(part.checklist.key, part.checklist.version);
    const force = taskForce === null ? null : await TaskForceModel.findById(taskForce, { name: 1 }).lean();
    parts.push({ title: title.zh, taskForce: force?.name.zh ?? taskForce, items, answers: part.answers });
  }
  return parts;
}

async function photosReported(visit: Visit, orders: Order[]): Promise<ReportedPhoto[]> {
  const own = visit.photos.map(({ sha256, present, takenAt }) => ({ sha256, present, takenAt }));
  const later = orders
    .flatMap(photosShown)
    .filter(({ sha256 }, index, all) => all.findIndex((slot) => slot.sha256 === sha256) === index)
    .filter(({ sha256 }) => !own.some((slot) => slot.sha256 === sha256))
    .map(({ sha256, present }) => ({ sha256, present, takenAt: null }));
  const slots = [...own, ...later];
  const held = await PhotoHoldingModel.find(
    { sha256: { $in: slots.map(({ sha256 }) => sha256) } },
    { sha256: 1, at: 1 },
  )
    .sort({ at: 1 })
    .lean<Pick<PhotoHolding, 'sha256' | 'at'>[]>();
  const photos: ReportedPhoto[] = [];
  for (const { sha256, present, takenAt } of slots) {
    const sentAt = present ? (held.find((holding) => holding.sha256 === sha256)?.at ?? null) : null;
    photos.push({ sha256, takenAt, sentAt, jpeg: present ? await picture(sha256) : null });
  }
  return photos;
}

/** A picture that cannot be decoded keeps nobody from the rest: its original is in the package. */
function picture(sha256: string): Promise<Buffer | null> {
  return photoCopy(sha256, 320).catch((error: unknown) => {
    if (error instanceof Problem) return null;
    throw error;
  });
}

function flagReported({ flagFacts, reviews }: Visit, flag: VisitFlag): Report['flags'][number] {
  const review = reviews.findLast(({ flags }) => flags.includes(flag));
  const verdict = { explained: '有合理原因', doubtful: '存疑' } as const;
  return {
    zh: flagWords[flag].zh,
    fact: flagFacts[flag] ?? null,
    settled: review ? `${review.by.name}：${verdict[review.outcome]}，${review.note}` : null,
  };
}
