// A draft is tried while it is written, and kept or submitted when it is done: the same on every page that drafts.
import { useQuery } from '@tanstack/vue-query';
import type { Ref } from 'vue';
import { useRouter } from 'vue-router';
import { announce } from '../../shared/announce.ts';
import type { AnswerOf, BodyOf } from '../../shared/server/types.ts';
import { adjustmentPath } from '../paths.ts';
import { refresh } from '../queries.ts';
import { send } from '../server.ts';
import { deedOf } from './adjustment.ts';
import type { DryRunBody } from './drafting.ts';
import { words } from './words.ts';

/** What `asked` would change; nothing is tried while it is null. */
export function useTrial(asked: Ref<DryRunBody | null>) {
  return useQuery({
    queryKey: ['dry-run', asked] as const,
    // Not by what is asked for now: an answer that comes at the second try is that of what was tried then.
    queryFn: ({ queryKey: [, body] }) =>
      send<AnswerOf<'postAdjustmentsDryRun'>>('/adjustments/dry-run', body),
    enabled: () => asked.value !== null,
    staleTime: 30_000,
  });
}

/** Keeps a draft, submits it where that is asked for, and opens its page. Throws where it could not be kept. */
export function useKeeping() {
  const router = useRouter();
  /** The key of what is being sent: the same draft sent twice, because an answer was lost, is one. */
  let sent = { text: '', key: '' };
  function keyOf(body: object): string {
    const text = JSON.stringify(body);
    if (sent.text !== text)
      sent = {
        text,
        key: [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16)).join(''),
      };
    return sent.key;
  }
  return async (body: BodyOf<'postAdjustments'>, how: 'save' | 'submit'): Promise<void> => {
    const { id } = await send<AnswerOf<'postAdjustments'>>('/adjustments', body, {
      headers: { 'Idempotency-Key': keyOf(body) },
    });
    if (how === 'save') announce(words.value.said.drafted);
    else await submit(id);
    void refresh();
    await router.replace(adjustmentPath(id));
  };
}

/** A draft that could not be submitted is kept: its page says how to go on. */
async function submit(id: string): Promise<void> {
  const { enacted, submitted, draftKept } = words.value.said;
  try {
    const { state, kind, to, dryRun } = await send<AnswerOf<'postAdjustmentsIdSubmit'>>(
      `/adjustments/${id}/submit`,
    );
    announce(state === 'enacted' ? enacted(deedOf({ kind, to }, dryRun.count)) : submitted);
  } catch (error) {
    announce(draftKept((error as Error).message));
  }
}
