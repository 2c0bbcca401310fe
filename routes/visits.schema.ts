// The sealed visit as devices send it, its receipt, and how visits are shown.
import {
  noEntryReasons,
  outcomes,
  reviewOutcomes,
  visitFlags,
  visitKinds,
  visitResults,
  visitStates,
} from '../models/visit.ts';
import {
  ByShape,
  Can,
  closed,
  Instant,
  InstantText,
  Key,
  nullable,
  oneOf,
  Sha256,
  text,
  Type,
  Uuid,
  WordsShape,
} from '../server/http/schema.ts';

const hashes = Type.Optional(Type.Array(Sha256, { maxItems: 10, uniqueItems: true }));
const note = Type.Optional(nullable(text(2_000)));

const checklist = closed({ key: Key, version: Type.Integer({ minimum: 1, maximum: 1_000_000 }) });
const answers = Type.Array(
  closed({
    item: Key,
    outcome: oneOf(outcomes),
    value: Type.Optional(nullable(Type.Union([Type.Number(), text(128)]))),
    note,
    photos: hashes,
    fix: Type.Optional(
      nullable(
        closed({
          kind: oneOf(['on-site', 'timed'] as const),
          photos: hashes,
          at: Type.Optional(InstantText),
          note,
        }),
      ),
    ),
  }),
  { maxItems: 200 },
);

export const visitBody = closed({
  id: Uuid,
  kind: oneOf(visitKinds),
  merchant: text(64, { minLength: 1, description: 'merchant id or door code' }),
  checklist,
  arrivedAt: InstantText,
  sealedAt: InstantText,
  location: Type.Optional(
    nullable(
      closed({
        lng: Type.Number({ minimum: -180, maximum: 180 }),
        lat: Type.Number({ minimum: -90, maximum: 90 }),
        accuracy: Type.Optional(Type.Number({ minimum: 0, maximum: 1_000_000 })),
      }),
    ),
  ),
  inspectors: Type.Optional(Type.Array(Uuid, { minItems: 1, maxItems: 20, uniqueItems: true })),
  noEntry: Type.Optional(nullable(oneOf(noEntryReasons))),
  personMet: Type.Optional(nullable(text(64))),
  note,
  answers,
  sections: Type.Optional(
    Type.Array(
      closed({
        key: Key,
        taskForce: Key,
        inspectors: Type.Array(Uuid, { minItems: 1, maxItems: 20, uniqueItems: true }),
        checklist: Type.Optional(checklist),
        answers,
      }),
      { maxItems: 10, description: 'of a joint visit: one for each task force, in place of answers' },
    ),
  ),
  photos: Type.Optional(
    Type.Array(
      closed({
        sha256: Sha256,
        takenAt: Type.Optional(nullable(InstantText)),
        source: oneOf(['camera', 'gallery'] as const),
      }),
      { maxItems: 50 },
    ),
  ),
  acknowledgement: Type.Optional(
    nullable(closed({ name: Type.Optional(nullable(text(64))), refused: Type.Boolean() })),
  ),
});

export const amendmentBody = closed({
  id: Uuid,
  version: Type.Integer({ minimum: 1, maximum: 1_000 }),
  reason: text(2_000, { minLength: 1 }),
  sealedAt: InstantText,
  visit: visitBody,
});

export const receiptShape = closed({
  id: Type.String(),
  state: oneOf(visitStates),
  result: oneOf(visitResults),
  missingPhotos: Type.Array(Type.String()),
  flags: Type.Array(oneOf(visitFlags)),
  orders: Type.Array(
    closed({
      id: Type.String(),
      item: Type.String(),
      state: oneOf(['open', 'closed'] as const),
      due: Type.Optional(Instant),
    }),
  ),
  receivedAt: Instant,
});

const photoShape = closed({
  sha256: Type.String(),
  present: Type.Boolean(),
  takenAt: nullable(Instant),
  source: nullable(oneOf(['camera', 'gallery'] as const)),
  lost: nullable(closed({ by: ByShape, at: Instant, reason: Type.String() })),
});

export const visitShape = closed({
  id: Type.String(),
  kind: oneOf(visitKinds),
  merchant: nullable(Type.String()),
  state: oneOf(visitStates),
  result: oneOf(visitResults),
  flags: Type.Array(oneOf(visitFlags)),
  needsReview: Type.Boolean(),
  distanceMeters: nullable(Type.Number()),
  inspectors: Type.Array(ByShape),
  arrivedAt: Instant,
  receivedAt: Instant,
  completedAt: nullable(Instant),
  photos: Type.Array(photoShape),
  orders: receiptShape.properties.orders,
  version: Type.Integer(),
  can: Can,
});

export const visitDetailShape = closed({
  ...visitShape.properties,
  flagDetails: Type.Array(
    closed({
      flag: oneOf(visitFlags),
      ...WordsShape.properties,
      fact: nullable(Type.String()),
      settled: Type.Boolean(),
    }),
  ),
  reviews: Type.Array(
    closed({
      flags: Type.Array(oneOf(visitFlags)),
      outcome: oneOf(reviewOutcomes),
      note: Type.String(),
      by: ByShape,
      at: Instant,
    }),
  ),
  matched: nullable(closed({ by: ByShape, at: Instant })),
  device: nullable(Type.String()),
  contentHash: Type.String(),
  body: visitBody,
  amendments: Type.Array(
    closed({
      id: Type.String(),
      version: Type.Integer(),
      by: ByShape,
      at: Instant,
      sealedAt: Instant,
      reason: Type.String(),
      contentHash: Type.String(),
      body: visitBody,
    }),
  ),
});
