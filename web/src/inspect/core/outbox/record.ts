// A sealed visit as the outbox keeps it: what is sent, and how far it has come.
import type { Draft, DraftAnswer, NoEntry, OutboxItem, Outcome } from '../contract.ts';

/** The body of POST /visits. It is fixed at the seal: the server hashes the whole of it. */
export type SealedVisit = {
  id: string;
  kind: Draft['kind'];
  merchant: string;
  checklist: { key: string; version: number };
  arrivedAt: string;
  sealedAt: string;
  location?: { lng: number; lat: number; accuracy?: number };
  /** Left out where it is the sender alone. */
  inspectors?: string[];
  noEntry?: NoEntry;
  personMet?: string;
  note?: string;
  answers: SealedAnswer[];
  /** Of a joint visit, in place of answers. */
  sections?: {
    key: string;
    taskForce: string;
    inspectors: string[];
    checklist: { key: string; version: number };
    answers: SealedAnswer[];
  }[];
  photos: {
    sha256: string;
    takenAt: string | null;
    source: 'camera' | 'gallery';
    location?: { lng: number; lat: number; accuracy?: number };
  }[];
  acknowledgement?: { name?: string; refused: boolean };
};
export type SealedAnswer = {
  item: string;
  outcome: Outcome;
  value?: number | string;
  note?: string;
  photos?: string[];
  fix?: { kind: NonNullable<DraftAnswer['fix']>['kind']; photos?: string[]; at?: string; note?: string };
};

/** The body of POST /visits/{id}/amendments, fixed likewise. */
export type SealedAmendment = {
  id: string;
  version: number;
  reason: string;
  sealedAt: string;
  visit: unknown;
};

export type OutboxRecord = OutboxItem & {
  /** Whose visit it is. It is sent in that person's name or not at all. */
  user: string;
  body: SealedVisit;
  /** Sent in place of the body, once the server has said that it has another visit under this id. */
  amendment: SealedAmendment | null;
  /** Photos that the server will not take, or whose bytes are gone: not tried again. */
  refusedPhotos: string[];
};

/** What the pages see of it. */
export function itemOf(record: OutboxRecord): OutboxItem {
  const { user: _user, body: _body, amendment: _amendment, refusedPhotos: _refused, ...item } = record;
  return item;
}

/** A photo was refused: the visit is on the server, and will never be complete by this phone's doing. */
export const lacksForGood = ({ state, problem, refusedPhotos }: OutboxRecord): boolean =>
  state === 'received' && problem !== null && refusedPhotos.length > 0;
