// The one feed: marks of what has changed, one entry a merchant with its number, and how far the numbers have come.
import { defineModel, part } from './model.ts';

/** Merchants that a transaction has changed; written with the change, so that it is visible exactly when the change is. */
export type FeedMark = { _id: string; merchants: string[] };

/** What decides who follows a merchant. */
export type FeedPlace = { areas: string[]; taskForces: string[] };

export type FeedEntry = {
  _id: string;
  /** Of its last change. A higher number was visible later, or at the same moment. */
  seq: number;
  /** Where it lies, and where it ever lay: who followed it there must hear that it has left. */
  places: FeedPlace[];
};

export type FeedHead = {
  _id: 'merchants';
  /** Another one makes every cursor worthless: the feed was built anew. */
  epoch: string;
  /** Of the last change that has a number. */
  seq: number;
  /** How far merchants older than the feed are taken over, by id; null when all are. */
  adopted: string | null;
};

export const FeedMarkModel = defineModel<FeedMark>('feedmarks', {
  merchants: { type: [String], required: true },
});

export const FeedEntryModel = defineModel<FeedEntry>(
  'feedentries',
  {
    seq: { type: Number, required: true },
    places: {
      type: [
        part({
          areas: { type: [String], required: true },
          taskForces: { type: [String], required: true },
        }),
      ],
      required: true,
    },
  },
  [
    { fields: { 'places.areas': 1, seq: 1 }, serves: 'what changed in an area since a number, in order' },
    { fields: { seq: 1 }, serves: 'what changed at all since a number, in order' },
  ],
);

export const FeedHeadModel = defineModel<FeedHead>('feedheads', {
  epoch: { type: String, required: true },
  seq: { type: Number, required: true },
  adopted: { type: String, default: null },
});
