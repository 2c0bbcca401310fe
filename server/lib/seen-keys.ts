// Which of very many keys came before, and with what number: sixteen bytes a slot, where a map of texts takes ten times as much.
import { createHash } from 'node:crypto';

/** Three words tell keys apart, the fourth is the number. */
const wordsOfSlot = 4;
const slotsAtFirst = 1_024;
/** Beyond that share of taken slots looking for a free one takes long. */
const fullest = 0.6;

/** 96 bits of SHA-256 stand for a key: of a billion lists of a million keys not one would hold two that are taken for the same. */
export class SeenKeys {
  private slots = new Uint32Array(slotsAtFirst * wordsOfSlot);
  private count = 0;

  /** The number of the first of equal keys; null for one that did not come yet. */
  get(key: string): number | null {
    const found = this.slots[this.placeOf(wordsOf(key)) + 3];
    return found === undefined || found === 0 ? null : found;
  }

  has(key: string): boolean {
    return this.get(key) !== null;
  }

  /** `number` is from 1 on. What came before stays as it is. */
  add(key: string, number = 1): void {
    if (this.count >= (this.slots.length / wordsOfSlot) * fullest) this.grow();
    this.put(wordsOf(key), number);
  }

  private put(words: Uint32Array, number: number): void {
    const place = this.placeOf(words);
    if (this.slots[place + 3] !== 0) return;
    this.slots.set(words, place);
    this.slots[place + 3] = number;
    this.count += 1;
  }

  /** Of the slot that holds the key, or of the free one where it belongs. */
  private placeOf([first = 0, second, third]: Uint32Array): number {
    const { slots } = this;
    let place = (first * wordsOfSlot) % slots.length;
    while (
      slots[place + 3] !== 0 &&
      !(slots[place] === first && slots[place + 1] === second && slots[place + 2] === third)
    )
      place = (place + wordsOfSlot) % slots.length;
    return place;
  }

  private grow(): void {
    const before = this.slots;
    this.slots = new Uint32Array(before.length * 2);
    this.count = 0;
    for (let place = 0; place < before.length; place += wordsOfSlot) {
      const number = before[place + 3] ?? 0;
      if (number > 0) this.put(before.subarray(place, place + 3), number);
    }
  }
}

function wordsOf(key: string): Uint32Array {
  const digest = createHash('sha256').update(key).digest();
  return Uint32Array.of(digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8));
}
