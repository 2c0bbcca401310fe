// How every collection is declared: closed shapes, lean reads, majority writes, no hooks, no virtuals.
import mongoose, { Schema } from 'mongoose';
import type { IndexDefinition, IndexOptions, Model, SchemaDefinition } from 'mongoose';

mongoose.set('strictQuery', 'throw');
mongoose.set('sanitizeFilter', false);

/** An index and the question it serves. */
export type Index = { fields: IndexDefinition; serves: string } & Pick<
  IndexOptions,
  'unique' | 'sparse' | 'partialFilterExpression' | 'expireAfterSeconds' | 'collation'
>;

/** Chinese names sort by pinyin, and a query must say the same collation as its index. */
export const chinese = { locale: 'zh', numericOrdering: true };

/** Equal to a text, in the words without which the database passes over an index of texts alone. */
export const textThatIs = (text: string) => ({ $eq: text, $type: 'string' as const });

/** Declares a collection. `_id` is always our own string unless `definition` says otherwise. */
export function defineModel<T>(
  collection: string,
  definition: SchemaDefinition,
  indexes: Index[] = [],
): Model<T> {
  const schema = new Schema(
    { _id: { type: String, required: true }, ...definition },
    {
      collection,
      strict: 'throw',
      versionKey: false,
      autoIndex: false,
      autoCreate: false,
      minimize: false,
      id: false,
    },
  );
  for (const { fields, serves: _serves, ...options } of indexes) schema.index(fields, options);
  return mongoose.model(collection, schema) as unknown as Model<T>;
}

/** A nested shape without an id of its own. */
export function part(definition: SchemaDefinition): Schema {
  return new Schema(definition, { _id: false, strict: 'throw' });
}

/** A written-once field: required, and never changed by an update. */
export const fixed = <T>(type: T) => ({ type, required: true, immutable: true }) as const;
