// How the queue speaks to the server. What comes back is believed only if it is what the server answers, not just a success.
import { type Answer, isRecord } from '../../../shared/server/answers.ts';
import type { Api, Reply } from '../../../shared/server/api.ts';
import type { Receipt } from '../contract.ts';
import type { Transport } from './queue.ts';
import type { OutboxRecord } from './record.ts';

type Parts = { api: Api; device: string; bytesOf: (sha256: string) => Promise<ArrayBuffer | undefined> };

export function createTransport({ api, device, bytesOf }: Parts): Transport {
  return {
    async submit(record) {
      const { path, json, receiptOf } = requestOf(record);
      const answer = await api.ask(path, { method: 'POST', json, headers: { 'X-Device': device } });
      return understood(answer, receiptOf);
    },
    async sendPhoto(sha256) {
      const bytes = await bytesOf(sha256);
      if (!bytes) return { kind: 'refused', status: 410, problem: gone };
      const form = () => {
        const parts = new FormData();
        parts.append('photo', new Blob([bytes], { type: 'image/jpeg' }), `${sha256}.jpg`);
        return parts;
      };
      const answer = await api.ask('/photos', { method: 'POST', form, seconds: 180 });
      return understood(answer, (body) => (isAcknowledged(body, sha256) ? null : undefined));
    },
  };
}

/** The phone's own: the server never answers this code. */
const gone = {
  code: 'photo-gone',
  title: '照片已不在本机 / The photo is not on this phone any more',
};

function requestOf({ id, body, amendment }: OutboxRecord) {
  return amendment
    ? {
        path: `/visits/${id}/amendments`,
        json: amendment,
        receiptOf: (answer: unknown) => ofVisit(answer, id),
      }
    : { path: '/visits', json: body, receiptOf: (answer: unknown) => ofReceipt(answer, id) };
}

/** A success with anything else in it comes from something in between, and proves nothing: as if there had been no answer. */
function understood<T>(answer: Answer<Reply>, read: (body: unknown) => T | undefined): Answer<T> {
  if (answer.kind !== 'ok') return answer;
  const body = read(answer.body.body);
  if (body === undefined) return { kind: 'away', retryAfter: null, isThrottled: false };
  return { kind: 'ok', body };
}

const isAcknowledged = (body: unknown, sha256: string) =>
  Array.isArray(body) && body.some((photo) => isRecord(photo) && photo.sha256 === sha256);

function ofReceipt(body: unknown, id: string): Receipt | undefined {
  const isReceipt =
    isRecord(body) && body.id === id && isState(body.state) && Array.isArray(body.missingPhotos);
  return isReceipt ? (body as Receipt) : undefined;
}

const isState = (state: unknown) =>
  state === 'received' || state === 'complete' || state === 'complete-without';

type WholeVisit = Omit<Receipt, 'missingPhotos'> & { photos: { sha256: string; present: boolean }[] };

/** An amendment is answered with the whole visit. */
function ofVisit(body: unknown, id: string): Receipt | undefined {
  const isVisit = isRecord(body) && body.id === id && isState(body.state) && Array.isArray(body.photos);
  if (!isVisit) return undefined;
  const { state, result, flags, orders, receivedAt, photos } = body as WholeVisit;
  const missingPhotos = photos.filter(({ present }) => !present).map(({ sha256 }) => sha256);
  return { id, state, result, missingPhotos, flags, orders, receivedAt };
}
