// A month of history: each deed is done as of its own instant and with ids of its own, so that deeds of different places may
// go on side by side and the outcome is the same each time.
import { atInstant } from '../lib/clock.ts';
import { withIds } from '../lib/ids.ts';
import type { Random } from './random.ts';

/** `key` names the deed for ever: its ids follow from it. */
export type Deed = {
  key: string;
  at: Date;
  act: () => Promise<void>;
  /** Deeds about the same thing are done one after the other. */
  about?: string;
  /** Done while nothing else is: what all wait for, such as the chain of blocks. */
  alone?: boolean;
};

const sideBySide = 8;
const windowMillis = 30 * 60_000;

export class Story {
  readonly now: Date;
  private readonly random: Random;
  private readonly deeds: Deed[] = [];

  constructor(now: Date, random: Random) {
    this.now = now;
    this.random = random;
  }

  /** The local time of day (Asia/Shanghai) some days before `now`. */
  daysBefore(days: number, minuteOfDay: number): Date {
    const shanghai = 8 * 3_600_000;
    const day = 86_400_000;
    const today = Math.floor((this.now.getTime() + shanghai) / day) * day - shanghai;
    return new Date(today - days * day + minuteOfDay * 60_000);
  }

  /** Does something at an instant, with the ids that belong to its key. */
  do<T>(key: string, at: Date, act: () => Promise<T>): Promise<T> {
    const own = this.random.fork(key);
    return atInstant(at, () => withIds({ uuid: () => own.uuid(), bytes: (count) => own.bytes(count) }, act));
  }

  /** Plans a deed. What lies after `now` has not happened and is left out. */
  plan(deed: Deed): void {
    if (deed.at > this.now) return;
    // The next deed stands at the end. Of deeds at one instant the one planned first comes first.
    let place = this.deeds.length;
    while (place > 0 && (this.deeds[place - 1]?.at ?? deed.at) <= deed.at) place -= 1;
    this.deeds.splice(place, 0, deed);
  }

  /** Does all deeds up to `now`; they may plan more. */
  async tellUntilNow(): Promise<void> {
    for (let next = this.takeNext(); next.length > 0; next = this.takeNext())
      await Promise.all(next.map(({ key, at, act }) => this.do(key, at, act)));
  }

  private takeNext(): Deed[] {
    const taken: Deed[] = [];
    for (;;) {
      const deed = this.deeds.at(-1);
      const [first] = taken;
      if (!deed || (first && !mayJoin(deed, first, taken))) return taken;
      this.deeds.pop();
      taken.push(deed);
    }
  }
}

function mayJoin(deed: Deed, first: Deed, taken: Deed[]): boolean {
  if (deed.alone || first.alone || taken.length >= sideBySide) return false;
  if (deed.at.getTime() - first.at.getTime() > windowMillis) return false;
  return taken.every(({ about }) => about === undefined || about !== deed.about);
}
