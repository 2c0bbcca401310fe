// A sweep being walked: what is offered now, and the visit of the last tap, which can be taken back for five seconds before it is sealed.
import { computed, onMounted, onUnmounted, ref, shallowRef, watch } from 'vue';
import { announce, message, silence } from '../shared/announce.ts';
import { now } from '../shared/now.ts';
import { emptyAnswer, unanswered, withOutcome } from './answers.ts';
import type { Core, Draft, DraftAnswer, NoEntry, Shop } from './core/contract.ts';
import { type Ground, sweepOf, visitedShops } from './core/sweep.ts';
import { usePlace } from './place.ts';
import { dayTest } from './today.ts';
import { useCore, useLive } from './use-core.ts';
import { words } from './words.ts';

/** Shops with a visit today. */
export function useVisited() {
  return useLive(['pack', 'outbox', 'session'], (core) => {
    const pack = core.pack();
    return pack ? visitedShops(pack, core.outbox(), dayTest(now.value)) : new Set<string>();
  });
}

/** A little longer than the way back is offered. */
const undoMillis = 5_200;
/** What is right for the shop that is offered: one tap, or the page of the visit. */
export type SweepAct = 'pass' | 'recheck' | 'resume' | 'none';
type Pending = { draft: Draft; before: Draft | null; shop: Shop };

export function useSweep(ground: Ground, openVisit: (draft: Draft) => Promise<unknown>) {
  const core = useCore();
  const place = usePlace();
  const pending = shallowRef<Pending | null>(null);
  const busy = ref(false);
  const putOff = ref(putOffBefore());
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sealing: Promise<void> | null = null;

  const pack = useLive(['pack'], (one) => one.pack());
  const visited = useVisited();
  const sweep = computed(() => {
    const own = pending.value?.shop.id;
    return sweepOf(pack.value?.merchants ?? [], ground, {
      visited: own === undefined ? visited.value : new Set([...visited.value, own]),
      putOff: putOff.value,
      here: place.value,
    });
  });

  // What is offered stays until it is dealt with: it must not change under a finger while the position moves on.
  const offered = ref(sweep.value.left[0]?.id);
  const shop = computed(() => sweep.value.left.find(({ id }) => id === offered.value) ?? sweep.value.left[0]);
  const others = computed(() => sweep.value.left.filter(({ id }) => id !== shop.value?.id));
  const draft = useLive(['drafts'], (one) => one.drafts().find((kept) => kept.shop.id === shop.value?.id));
  const act = useLive(['pack', 'drafts'], (one): SweepAct => {
    if (!shop.value) return 'none';
    if (draft.value && !isPlain(draft.value)) return 'resume';
    if (one.ordersOf(shop.value.id).length > 0 || shop.value.status === 'suspended') return 'recheck';
    return one.checklistFor(shop.value, 'routine') ? 'pass' : 'none';
  });
  function offer(id: string | undefined): void {
    offered.value = id;
  }
  const offerNext = () => {
    offer(sweep.value.left[0]?.id);
  };
  watch(
    () => place.value === null,
    () => {
      if (!busy.value && pending.value === null) offerNext();
    },
  );

  function seal(): Promise<void> {
    clearTimeout(timer);
    sealing ??= sealPending(core, pending.value).finally(() => {
      pending.value = null;
      sealing = null;
    });
    return sealing;
  }

  async function takeBack(one: Pending): Promise<void> {
    if (pending.value !== one || sealing) return;
    clearTimeout(timer);
    pending.value = null;
    offer(one.shop.id);
    try {
      if (one.before) await core.saveDraft(one.before);
      else await core.dropDraft(one.draft.id);
    } catch {
      announce(words.value.visit.saveFailed);
    }
  }

  /** Writes the whole visit down, and seals it unless it is taken back in time. What still lacks something is opened. */
  async function record(write: (draft: Draft) => Draft, said: (name: string) => string): Promise<void> {
    const stall = shop.value;
    if (!stall || busy.value) return;
    busy.value = true;
    try {
      await seal();
      const kind = act.value === 'recheck' ? 'recheck' : 'routine';
      const before = core.drafts().find((kept) => kept.shop.id === stall.id) ?? null;
      const written = write(before ?? (await core.begin(stall, kind, place.value)));
      await core.saveDraft(written);
      if (core.lacksOf(written).length > 0) {
        announce(words.value.sweep.lacking(stall.name));
        await openVisit(written);
        return;
      }
      const one = { draft: written, before, shop: stall };
      pending.value = one;
      offerNext();
      announce(said(stall.name), () => void takeBack(one));
      timer = setTimeout(() => void seal(), undoMillis);
    } catch {
      announce(words.value.visit.full);
    } finally {
      busy.value = false;
    }
  }

  /** To the page of the visit, with the kind that this shop is due for. */
  async function open(kind: Draft['kind']): Promise<void> {
    const stall = shop.value;
    if (!stall || busy.value) return;
    busy.value = true;
    try {
      await openVisit(draft.value ?? (await core.begin(stall, kind, place.value)));
    } catch {
      announce(words.value.visit.full);
    } finally {
      busy.value = false;
    }
  }

  function later(): void {
    if (!shop.value) return;
    putOff.value = [...putOff.value.filter((id) => id !== shop.value?.id), shop.value.id];
    history.replaceState({ ...history.state, putOff: [...putOff.value] }, '');
    offerNext();
  }

  // A phone that goes into the pocket may not come back to this page.
  const sealWhenHidden = () => {
    if (document.hidden) void leave();
  };
  async function leave(): Promise<void> {
    if (pending.value && message.value?.undo) silence();
    await seal();
  }
  onMounted(() => {
    document.addEventListener('visibilitychange', sealWhenHidden);
  });
  onUnmounted(() => {
    document.removeEventListener('visibilitychange', sealWhenHidden);
  });

  return {
    ...{ place, sweep, shop, others, act },
    passAll: () => record((one) => allPassed(core, one), words.value.sweep.passed),
    noEntry: (why: NoEntry) =>
      record(
        (one) => ({ ...one, noEntry: why }),
        (name) => words.value.sweep.notEntered(name, words.value.noEntry[why]),
      ),
    ...{ open, later, offer, leave },
  };
}

async function sealPending(core: Core, pending: Pending | null): Promise<void> {
  if (!pending) return;
  try {
    const outcome = await core.seal(pending.draft);
    if (outcome.kind === 'full') announce(words.value.visit.full);
  } catch {
    announce(words.value.visit.sealFailed);
  }
}

/** Nothing in it but what a tap of this page writes, such as one that was taken back. */
const isPlain = ({ answers, sections, photos, noEntry }: Draft): boolean =>
  !sections &&
  noEntry === null &&
  photos.length === 0 &&
  Object.values(answers).every(({ outcome }) => outcome === 'pass');

/** Every item that a tap can answer and nobody has answered otherwise. */
function allPassed(core: Core, draft: Draft): Draft {
  const checklist = core.checklist(draft.checklist.key, draft.checklist.version);
  const passed = unanswered(checklist?.items ?? [], draft).map(({ key }): [string, DraftAnswer] => [
    key,
    withOutcome(draft.answers[key] ?? emptyAnswer(), 'pass', new Date().toISOString()),
  ]);
  return { ...draft, noEntry: null, answers: { ...draft.answers, ...Object.fromEntries(passed) } };
}

/** Kept with the place in the history: a reload offers them last, too. */
function putOffBefore(): string[] {
  const { putOff } = (history.state ?? {}) as { putOff?: unknown };
  return Array.isArray(putOff) ? putOff.filter((id: unknown): id is string => typeof id === 'string') : [];
}
