// The server as a model: a visit once by its id and content, photos by their hash; and the network before it.
import type { Answer } from '../../web/src/shared/server/answers.ts';
import type { Receipt } from '../../web/src/inspect/core/contract.ts';
import type { Transport } from '../../web/src/inspect/core/outbox/queue.ts';
import type { OutboxRecord } from '../../web/src/inspect/core/outbox/record.ts';

/** What becomes of one request. `lost`: it arrives, its answer does not; `twice`: it arrives again after its answer. */
export type Weather = 'ok' | 'unsent' | 'lost' | 'twice' | 500 | 503 | 401;
/** What is wrong with a visit, or with one of its photos, for good. */
export type Poison = 'none' | 'malformed' | 'differs' | 'broken';

type Model = {
  weather?: Weather[];
  poison?: Map<string, Poison>;
  poisonedPhotos?: Set<string>;
  bytes?: Set<string>;
};

const refused = (status: number, code: string): Answer<never> => ({
  kind: 'refused',
  status,
  problem: { code, title: code },
});
const away: Answer<never> = { kind: 'away', retryAfter: 7, isThrottled: false };

export function aServer({ weather = [], poison = new Map(), poisonedPhotos = new Set(), bytes }: Model = {}) {
  const visits = new Map<string, { content: string; photos: string[]; timesWritten: number }>();
  const held = new Set<string>();
  /** Each request that arrived, in order. */
  const arrived: string[] = [];
  /** Photos whose acknowledgement reached the phone. */
  const acknowledged: string[] = [];
  const lostByStaff = new Set<string>();

  function receiptOf(id: string): Receipt {
    const missingPhotos = (visits.get(id)?.photos ?? []).filter((sha256) => !held.has(sha256));
    const isGivenUp = missingPhotos.every((sha256) => lostByStaff.has(sha256));
    const state = missingPhotos.length === 0 ? 'complete' : isGivenUp ? 'complete-without' : 'received';
    return { id, state, result: 'passed', missingPhotos, flags: [], orders: [], receivedAt: 'then' };
  }

  function takeVisit({ id, body, amendment, photos }: OutboxRecord): Answer<Receipt> {
    arrived.push(amendment ? `amendment ${id}` : `visit ${id}`);
    const wrong = poison.get(id) ?? 'none';
    if (wrong === 'malformed') return refused(400, 'invalid-request');
    if (wrong === 'differs' && !amendment) return refused(409, 'visit-differs');
    if (wrong === 'broken') return { kind: 'failed' };
    const content = JSON.stringify(amendment ?? body);
    const known = visits.get(id);
    if (known && known.content !== content) return refused(409, 'visit-differs');
    if (!known) visits.set(id, { content, photos, timesWritten: 1 });
    return { kind: 'ok', body: receiptOf(id) };
  }

  function takePhoto(sha256: string): Answer<null> {
    arrived.push(`photo ${sha256}`);
    if (poisonedPhotos.has(sha256)) return refused(413, 'too-large');
    held.add(sha256);
    return { kind: 'ok', body: null };
  }

  async function through<T>(request: () => Answer<T>): Promise<Answer<T>> {
    const now = weather.shift() ?? 'ok';
    await Promise.resolve();
    if (now === 401) return { kind: 'login' };
    if (now === 500) return { kind: 'failed' };
    if (now === 503 || now === 'unsent') return away;
    const answer = request();
    if (now === 'twice') request();
    return now === 'lost' ? away : answer;
  }

  const transport: Transport = {
    submit: (record) => through(() => takeVisit(record)),
    async sendPhoto(sha256) {
      if (bytes && !bytes.has(sha256)) return refused(410, 'photo-gone');
      const answer = await through(() => takePhoto(sha256));
      if (answer.kind === 'ok') acknowledged.push(sha256);
      return answer;
    },
  };
  return { transport, visits, held, arrived, acknowledged, lostByStaff };
}
