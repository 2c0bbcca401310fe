// Places around a shop as points on a plan: metres east and north of it. Pure.

export type Place = { lng: number; lat: number };
const metersPerDegree = 111_320;

/** Flat enough within a few hundred metres. */
export function metersFrom(
  centre: Place,
  { lng, lat }: Place,
): { east: number; north: number; meters: number } {
  const east = (lng - centre.lng) * metersPerDegree * Math.cos((centre.lat * Math.PI) / 180);
  const north = (lat - centre.lat) * metersPerDegree;
  return { east, north, meters: Math.hypot(east, north) };
}

export const placeOf = (point: { coordinates: number[] } | null | undefined): Place | null => {
  const [lng, lat] = point?.coordinates ?? [];
  return lng === undefined || lat === undefined ? null : { lng, lat };
};
