// What the pages of the inspector's phone may ask of its core. The core knows no screen, the pages know no storage and no network.

import type { Problem } from '../../shared/server/answers.ts';
import type { Key } from './door-mark.ts';

export type { Problem };
export type Words = { zh: string; en: string };
export type Place = { lng: number; lat: number; accuracy: number };
/** Pictures mostly do not say how exact they are. */
export type PhotoPlace = Omit<Place, 'accuracy'> & { accuracy?: number };

export type Status =
  'applying' | 'verifying' | 'listed' | 'suspended' | 'removed' | 'rejected' | 'deregistered';
export type Outcome = 'pass' | 'fail' | 'na' | 'unchecked';
export type Result = 'passed' | 'fixed' | 'orders' | 'no-entry';
export type Kind = 'routine' | 'joint' | 'self' | 'recheck' | 'complaint' | 'patrol';
export type NoEntry = 'closed' | 'refused' | 'moved';

/** The answer of GET /pack. Instants are RFC 3339 texts. */
export type Pack = {
  madeAt: string;
  /** What the server tells a difference from. Like keys, task forces and colleagues absent in a pack from before packs had it. */
  version?: string;
  areas: { code: string; name: string }[];
  categories: { key: string; name: Words; checklist: { key: string; version: number } | null }[];
  checklists: Checklist[];
  /** Markets, malls and parks in which some of the shops are. */
  sites: { id: string; name: string }[];
  /** By which papers on doors are told to be ours. */
  keys?: Key[];
  taskForces?: { key: string; name: Words }[];
  /** Inspectors of the area, oneself included, with their present scopes; without a task force it is all of them. */
  colleagues?: Colleague[];
  merchants: Shop[];
  orders: PackedOrder[];
  /** The last five of each shop, newest first. */
  visits: PackedVisit[];
};
export type Colleague = {
  id: string;
  name: string;
  scopes: { areas: string[]; taskForce: string | null }[];
};
/** An inspector in the name of one task force. */
export type Partner = { id: string; name: string; taskForce: string };
export type Shop = {
  id: string;
  code: string;
  name: string;
  address: string;
  category: string;
  subdistrict: string;
  site: string | null;
  /** [lng, lat] */
  point: [number, number] | null;
  status: Status;
  lastVisit: { at: string; result: Result } | null;
  /** What it is found by, folded, a part a line: name, pinyin, initials, street, codes. */
  text: string;
};
export type Checklist = { key: string; version: number; title: Words; items: ChecklistItem[] };
export type ChecklistItem = {
  key: string;
  text: Words;
  guidance: Words | null;
  kind: 'outcome' | 'number' | 'choice';
  severity: 'minor' | 'major' | 'critical';
  photo: 'never' | 'on-failure' | 'always';
  number?: {
    unit: Words;
    min?: number;
    max?: number;
    passes: { above?: number; atLeast?: number; atMost?: number; below?: number };
  };
  options?: { key: string; text: Words; fails: boolean }[];
};
export type PackedOrder = {
  id: string;
  merchant: string;
  item: string;
  itemText: Words;
  severity: ChecklistItem['severity'];
  state: 'open' | 'submitted';
  level: 'none' | 'yellow' | 'red';
  due: string | null;
  note: string | null;
  openedAt: string;
};
export type PackedVisit = {
  id: string;
  merchant: string;
  kind: Kind;
  result: Result;
  arrivedAt: string;
  inspectors: string[];
  /** Absent in a pack that was fetched before packs said it. */
  checklist?: { key: string; version: number };
};

export type User = { id: string; username: string; name: string; role: string };

/** A photo kept on this phone: upright, at most 1600 pixels a side and 400 KB. */
export type KeptPhoto = {
  sha256: string;
  bytes: number;
  takenAt: string | null;
  source: 'camera' | 'gallery';
  /** Where it was taken: of the camera the phone's place, of the gallery what the picture says. */
  place: PhotoPlace | null;
};

export type DraftAnswer = {
  outcome?: Outcome;
  value?: number | string;
  note?: string;
  photos: string[];
  fix: { kind: 'on-site' | 'timed'; photos: string[]; at?: string; note?: string } | null;
};
/** What one task force sees in a joint visit, with the checklist that it goes by. */
export type DraftSection = {
  taskForce: string;
  inspectors: { id: string; name: string }[];
  checklist: Checklist;
  answers: Record<string, DraftAnswer>;
};
export type Draft = {
  /** The visit's own id, a UUIDv7, from the first tap on. */
  id: string;
  shop: Pick<Shop, 'id' | 'code' | 'name'>;
  kind: Exclude<Kind, 'self'>;
  checklist: { key: string; version: number };
  arrivedAt: string;
  place: Place | null;
  noEntry: NoEntry | null;
  answers: Record<string, DraftAnswer>;
  /** Of a joint visit, in place of answers; one's own first. */
  sections?: DraftSection[];
  personMet: string;
  note: string;
  acknowledgement: { name: string; refused: boolean } | null;
  photos: KeptPhoto[];
  savedAt: string;
};
/** What a draft still lacks before it can be sealed: an item, of a joint visit in the section of a task force, and what of it. */
export type Lack = {
  item: string;
  section?: string;
  what: 'answer' | 'value' | 'photo' | 'fix' | 'photo-after' | 'note' | 'partner';
};

export type Receipt = {
  id: string;
  state: 'received' | 'complete' | 'complete-without';
  result: Result;
  missingPhotos: string[];
  flags: string[];
  orders: { id: string; item: string; state: 'open' | 'closed'; due?: string }[];
  receivedAt: string;
};
export type OutboxState = 'sealed' | 'sending' | 'received' | 'complete' | 'conflict' | 'refused';
export type OutboxItem = {
  id: string;
  shop: Draft['shop'];
  sealedAt: string;
  state: OutboxState;
  attempts: number;
  /** Photos of the visit, in order, and those that the server has said it holds. */
  photos: string[];
  sent: string[];
  receipt: Receipt | null;
  answeredAt: string | null;
  completedAt: string | null;
  problem: Problem | null;
  result: Result;
};
/** waiting: no network or the server is away; it goes on by itself. login: nothing is lost, somebody has to log in again. */
export type OutboxActivity = 'idle' | 'sending' | 'waiting' | 'login';

export type PackInfo = { fetchedAt: string; shops: number } | null;
export type LoginOutcome = 'ok' | 'wrong' | 'too-many' | 'not-inspector' | 'offline';
export type LogoutOutcome = 'ok' | 'unsent';
export type SealOutcome = { kind: 'sealed' } | { kind: 'lacking'; lacks: Lack[] } | { kind: 'full' };
export type KeepOutcome = { kind: 'kept'; photo: KeptPhoto } | { kind: 'full' } | { kind: 'unreadable' };
export type Changes = 'pack' | 'outbox' | 'drafts' | 'session';

export type Core = {
  /** Called after each change of these; answers how to stop listening. */
  onChange(listener: (what: Changes) => void): () => void;

  user(): User | null;
  /** Needs the network once; afterwards the phone works without until logged out. */
  login(username: string, password: string): Promise<LoginOutcome>;
  /** Refused while drafts or unsent visits are on the phone. */
  logout(): Promise<LogoutOutcome>;

  pack(): Pack | null;
  packInfo(): PackInfo;
  /** Fetches what has changed. `unchanged` costs nearly nothing. */
  refreshPack(): Promise<'fresh' | 'unchanged' | 'offline' | 'login'>;

  shop(id: string): Shop | undefined;
  /** By what a door QR holds (an address that ends in the code), or a typed code. */
  shopByCode(text: string): Shop | undefined;
  /** Whether what was scanned is a paper that the bureau did not issue. */
  isForged(scanned: string): Promise<boolean>;
  /** Best first, at most `limit`. Part of a name, pinyin, initials, code, street. */
  search(text: string, limit: number): Shop[];
  /** A recheck goes by the version of the visit that found the fault. */
  checklistFor(shop: Shop, kind: Draft['kind']): Checklist | undefined;
  checklist(key: string, version: number): Checklist | undefined;
  visitsOf(shop: string): PackedVisit[];
  ordersOf(shop: string): PackedOrder[];
  /** Who may make a joint visit to this shop, oneself included, each in the name of a task force. */
  partnersFor(shop: Shop): Partner[];

  /** The draft of this shop that was begun already, or a new one. */
  begin(shop: Shop, kind: Draft['kind'], place: Place | null): Promise<Draft>;
  draft(id: string): Promise<Draft | undefined>;
  drafts(): Draft[];
  saveDraft(draft: Draft): Promise<void>;
  dropDraft(id: string): Promise<void>;
  lacksOf(draft: Draft): Lack[];
  /** Fixes the whole body and puts it into the outbox, all or nothing. */
  seal(draft: Draft): Promise<SealOutcome>;

  /** Turned upright, reduced in a worker, hashed and stored. A gallery picture's time and place come from its EXIF. */
  keepPhoto(picture: Blob, from: { source: 'camera' | 'gallery'; place: Place | null }): Promise<KeepOutcome>;
  /** An object URL of a kept photo, to show it; undefined when its bytes are gone. */
  photoUrl(sha256: string): Promise<string | undefined>;

  outbox(): OutboxItem[];
  activity(): OutboxActivity;
  /** Everything of one item, or of all, as one JSON file with its photos: for the day when nothing else helps. */
  exportItem(id?: string): Promise<Blob>;
  /** Takes one item out for good: only after it was refused, is in conflict, or is complete. */
  removeItem(id: string): Promise<void>;
  /** Sends a visit in conflict as an amendment of what the server has. */
  amend(id: string, reason: string): Promise<'sent' | 'offline' | 'refused'>;
  /** Tries at once rather than at the next turn. */
  sendNow(): void;
  /** Bytes in use, and what the browser still grants; null where it does not say. */
  room(): Promise<{ used: number; left: number } | null>;

  /** Online only: acts on an order; says `offline` otherwise. */
  actOnOrder(
    id: string,
    act: 'verify' | 'return',
    body: { note?: string },
  ): Promise<'done' | 'offline' | 'login' | Problem>;
};
