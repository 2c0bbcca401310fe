// A place where the ledger's history was touched, as verification names it.

export class Touched extends Error {
  readonly place: string;

  constructor(place: string, what: string) {
    super(what);
    this.place = place;
  }
}

export function ensure(holds: boolean, place: string, what: string): void {
  if (!holds) throw new Touched(place, what);
}
