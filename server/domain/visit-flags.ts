// Flags of a visit: what each means in words, and the figures it rests on. Nothing is refused or corrected because of one.
import type { Visit, VisitBody, VisitFlag } from '../../models/visit.ts';
import type { Words } from '../../models/words.ts';

export const flagWords: Record<VisitFlag, Words> = {
  'far-from-merchant': {
    zh: '提交位置离商户登记位置较远',
    en: 'Made far from where the shop is registered',
  },
  'clock-skew': {
    zh: '手机时间与服务器时间不符',
    en: 'The device’s clock does not agree with the server’s, or with itself',
  },
  'gallery-photo': {
    zh: '照片选自相册，不是现场拍摄',
    en: 'A photo was chosen from the gallery, not taken on the spot',
  },
  'scope-changed': {
    zh: '检查时在职责范围内，提交时已调整',
    en: 'The inspector has been moved to other areas or tasks meanwhile',
  },
  'photo-seen-before': { zh: '照片在其他检查中出现过', en: 'A photo was used in another visit before' },
  'impossible-travel': {
    zh: '与前后检查相距太远，时间来不及',
    en: 'Too far from the visit before or after for the time between them',
  },
  'fault-withdrawn': {
    zh: '更正撤回了已开整改单的问题',
    en: 'An amendment takes back a fault for which there is an order',
  },
};

type Found = { distance: number | null; receivedAt: Date };

/** The figures behind the flags that a visit has at its receipt, in units that need no translation. */
export function factsOf(
  flags: VisitFlag[],
  body: VisitBody,
  { distance, receivedAt }: Found,
): Visit['flagFacts'] {
  const facts: Visit['flagFacts'] = {};
  if (flags.includes('far-from-merchant') && distance !== null) {
    const accuracy = body.location?.accuracy;
    facts['far-from-merchant'] =
      `${distance} m${accuracy === undefined ? '' : ` (± ${Math.round(accuracy)} m)`}`;
  }
  if (flags.includes('clock-skew')) {
    const ahead = new Date(body.sealedAt).getTime() - receivedAt.getTime();
    const within = new Date(body.sealedAt).getTime() - new Date(body.arrivedAt).getTime();
    facts['clock-skew'] = `${Math.round((within < 0 ? within : ahead) / 60_000)} min`;
  }
  return facts;
}

/**
 * The update by which a visit bears what was found about it. Only a flag that it did not bear before asks for a review: one
 * that is found again may have been settled.
 */
export function flagging({ flags }: Pick<Visit, 'flags'>, found: Visit['flagFacts']) {
  const borne = Object.keys(found) as VisitFlag[];
  const facts = Object.fromEntries(borne.map((flag) => [`flagFacts.${flag}`, found[flag]]));
  const isNew = borne.some((flag) => !flags.includes(flag));
  return { $set: { ...facts, ...(isNew && { needsReview: true }) }, $addToSet: { flags: { $each: borne } } };
}

/** Flags that no review has settled yet. */
export function unsettledFlags({ flags, reviews }: Pick<Visit, 'flags' | 'reviews'>): VisitFlag[] {
  const settled = new Set(reviews.flatMap((review) => review.flags));
  return flags.filter((flag) => !settled.has(flag));
}
