// What a slip of the outbox says in its three parts, and which items differ. Pure, but for the words.
import type { IconName } from '../shared/icons.ts';
import { inLanguage } from '../shared/language.ts';
import { timeText } from '../shared/time.ts';
import type { Checklist, OutboxItem, OutboxState } from './core/contract.ts';
import { words } from './words.ts';

type Part = { name: string; text: string; look: 'ok' | 'plain' | 'quiet'; mono?: boolean };
type Tag = { icon: IconName; look?: 'ok' | 'warn' | 'bad' | 'wait'; word: string };

const icons: Record<OutboxState, IconName> = {
  sealed: 'hourglass-medium-fill',
  sending: 'arrow-up-bold',
  received: 'check-bold',
  complete: 'checks-bold',
  conflict: 'git-diff-bold',
  refused: 'warning-circle-fill',
};
const looks: Partial<Record<OutboxState, Tag['look']>> = {
  sending: 'wait',
  received: 'wait',
  complete: 'ok',
  conflict: 'warn',
  refused: 'bad',
};

export function slipTag({ state, photos, sent, completedAt }: OutboxItem): Tag {
  const { outbox } = words.value;
  const look = looks[state];
  const word =
    state === 'received' && photos.length > 0
      ? outbox.receivedPhotos(sent.length, photos.length)
      : state === 'complete' && completedAt
        ? outbox.completeAt(timeText(completedAt))
        : outbox.state[state];
  return { icon: icons[state], word, ...(look && { look }) };
}

export function slipParts(item: OutboxItem): Part[] {
  const { outbox } = words.value;
  const answers: Part = item.answeredAt
    ? { name: outbox.answers, text: timeText(item.answeredAt), look: 'ok' }
    : { name: outbox.answers, text: outbox.pending, look: 'plain' };
  return [answers, photoPart(item), item.state === 'complete' ? receiptPart(item) : orderPart(item)];
}

/** What the server noted about it: nothing is refused for that. Only what this phone can have known in time has words here. */
export function flagText({ receipt }: OutboxItem): string | null {
  const { flags, flagged } = words.value.outbox;
  const named = (receipt?.flags ?? []).flatMap((flag) => flags[flag] ?? []);
  return named.length === 0 ? null : flagged(named);
}

function photoPart({ photos, sent, state, answeredAt, receipt }: OutboxItem): Part {
  const { outbox } = words.value;
  const counted = `${sent.length} / ${photos.length}`;
  if (photos.length === 0) return { name: outbox.photos, text: outbox.noneWord, look: 'quiet' };
  if (receipt?.state === 'complete-without')
    return {
      name: outbox.photosOf(sent.length, photos.length),
      text: outbox.without(receipt.missingPhotos.length),
      look: 'plain',
    };
  if (sent.length >= photos.length) return { name: outbox.photos, text: counted, look: 'ok' };
  if (answeredAt && (state === 'sending' || state === 'received'))
    return {
      name: outbox.photosOf(sent.length, photos.length),
      text: outbox.resume(sent.length + 1),
      look: 'plain',
    };
  return { name: outbox.photos, text: counted, look: 'plain' };
}

function orderPart({ receipt, result }: OutboxItem): Part {
  const { outbox } = words.value;
  const name = outbox.orders;
  if (receipt)
    return receipt.orders.length > 0
      ? { name, text: outbox.ordersOf(receipt.orders.length), look: 'ok' }
      : { name, text: outbox.noneWord, look: 'quiet' };
  // The server makes them; until it has answered nobody knows how many.
  return result === 'orders'
    ? { name, text: outbox.pending, look: 'plain' }
    : { name, text: outbox.noneWord, look: 'quiet' };
}

/** The end of the visit's number: enough to read out on the telephone. */
function receiptPart({ id, receipt }: OutboxItem): Part {
  const code = (receipt?.id ?? id).replaceAll('-', '').slice(-6).toUpperCase();
  return {
    name: words.value.outbox.receipt,
    text: `${code.slice(0, 4)}·${code.slice(4)}`,
    look: 'plain',
    mono: true,
  };
}

/** "测温" of /answers/temperature/outcome: which items a conflict is about, each once. */
export function itemsNamed(paths: string[], checklists: Checklist[]): string[] {
  const texts = new Map(
    checklists.flatMap(({ items }) => items.map(({ key, text }) => [key, inLanguage(text)])),
  );
  const found = paths.flatMap((path) => path.split(/[/.[\]]+/).flatMap((part) => texts.get(part) ?? []));
  return [...new Set(found)];
}
