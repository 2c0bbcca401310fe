// The ledger: entries and differences for the desk; signed headers, proofs and keys for everybody.
import type { LedgerBlock, LedgerEntry } from '../models/ledger.ts';
import { statuses } from '../models/merchant.ts';
import { successions } from '../models/words.ts';
import { environment } from '../server/domain/environment.ts';
import { headOf } from '../server/domain/heads.ts';
import { entriesByDay } from '../server/domain/ledger-days.ts';
import { ledgerDifference, listBlocks, listEntries, listHeads, proofOf } from '../server/domain/ledger.ts';
import { spanOf } from '../server/domain/spans.ts';
import { clock } from '../server/lib/clock.ts';
import { defineRoute } from '../server/http/define-route.ts';
import {
  AreaCode,
  closed,
  Instant,
  InstantText,
  IsoDay,
  nullable,
  oneOf,
  pageOf,
  pageQuery,
  text,
  Type,
  Uuid,
} from '../server/http/schema.ts';

const entryShape = closed({
  district: Type.String(),
  height: Type.Integer(),
  index: Type.Integer(),
  merchant: Type.String(),
  n: Type.Integer(),
  to: nullable(oneOf(statuses)),
  effectiveFrom: Instant,
  effectiveTo: nullable(Instant),
  cancels: Type.Array(Type.Integer()),
  facts: nullable(Type.Integer()),
  factsHash: nullable(Type.String()),
  /** Who follows the shop while this entry says its status. */
  successor: nullable(closed({ kind: oneOf(successions), merchant: Type.String() })),
  adjustment: Type.String(),
});

function presentEntry({
  district,
  height,
  index,
  merchant,
  n,
  to,
  effectiveFrom,
  effectiveTo,
  cancels,
  facts,
  factsHash,
  successor,
  adjustment,
}: LedgerEntry) {
  return {
    district,
    height,
    index,
    merchant,
    n,
    to,
    effectiveFrom,
    effectiveTo,
    cancels,
    facts,
    factsHash,
    successor: successor ?? null,
    adjustment,
  };
}

const headShape = closed({
  district: Type.String(),
  height: Type.Integer(),
  adjustment: Type.String(),
  setHash: Type.String(),
  count: Type.Integer(),
  root: Type.String(),
  at: Type.String(),
  prev: Type.String(),
  hash: Type.String(),
  keyId: Type.String(),
  signature: Type.String(),
});
const presentBlock = (block: LedgerBlock) => headOf(block);

export const ledgerRoutes = [
  defineRoute({
    method: 'get',
    path: '/ledger',
    summary: 'Entries of a merchant or an adjustment',
    permission: 'ledger.read',
    query: closed({ ...pageQuery, merchant: Type.Optional(Uuid), adjustment: Type.Optional(Uuid) }),
    answers: { 200: pageOf(entryShape) },
    problems: ['invalid-cursor'],
    handle: async ({ actor, query }) => {
      const page = await listEntries(actor, query);
      return { ...page, items: page.items.map(presentEntry) };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/ledger/diff',
    summary: 'Whose status differs between two instants',
    permission: 'ledger.read',
    query: closed({
      from: InstantText,
      to: InstantText,
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 5_000 })),
    }),
    answers: {
      200: closed({
        items: Type.Array(
          closed({
            merchant: Type.String(),
            name: Type.String(),
            doorCode: Type.String(),
            from: nullable(oneOf(statuses)),
            to: nullable(oneOf(statuses)),
          }),
        ),
        total: Type.Integer(),
        moves: Type.Array(
          closed({
            from: nullable(oneOf(statuses)),
            to: nullable(oneOf(statuses)),
            count: Type.Integer(),
          }),
        ),
      }),
    },
    handle: ({ actor, query }) =>
      ledgerDifference(actor, new Date(query.from), new Date(query.to), query.limit ?? 1_000),
  }),
  defineRoute({
    method: 'get',
    path: '/ledger/days',
    summary: 'How many entries take effect on each day in Shanghai',
    description: 'Of merchants within my scope, at most 366 days; a day without any is left out.',
    permission: 'ledger.read',
    query: closed({ from: InstantText, to: InstantText }),
    answers: {
      200: closed({ items: Type.Array(closed({ day: IsoDay, entries: Type.Integer() })) }),
    },
    handle: async ({ actor, query }) => {
      const span = spanOf({ from: new Date(query.from), to: new Date(query.to) }, clock.now());
      return { items: await entriesByDay(actor, span) };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/ledger/blocks',
    summary: 'Signed headers of a district in order',
    permission: 'public',
    query: closed({
      district: AreaCode,
      from: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_000_000_000 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
    }),
    answers: { 200: closed({ items: Type.Array(headShape) }) },
    handle: async ({ query }) => ({ items: (await listBlocks(query)).map(presentBlock) }),
  }),
  defineRoute({
    method: 'get',
    path: '/ledger/heads',
    summary: 'The last signed header of every district',
    permission: 'public',
    answers: { 200: closed({ items: Type.Array(headShape) }) },
    handle: async () => ({ items: (await listHeads()).map(presentBlock) }),
  }),
  defineRoute({
    method: 'get',
    path: '/ledger/proof/{code}',
    summary: 'Every entry of one shop with its Merkle path and signed header',
    permission: 'public',
    params: closed({ code: text(64, { minLength: 1 }) }),
    answers: {
      200: closed({
        doorCode: Type.String(),
        merchant: Type.String(),
        entries: Type.Array(
          closed({
            leaf: Type.String(),
            index: Type.Integer(),
            path: Type.Array(Type.String()),
            block: headShape,
          }),
        ),
      }),
    },
    problems: ['merchant-not-found'],
    handle: async ({ params }) => {
      const proof = await proofOf(params.code);
      return {
        ...proof,
        entries: proof.entries.map((entry) => ({ ...entry, block: presentBlock(entry.block) })),
      };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/.well-known/jwks.json',
    bare: true,
    summary: 'The public keys that headers are signed with',
    permission: 'public',
    answers: { 200: closed({ keys: Type.Array(Type.Record(Type.String(), Type.String())) }) },
    description: 'In the order in which they signed: the last one is the present key.',
    handle: () => ({ keys: environment().keys }),
  }),
];
