// How a PUT of reference data is answered.
import type { Put } from '../server/domain/reference-record.ts';
import { Reply } from '../server/http/define-route.ts';

/** 201 for a record that is new, 200 for one that was on file, changed or not. */
export const written = <T>({ record, outcome }: Put<T>, present: (record: T) => unknown) =>
  new Reply({ status: outcome === 'added' ? 201 : 200, body: present(record) });
