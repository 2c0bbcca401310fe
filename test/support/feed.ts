// A reader of the feed as the documentation tells one to be: it keeps a copy, follows it, and begins anew where it is told to.
import { expect } from 'chai';
import type { Person } from './world.ts';

export type Shown = { id: string; name: string; subdistrict: string; taskForce: string; rev: number };
export type Change = (Shown & { gone?: never }) | { id: string; gone: true };
export type Changes = { items: Change[]; next: string; more: boolean };

export class Reader {
  copy = new Map<string, Change>();
  /** Every item of every answer, in the order in which they came. */
  readonly heard: Change[] = [];
  next: string | undefined;
  resyncs = 0;
  readonly #person: Person;
  readonly #limit: number;

  constructor(person: Person, limit = 500) {
    this.#person = person;
    this.#limit = limit;
  }

  /** Until there is nothing more at this moment. Answers what came. */
  async follow(): Promise<Change[]> {
    const before = this.heard.length;
    while (await this.#page());
    return this.heard.slice(before);
  }

  async #page(): Promise<boolean> {
    const since = this.next === undefined ? '' : `&since=${this.next}`;
    const { status, body } = await this.#person.api.get(`/merchants/changes?limit=${this.#limit}${since}`);
    if (status === 410) {
      this.copy = new Map();
      this.next = undefined;
      this.resyncs += 1;
      return true;
    }
    expect(status).to.equal(200);
    const { items, next, more } = body as Changes;
    for (const item of items) {
      if (item.gone) this.copy.delete(item.id);
      else this.copy.set(item.id, item);
    }
    this.heard.push(...items);
    this.next = next;
    return more;
  }

  /** The copy by id. */
  held(): Change[] {
    return [...this.copy.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }
}

/** The list as the person sees it, by id. */
export async function listOf({ api }: Person): Promise<Shown[]> {
  const items: Shown[] = [];
  let cursor = '';
  for (;;) {
    const { body } = await api.get(`/merchants?limit=200${cursor}`).expect(200);
    const page = body as { items: Shown[]; nextCursor: string | null };
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    cursor = `&cursor=${page.nextCursor}`;
  }
}
