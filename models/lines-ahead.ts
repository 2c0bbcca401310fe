// Adjustments whose lines are written before they are there: what a kill leaves of them is found by it.
import { defineModel, fixed } from './model.ts';

/** Its id is the adjustment's, and it goes with the adjustment's coming. */
export type LinesAhead = {
  _id: string;
  /** When its first lines were about to be written. */
  at: Date;
  /** The import that it is made of; null where it is another. */
  import: string | null;
  /** Its lines go, and it can no longer come to be. */
  isGivenUp: boolean;
};

export const LinesAheadModel = defineModel<LinesAhead>(
  'linesahead',
  {
    at: fixed(Date),
    import: { type: String, default: null, immutable: true },
    isGivenUp: { type: Boolean, required: true },
  },
  [{ fields: { at: 1 }, serves: 'the sweep: lines whose adjustment may never come' }],
);
