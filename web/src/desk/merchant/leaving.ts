// A shop that leaves in favour of another, as its page drafts it: why, and what the dry run says of it.
import { computed, nextTick, reactive, ref } from 'vue';
import type { BodyOf } from '../../shared/server/types.ts';
import { useKeeping, useTrial } from '../adjustments/keeping.ts';

type Body = BodyOf<'postAdjustments'>;
/** Who follows. */
type Follower = Pick<Body, 'mergeInto' | 'handTo'>;

/** `mergeInto` is tried as soon as it is chosen; a new tenant is judged when it is written down. */
export function useLeaving(merchant: () => string, mergeInto: () => string | undefined = () => undefined) {
  const why = reactive({ reason: '', notice: '' });
  const isMissing = ref(false);
  const keep = useKeeping();
  const leaving = () => ({ to: 'deregistered' as const, merchants: [merchant()] });
  const trial = useTrial(
    computed(() => {
      const kept = mergeInto();
      return { ...leaving(), ...(kept !== undefined && { mergeInto: kept }) };
    }),
  );
  /** Submits it for approval; without a reason it says so, and nothing is sent. */
  async function submit(follower: Follower): Promise<void> {
    isMissing.value = why.reason.trim() === '';
    if (isMissing.value) {
      await nextTick();
      document.querySelector<HTMLElement>('#page [name=reason]')?.focus();
      return;
    }
    const reason = why.reason.trim();
    await keep({ ...leaving(), ...follower, reason, notice: why.notice.trim() || null }, 'submit');
  }
  return { why, isMissing, trial, submit };
}
