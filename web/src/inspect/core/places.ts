// Where shops are: distances as the crow flies, and the street of an address. Pure.

export type Point = readonly [lng: number, lat: number];

const metresPerDegree = 111_195;

/** As the crow flies; exact enough within a city. */
export function metresBetween([lng, lat]: Point, [otherLng, otherLat]: Point): number {
  const east = (lng - otherLng) * Math.cos(((lat + otherLat) / 2) * (Math.PI / 180));
  return Math.hypot(east, lat - otherLat) * metresPerDegree;
}

/** 靖宇街 of `靖宇街 218号`; the address itself where no number ends it. */
export function streetOf(address: string): string {
  return address.replace(/\s*\d+\s*(?:-\d+\s*)?号.*$/u, '').trim() || address;
}
