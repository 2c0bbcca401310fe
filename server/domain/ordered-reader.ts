// Reading a whole collection once, in the order of an index, without holding it: several of them side by side are a merge.
import type { ClientSession, Model } from 'mongoose';
import type mongoose from 'mongoose';

/** A session whose reads all see the database as of one moment. */
export type Snapshot = ClientSession;

type Cursor = mongoose.mongo.FindCursor<mongoose.mongo.BSON.Document>;

const batchSize = 300;

/** Gives documents as they are stored. Those of other collections may be read in between: the next batch is fetched meanwhile. */
export class OrderedReader<T extends object> {
  private readonly cursor: Cursor;
  private batch: T[] = [];
  private place = 0;
  private ahead: Promise<T[]> | null = null;

  constructor(
    model: Model<T>,
    snapshot: Snapshot,
    order: Record<string, 1 | -1>,
    projection: Record<string, 0 | 1> = {},
  ) {
    this.cursor = model.collection
      .find({}, { session: snapshot, projection })
      .sort(order)
      .batchSize(batchSize);
  }

  /** The next document without taking it; null at the end. */
  async peek(): Promise<T | null> {
    if (this.place >= this.batch.length) {
      this.batch = await (this.ahead ?? this.fetch());
      this.place = 0;
      this.ahead = this.fetch();
      // Where reading stops early nobody waits for this one.
      this.ahead.catch(() => undefined);
    }
    return this.batch[this.place] ?? null;
  }

  async next(): Promise<T | null> {
    const found = await this.peek();
    if (found) this.place += 1;
    return found;
  }

  /** Takes documents as long as they are wanted. */
  async takeWhile(isWanted: (document: T) => boolean): Promise<T[]> {
    const taken: T[] = [];
    for (let found = await this.peek(); found && isWanted(found); found = await this.peek()) {
      taken.push(found);
      this.place += 1;
    }
    return taken;
  }

  /** Empty at the end, and ever after. */
  private async fetch(): Promise<T[]> {
    const first = await this.cursor.next();
    return first === null ? [] : ([first, ...this.cursor.readBufferedDocuments()] as T[]);
  }
}
