// What a sealed visit amounts to: is it well formed, what was its result, which orders follow, what is odd about it. Pure.
import type { Checklist, ChecklistItem } from '../../models/checklist.ts';
import type { Settings } from '../../models/settings.ts';
import type { VisitAnswer, VisitBody, VisitFlag, VisitResult } from '../../models/visit.ts';
import { distanceMeters } from '../lib/geo.ts';
import type { ProblemPart } from '../lib/problem.ts';
import { faultsOfValue } from './answer-values.ts';

export type Fault = { item: ChecklistItem; answer: VisitAnswer; fix: 'on-site' | 'timed' };

/** What makes a visit malformed, as paths into its body. Empty when it can be accepted. */
export function faultsOfForm(body: VisitBody, checklist: Checklist): ProblemPart[] {
  const wrong: ProblemPart[] = [];
  const say = (path: string, message: string) => wrong.push({ path, message });
  if (body.noEntry && body.answers.length > 0)
    say('/answers', '没有进店就没有检查项 / no answers where there was no entry');
  if (!body.noEntry && body.answers.length === 0) say('/answers', '至少一项 / at least one answer');
  const seen = new Set<string>();
  body.answers.forEach((answer, index) => {
    const at = `/answers/${index}`;
    const item = checklist.items.find(({ key }) => key === answer.item);
    if (!item)
      return say(
        `${at}/item`,
        `检查表没有这一项 / not in checklist ${checklist.key} version ${checklist.version}`,
      );
    if (seen.has(answer.item)) say(`${at}/item`, '重复 / answered twice');
    seen.add(answer.item);
    wrong.push(...faultsOfValue(answer, item, at));
    const photos = answer.photos?.length ?? 0;
    const failed = answer.outcome === 'fail';
    if (
      photos === 0 &&
      ((failed && item.photo !== 'never') ||
        (item.photo === 'always' && answer.outcome !== 'na' && answer.outcome !== 'unchecked'))
    )
      say(`${at}/photos`, '须有照片 / needs a photo');
    if (failed && !answer.fix && !answer.note?.trim())
      say(`${at}/fix`, '须整改或写明原因 / needs a fix, or a note that says why not');
    if (!failed && answer.fix) say(`${at}/fix`, '合格项不需整改 / only a failed item is fixed');
    if (answer.fix?.kind === 'on-site' && !answer.fix.photos?.length)
      say(`${at}/fix/photos`, '须有整改后的照片 / needs a photo after the fix');
  });
  return wrong;
}

/** The faults to be followed as orders. A self-check's are findings, not orders, or nobody would report honestly. */
export function faultsOf(body: VisitBody, checklist: Checklist): Fault[] {
  if (body.kind === 'self') return [];
  return body.answers.flatMap((answer) => {
    const item = checklist.items.find(({ key }) => key === answer.item);
    return answer.outcome === 'fail' && answer.fix && item ? [{ item, answer, fix: answer.fix.kind }] : [];
  });
}

/** `orders` as soon as a fault stays open, be it under an order or with a reason why there is none. */
export function resultOf(body: VisitBody): VisitResult {
  if (body.noEntry) return 'no-entry';
  const failed = body.answers.filter(({ outcome }) => outcome === 'fail');
  if (failed.length === 0) return 'passed';
  return failed.every(({ fix }) => fix?.kind === 'on-site') ? 'fixed' : 'orders';
}

/** Every photo the visit names, once, in order: the list of photos first, then what only an answer names. */
export function photosOf(
  body: VisitBody,
): { sha256: string; takenAt: Date | null; source: 'camera' | 'gallery' | null }[] {
  const listed = (body.photos ?? []).map(({ sha256, takenAt, source }) => ({
    sha256,
    takenAt: takenAt ? new Date(takenAt) : null,
    source,
  }));
  const named = body.answers.flatMap(({ photos, fix }) => [...(photos ?? []), ...(fix?.photos ?? [])]);
  const all = [...listed, ...named.map((sha256) => ({ sha256, takenAt: null, source: null }))];
  return all.filter(({ sha256 }, index) => all.findIndex((other) => other.sha256 === sha256) === index);
}

export function distanceTo(body: VisitBody, point: [number, number] | null): number | null {
  return body.location && point
    ? Math.round(distanceMeters([body.location.lng, body.location.lat], point))
    : null;
}

/** Oddities that a reviewer settles; nothing is refused or corrected because of them. */
export function flagsOf(
  body: VisitBody,
  facts: { distance: number | null; receivedAt: Date; scopeChanged: boolean },
  { farMeters, clockSkewMinutes }: Pick<Settings, 'farMeters' | 'clockSkewMinutes'>,
): VisitFlag[] {
  const flags: VisitFlag[] = [];
  const blur = body.location?.accuracy ?? 0;
  if (facts.distance !== null && facts.distance - blur > farMeters) flags.push('far-from-merchant');
  const ahead = new Date(body.sealedAt).getTime() - facts.receivedAt.getTime();
  if (ahead > clockSkewMinutes * 60_000 || new Date(body.arrivedAt) > new Date(body.sealedAt))
    flags.push('clock-skew');
  if (body.photos?.some(({ source }) => source === 'gallery')) flags.push('gallery-photo');
  if (facts.scopeChanged) flags.push('scope-changed');
  return flags;
}
