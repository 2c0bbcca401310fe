// Checklists (检查表): versions that never change; a visit keeps the version it was begun with.
import { defineModel, fixed, part } from './model.ts';
import { type Severity, severities } from './order.ts';
import { type Words, words } from './words.ts';

export const itemKinds = ['outcome', 'number', 'choice'] as const;
export const photoRules = ['never', 'on-failure', 'always'] as const;
export type ChecklistItem = {
  key: string;
  text: Words;
  guidance: Words | null;
  kind: (typeof itemKinds)[number];
  severity: Severity;
  photo: (typeof photoRules)[number];
};
export type Checklist = {
  _id: string;
  key: string;
  version: number;
  title: Words;
  items: ChecklistItem[];
  createdAt: Date;
};

export const ChecklistModel = defineModel<Checklist>(
  'checklists',
  {
    key: fixed(String),
    version: fixed(Number),
    title: { type: words, required: true, immutable: true },
    items: {
      type: [
        part({
          key: { type: String, required: true },
          text: { type: words, required: true },
          guidance: { type: words, default: null },
          kind: { type: String, enum: itemKinds, required: true },
          severity: { type: String, enum: severities, required: true },
          photo: { type: String, enum: photoRules, required: true },
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
      serves: 'a version of a checklist; none is written twice',
    },
  ],
);
