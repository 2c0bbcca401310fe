// What a merchant's ledger entries say: entries are layers, and status and facts at an instant are the topmost live layer's.
import type { Status } from '../../models/merchant.ts';
import type { Successor } from '../../models/words.ts';

/** The part of a ledger entry that decides status and facts. */
export type Layer = {
  n: number;
  to: Status | null;
  facts: number | null;
  effectiveFrom: Date;
  effectiveTo: Date | null;
  cancels: number[];
  height: number;
  successor?: Successor;
};

/**
 * A stretch of time in which the same layers show. `since` is when this status began without a break; a break that was undone
 * by then is none.
 */
export type Stretch = {
  from: Date;
  to: Date | null;
  status: Status;
  since: Date;
  entry: number;
  facts: number;
  /** As the entry says that gives the status; absent where it says none. */
  successor?: Successor;
};

/**
 * The layers that are live at `at`: begun, not ended, and not cancelled by a layer that is live itself. A layer cancels only
 * earlier ones, so going from the last to the first settles each before it is asked for.
 */
export function liveLayers<L extends Layer>(layers: readonly L[], at: Date): L[] {
  const cancelled = new Set<number>();
  return layers
    .toSorted((a, b) => b.n - a.n)
    .filter((layer) => {
      const live =
        layer.effectiveFrom <= at &&
        (layer.effectiveTo === null || at < layer.effectiveTo) &&
        !cancelled.has(layer.n);
      if (live) layer.cancels.forEach((n) => cancelled.add(n));
      return live;
    });
}

/** The layers that are not undone at `at`: as if what is undone by then had never been. */
function standingLayers<L extends Layer>(layers: readonly L[], at: Date): readonly L[] {
  const undone = new Set(liveLayers(layers, at).flatMap(({ cancels }) => cancels));
  return undone.size === 0 ? layers : layers.filter(({ n }) => !undone.has(n));
}

/** Of two layers the one begun later lies on top; begun at once, the one from the higher block. */
function topmost<L extends Layer>(layers: L[]): L | null {
  const above = (a: L, b: L) => b.effectiveFrom.getTime() - a.effectiveFrom.getTime() || b.height - a.height;
  return layers.toSorted(above)[0] ?? null;
}

/** What shows at an instant: the status, the entry that gives it and who follows by it, and the version of facts. */
type Shown = Pick<Stretch, 'status' | 'entry' | 'facts' | 'successor'>;

/** Status, its layer and the version of facts at an instant; null before the merchant's first entry. */
export function statusAt(layers: readonly Layer[], at: Date): Shown | null {
  const live = liveLayers(layers, at);
  const status = topmost(live.filter((layer) => layer.to !== null));
  const facts = topmost(live.filter((layer) => layer.facts !== null));
  if (!status?.to || facts?.facts == null) return null;
  const { to, n, successor } = status;
  return { status: to, entry: n, facts: facts.facts, ...(successor && { successor }) };
}

/** The whole history and plan in stretches, in order and without overlap. */
export function stretchesOf(layers: readonly Layer[]): Stretch[] {
  const instants = layers.flatMap(({ effectiveFrom, effectiveTo }) => [
    effectiveFrom,
    ...(effectiveTo ? [effectiveTo] : []),
  ]);
  const boundaries = [...new Set(instants.map((at) => at.getTime()))].sort((a, b) => a - b);
  const isEverUndone = layers.some(({ cancels }) => cancels.length > 0);
  const stretches: Stretch[] = [];
  for (const boundary of boundaries) {
    const from = new Date(boundary);
    const told = statusAt(layers, from);
    const last = stretches.at(-1);
    // The stretch that runs on to here; null after a time without any status.
    const before = last?.to === null ? last : null;
    const unbroken = before?.status === told?.status ? before?.since : undefined;
    const shown = told && {
      ...told,
      since: isEverUndone ? sinceOf(layers, told.status, from, boundaries) : (unbroken ?? from),
    };
    if (before && shown && isSame(before, shown)) continue;
    if (before) before.to = from;
    if (shown) stretches.push({ from, to: null, ...shown });
  }
  return stretches;
}

/** Since when a status shows without a break, looking back from `at`, when it does. */
function sinceOf(layers: readonly Layer[], status: Status, at: Date, boundaries: readonly number[]): Date {
  const standing = standingLayers(layers, at);
  const earlier = boundaries.filter((boundary) => boundary < at.getTime()).reverse();
  const differs = earlier.findIndex((boundary) => statusAt(standing, new Date(boundary))?.status !== status);
  const same = differs === -1 ? earlier : earlier.slice(0, differs);
  return new Date(same.at(-1) ?? at);
}

/**
 * The stretch that shows now. The first one also shows a moment before it begins: another server's clock, a little ahead of
 * ours, has begun it already.
 */
export function presentStretch<S extends { from: Date; to: Date | null }>(
  stretches: readonly S[],
  now: Date,
): S | null {
  const [first] = stretches;
  return first && now < first.from ? first : stretchAt(stretches, now);
}

type Told = Shown & Pick<Stretch, 'since'>;

function isSame(a: Told, b: Told): boolean {
  const isAlike = a.status === b.status && a.entry === b.entry && a.facts === b.facts;
  return isAlike && a.since.getTime() === b.since.getTime();
}

/** The stretch that holds an instant. */
export function stretchAt<S extends { from: Date; to: Date | null }>(
  stretches: readonly S[],
  at: Date,
): S | null {
  return stretches.find(({ from, to }) => from <= at && (to === null || at < to)) ?? null;
}
