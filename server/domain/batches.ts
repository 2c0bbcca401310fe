// Documents of a query in batches: none but the batch at hand is held.

/** What the cursor holds open is closed with it, be it read to its end or not. */
export async function* inBatches<T>(
  cursor: AsyncIterable<T> & { close(): Promise<unknown> },
  size: number,
): AsyncGenerator<T[]> {
  let batch: T[] = [];
  try {
    for await (const one of cursor) {
      batch.push(one);
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  } finally {
    await cursor.close();
  }
}
