// A visit being written: each change goes into the draft and from there to the phone's store at once.
import { computed, reactive, ref, toRaw, watch } from 'vue';
import { announce } from '../shared/announce.ts';
import { emptyAnswer, mainAndRest, photosInUse, unanswered, withOutcome } from './answers.ts';
import type {
  Checklist,
  ChecklistItem,
  Core,
  Draft,
  DraftAnswer,
  DraftSection,
  KeptPhoto,
  NoEntry,
  Outcome,
} from './core/contract.ts';
import { words } from './words.ts';

/** Where a photo belongs: to the item as it was found, to it once put right, or to the visit itself. */
export type Slot = { item: ChecklistItem; when: 'before' | 'after' } | null;
export type Visit = ReturnType<typeof useVisit>;

const plain = <T>(data: T): T => JSON.parse(JSON.stringify(data)) as T;
const instant = () => new Date().toISOString();

export function useVisit(core: Core, kept: Draft) {
  const draft = reactive(plain(kept));
  const shop = core.shop(draft.shop.id);
  /** The task force whose section of a joint visit is being written. */
  const present = ref(draft.sections?.[0]?.taskForce);
  const section = computed(() => draft.sections?.find(({ taskForce }) => taskForce === present.value));
  const part = computed(() => section.value ?? draft);
  const checklist = computed(
    () => section.value?.checklist ?? core.checklist(draft.checklist.key, draft.checklist.version),
  );
  const groups = computed(() => mainAndRest(checklist.value?.items ?? []));
  const main = computed(() => groups.value.main);
  const rest = computed(() => groups.value.rest);
  const state = ref<'saved' | 'saving' | 'failed'>('saved');
  let saving: Promise<void> | null = null;
  let dirty = false;
  let closed = false;

  /** One after the other, and always the newest: a slow store is not flooded by typing. */
  async function saveAll(): Promise<void> {
    state.value = 'saving';
    while (dirty) {
      dirty = false;
      try {
        await core.saveDraft(plain(draft));
      } catch {
        state.value = 'failed';
        announce(words.value.visit.saveFailed);
        return;
      }
    }
    state.value = 'saved';
  }
  async function settle(): Promise<void> {
    await (saving ??= saveAll().finally(() => {
      saving = null;
    }));
  }
  watch(
    draft,
    () => {
      if (closed) return;
      dirty = true;
      void settle();
    },
    { flush: 'sync' },
  );

  const answerOf = ({ key }: ChecklistItem): DraftAnswer => part.value.answers[key] ?? emptyAnswer();
  const change = ({ key }: ChecklistItem, next: DraftAnswer) => {
    part.value.answers[key] = next;
  };
  const lacks = computed(() => core.lacksOf(draft));
  const lacksHere = computed(() => lacks.value.filter((lack) => lack.section === section.value?.taskForce));

  function setOutcome(item: ChecklistItem, outcome: Outcome): void {
    change(item, withOutcome(answerOf(item), outcome, instant()));
  }

  /** A value with what follows from it; without a value the answer is open again. */
  function setValue(
    item: ChecklistItem,
    value: number | string | undefined,
    outcome: Outcome | undefined,
  ): void {
    const { value: _old, outcome: _before, ...others } = answerOf(item);
    const next = value === undefined ? others : { ...others, value };
    change(item, outcome === undefined ? { ...next, fix: null } : withOutcome(next, outcome, instant()));
  }

  function setFix(item: ChecklistItem, kind: 'on-site' | 'timed'): void {
    const answer = answerOf(item);
    const fix: NonNullable<DraftAnswer['fix']> = { ...(answer.fix ?? { photos: [] }), kind };
    const { at: _at, ...timed } = fix;
    change(item, { ...answer, fix: kind === 'timed' ? timed : { ...fix, at: fix.at ?? instant() } });
  }

  function setNote(item: ChecklistItem, note: string): void {
    const { note: _note, ...others } = answerOf(item);
    change(item, note === '' ? others : { ...others, note });
  }

  function addPhoto(slot: Slot, photo: KeptPhoto): void {
    if (!draft.photos.some(({ sha256 }) => sha256 === photo.sha256)) draft.photos.push(photo);
    if (!slot) return;
    const answer = answerOf(slot.item);
    const add = (photos: string[]) => [...new Set([...photos, photo.sha256])];
    if (slot.when === 'before') change(slot.item, { ...answer, photos: add(answer.photos) });
    else if (answer.fix)
      change(slot.item, {
        ...answer,
        fix: { ...answer.fix, photos: add(answer.fix.photos), at: photo.takenAt ?? instant() },
      });
  }

  function removePhoto(slot: Slot, sha256: string): void {
    const without = (photos: string[]) => photos.filter((one) => one !== sha256);
    if (slot) {
      const answer = answerOf(slot.item);
      if (slot.when === 'before') change(slot.item, { ...answer, photos: without(answer.photos) });
      else if (answer.fix)
        change(slot.item, { ...answer, fix: { ...answer.fix, photos: without(answer.fix.photos) } });
    }
    if (!photosInUse(draft).has(sha256)) draft.photos = draft.photos.filter((one) => one.sha256 !== sha256);
  }

  const left = computed(() => unanswered([...main.value, ...rest.value], part.value));
  function passRest(): void {
    const items = left.value;
    const whose = present.value;
    for (const item of items) setOutcome(item, 'pass');
    announce(words.value.visit.restPassed(items.length), () => {
      present.value = whose;
      for (const item of items) {
        const { outcome, ...others } = answerOf(item);
        if (outcome === 'pass') change(item, others);
      }
    });
  }

  function setNoEntry(why: NoEntry | null): void {
    draft.noEntry = why;
  }

  function setAcknowledgement(given: Draft['acknowledgement']): void {
    draft.acknowledgement = given;
  }

  function show(taskForce: string): void {
    present.value = taskForce;
  }

  function setSections(sections: DraftSection[]): void {
    draft.sections = plain(sections);
    if (!section.value) present.value = sections[0]?.taskForce;
  }

  /** Answers to items that the other list has, too, stay. */
  function setChecklist(next: Checklist): void {
    if (section.value) section.value.checklist = next;
  }

  /** Nothing is written any more: the visit is sealed or deleted. */
  function close(): void {
    closed = true;
  }

  return {
    ...{ draft, shop, section, checklist, main, rest, state, lacks, lacksHere, left },
    ...{
      answerOf,
      setOutcome,
      setValue,
      setFix,
      setNote,
      addPhoto,
      removePhoto,
      passRest,
      setNoEntry,
      setAcknowledgement,
    },
    ...{ show, setSections, setChecklist },
    ...{ settle, close, snapshot: () => plain(toRaw(draft)) },
  };
}
