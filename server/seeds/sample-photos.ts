// The sample photos of the planned visits, drawn a little ahead of where the story stands.
import { drawPhoto, type PhotoSpec } from './draw-photo.ts';
import type { Story } from './story.ts';
import { photoSlotsOf } from './visit-photos.ts';
import type { VisitPlan } from './visits-plan.ts';

const ahead = 12;
const minuteMillis = 60_000;

export class SamplePhotos {
  private readonly specs = new Map<number, PhotoSpec>();
  private readonly order: number[] = [];
  private readonly drawn = new Map<number, Promise<Buffer>>();
  private begun = 0;

  constructor(story: Story, plans: VisitPlan[]) {
    plans.forEach((plan, look) => {
      const takenAt = new Date(story.daysBefore(plan.dayOffset, plan.minuteOfDay).getTime() + minuteMillis);
      for (const slot of plan.answers.flatMap(photoSlotsOf))
        for (const serial of slot.photos) {
          const caption = `NO ${String(serial + 1).padStart(4, '0')}  ${takenAt.toISOString().slice(0, 10)}`;
          this.specs.set(serial, { scene: slot.item, state: slot.state, serial, caption, look, takenAt });
          this.order.push(serial);
        }
    });
  }

  /** One picture; the next ones are begun while the caller stores this one. */
  async photo(serial: number): Promise<Buffer> {
    const wanted = this.begin(serial);
    while (this.drawn.size < ahead && this.begun < this.order.length) {
      const next = this.order[this.begun];
      this.begun += 1;
      if (next !== undefined && this.specs.has(next)) void this.begin(next);
    }
    const bytes = await wanted;
    this.drawn.delete(serial);
    this.specs.delete(serial);
    return bytes;
  }

  private begin(serial: number): Promise<Buffer> {
    const spec = this.specs.get(serial);
    if (!spec) throw new Error(`there is no photo ${serial}`);
    const begun = this.drawn.get(serial) ?? drawPhoto(spec);
    this.drawn.set(serial, begun);
    return begun;
  }
}
