// Checklists as an admin sends them, as a file holds them, and as they are shown.
import { type Checklist, itemKinds, photoRules } from '../models/checklist.ts';
import { severities } from '../models/order.ts';
import { closed, Key, nullable, oneOf, text, Type, WordsShape } from '../server/http/schema.ts';

// Blank words pass here: the preview says in words which translation is missing.
const wordsUpTo = (maxLength: number) => closed({ zh: text(maxLength), en: text(maxLength) });
const bound = Type.Number({ minimum: -1_000_000_000, maximum: 1_000_000_000 });
const passes = closed({
  above: Type.Optional(bound),
  atLeast: Type.Optional(bound),
  atMost: Type.Optional(bound),
  below: Type.Optional(bound),
});

const checklistFields = {
  key: Key,
  title: wordsUpTo(128),
  categories: Type.Optional(
    Type.Array(Key, { maxItems: 1_000, uniqueItems: true, description: 'whom it is for; none: any' }),
  ),
  items: Type.Array(
    closed({
      key: Key,
      text: wordsUpTo(256),
      guidance: Type.Optional(nullable(wordsUpTo(2_000))),
      kind: oneOf(itemKinds),
      severity: oneOf(severities),
      photo: oneOf(photoRules),
      number: Type.Optional(
        closed({
          unit: wordsUpTo(32),
          min: Type.Optional(nullable(bound)),
          max: Type.Optional(nullable(bound)),
          passes,
        }),
      ),
      options: Type.Optional(
        Type.Array(closed({ key: Key, text: wordsUpTo(256), fails: Type.Boolean() }), {
          minItems: 2,
          maxItems: 50,
        }),
      ),
    }),
    { minItems: 1, maxItems: 200 },
  ),
};
export const checklistInFile = closed(checklistFields);
export const checklistBody = closed({
  ...checklistFields,
  version: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'the one that the preview showed' }),
  ),
});

export const checklistShape = closed({
  key: Type.String(),
  version: Type.Integer(),
  title: WordsShape,
  categories: Type.Optional(Type.Array(Type.String())),
  items: Type.Array(
    closed({
      key: Type.String(),
      text: WordsShape,
      guidance: nullable(WordsShape),
      kind: oneOf(itemKinds),
      severity: oneOf(severities),
      photo: oneOf(photoRules),
      number: Type.Optional(
        closed({
          unit: WordsShape,
          min: Type.Optional(Type.Number()),
          max: Type.Optional(Type.Number()),
          passes,
        }),
      ),
      options: Type.Optional(
        Type.Array(closed({ key: Type.String(), text: WordsShape, fails: Type.Boolean() })),
      ),
    }),
  ),
});

/** What a list does not say is left out, so that versions from before there were values read as ever. */
export const presentChecklist = ({ key, version, title, categories, items }: Checklist) => ({
  key,
  version,
  title,
  ...(categories && { categories }),
  items: items.map((item) => ({
    key: item.key,
    text: item.text,
    guidance: item.guidance,
    kind: item.kind,
    severity: item.severity,
    photo: item.photo,
    ...(item.number && { number: item.number }),
    ...(item.options && { options: item.options }),
  })),
});

const changes = Type.Array(closed({ field: Type.String(), before: Type.Unknown(), after: Type.Unknown() }));
export const previewShape = closed({
  next: checklistShape,
  present: nullable(Type.Integer()),
  problems: Type.Array(closed({ path: Type.String(), message: Type.String() })),
  difference: closed({
    fields: changes,
    added: Type.Array(Type.String()),
    removed: Type.Array(Type.String()),
    changed: Type.Array(closed({ item: Type.String(), fields: changes })),
    reordered: Type.Boolean(),
  }),
  merchants: Type.Integer(),
});
