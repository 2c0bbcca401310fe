// A month of history in the order in which it happened: each deed is done with the clock held at its own instant.

type Deed = { at: Date; act: () => Promise<void> };

export class Story {
  readonly now: Date;
  /** Where the held clock stands. */
  at: Date;
  private readonly deeds: Deed[] = [];

  constructor(now: Date) {
    this.now = now;
    this.at = now;
  }

  /** The local time of day (Asia/Shanghai) some days before `now`. */
  daysBefore(days: number, minuteOfDay: number): Date {
    const shanghai = 8 * 3_600_000;
    const day = 86_400_000;
    const today = Math.floor((this.now.getTime() + shanghai) / day) * day - shanghai;
    return new Date(today - days * day + minuteOfDay * 60_000);
  }

  /** Plans a deed. What lies after `now` has not happened and is left out. */
  plan(at: Date, act: () => Promise<void>): void {
    if (at > this.now) return;
    // The next deed stands at the end. Of deeds at one instant the one planned first comes first.
    let place = this.deeds.length;
    while (place > 0 && (this.deeds[place - 1]?.at ?? at) <= at) place -= 1;
    this.deeds.splice(place, 0, { at, act });
  }

  /** Does all deeds up to `now`; they may plan more. */
  async tellUntilNow(): Promise<void> {
    for (let deed = this.deeds.pop(); deed; deed = this.deeds.pop()) {
      this.at = deed.at;
      await deed.act();
    }
    this.at = this.now;
  }
}
