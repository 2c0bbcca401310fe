// Checklists (检查表): versions that never change; a visit keeps the version it was begun with.
import { defineModel, fixed, part } from './model.ts';
import { type Severity, severities } from './order.ts';
import { type Words, words } from './words.ts';

export const itemKinds = ['outcome', 'number', 'choice'] as const;
export const photoRules = ['never', 'on-failure', 'always'] as const;

/** Bounds that must all hold for an item to pass, each in the item's unit. */
export type Passes = { above?: number; atLeast?: number; atMost?: number; below?: number };
/** What is measured: `min` and `max` bound what may be entered, `passes` decides the outcome. */
export type NumberRule = { unit: Words; min?: number; max?: number; passes: Passes };
export type ChoiceOption = { key: string; text: Words; fails: boolean };

export type ChecklistItem = {
  key: string;
  text: Words;
  guidance: Words | null;
  kind: (typeof itemKinds)[number];
  severity: Severity;
  photo: (typeof photoRules)[number];
  /** Of kind `number` only. Items written before there were thresholds have none: the inspector alone judges. */
  number?: NumberRule;
  /** Of kind `choice` only; missing likewise. */
  options?: ChoiceOption[];
};
export type Checklist = {
  _id: string;
  key: string;
  version: number;
  title: Words;
  /** Whom it is for; left out, it is for any. */
  categories?: string[];
  items: ChecklistItem[];
  createdAt: Date;
};

const numberRule = part({
  unit: { type: words, required: true },
  min: { type: Number },
  max: { type: Number },
  passes: {
    type: part({
      above: { type: Number },
      atLeast: { type: Number },
      atMost: { type: Number },
      below: { type: Number },
    }),
    required: true,
  },
});

const choiceOption = part({
  key: { type: String, required: true },
  text: { type: words, required: true },
  fails: { type: Boolean, required: true },
});

export const ChecklistModel = defineModel<Checklist>(
  'checklists',
  {
    key: fixed(String),
    version: fixed(Number),
    title: { type: words, required: true, immutable: true },
    categories: { type: [String], default: undefined, immutable: true },
    items: {
      type: [
        part({
          key: { type: String, required: true },
          text: { type: words, required: true },
          guidance: { type: words, default: null },
          kind: { type: String, enum: itemKinds, required: true },
          severity: { type: String, enum: severities, required: true },
          photo: { type: String, enum: photoRules, required: true },
          number: { type: numberRule },
          options: { type: [choiceOption], default: undefined },
        }),
      ],
      required: true,
      immutable: true,
    },
    createdAt: fixed(Date),
  },
  [
    {
      fields: { key: 1, version: 1 },
      unique: true,
      serves: 'a version of a checklist; none is written twice; the newest of each',
    },
  ],
);
