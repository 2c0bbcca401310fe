// The few operators that our filters use, read in memory: other tests hold the same filters against a real MongoDB.
type Value = unknown;

function valueAt(record: object, path: string): Value {
  return path
    .split('.')
    .reduce<Value>((at, name) => (at as Record<string, Value> | null | undefined)?.[name], record);
}

const comparable = (value: Value): number => (value instanceof Date ? value.getTime() : Number(value));

function meets(found: Value, wanted: Value): boolean {
  const each = Array.isArray(found) ? (found as Value[]) : [found ?? null];
  if (typeof wanted !== 'object' || wanted === null) return each.includes(wanted);
  return Object.entries(wanted).every(([operator, operand]) => {
    if (operator === '$in') return each.some((one) => (operand as Value[]).includes(one));
    if (operator === '$gt') return each.some((one) => one !== null && comparable(one) > comparable(operand));
    if (operator === '$lt') return each.some((one) => one !== null && comparable(one) < comparable(operand));
    throw new Error(`no filter of ours uses ${operator}`);
  });
}

export function matches(record: object, filter: object): boolean {
  return Object.entries(filter).every(([key, wanted]) => {
    const all = wanted as object[];
    if (key === '$and') return all.every((one) => matches(record, one));
    if (key === '$or') return all.some((one) => matches(record, one));
    if (key === '$nor') return !all.some((one) => matches(record, one));
    return meets(valueAt(record, key), wanted);
  });
}
