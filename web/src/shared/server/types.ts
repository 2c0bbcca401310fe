// Names for what the server answers and takes: `AnswerOf<'getMerchants'>` is the body of its success. Made from the route table.
import type { operations } from './api-types.d.ts';

type Operation = keyof operations;
type Json<R> = R extends { content: { 'application/json': infer Body } } ? Body : never;
type Responses<O extends Operation> = operations[O]['responses'];

export type AnswerOf<O extends Operation> = Json<Responses<O>[keyof Responses<O> & (200 | 201 | 202)]>;
export type BodyOf<O extends Operation> = operations[O] extends {
  requestBody?: { content: { 'application/json': infer Body } };
}
  ? Body
  : never;
/** One of a list's items. */
export type ItemOf<O extends Operation> = AnswerOf<O> extends { items: (infer Item)[] } ? Item : never;
