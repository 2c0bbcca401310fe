// The address of the rows behind a figure: the list, with the very query that the figure was counted by.

/** A figure, and the list whose total is the same number (exact up to 10,000 there). */
export type Figure = { count: number; rows: string };

type Value = string | number | boolean | Date | undefined;
export type RowsQuery = Record<string, Value | readonly Value[]>;

/** Fields that are undefined are left out; several values of one repeat its name. */
export function addressOf(path: string, query: RowsQuery): string {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    [value].flat().flatMap((one): [string, string][] => (one === undefined ? [] : [[key, textOf(one)]])),
  );
  return `${path}?${new URLSearchParams(pairs).toString()}`;
}

function textOf(value: Exclude<Value, undefined>): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
