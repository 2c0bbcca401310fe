// Places on the ground, WGS 84: how far apart, and whether inside an outline. Positions are [longitude, latitude] in degrees.

/** The mean radius of the earth (IUGG), in metres. */
const EARTH_RADIUS = 6_371_008.8;

/** Great-circle distance in metres (haversine). The earth is no sphere: up to 0.5 % off. */
export function distanceMeters(a: [lng: number, lat: number], b: [lng: number, lat: number]): number {
  const [latA, latB] = [inRadians(a[1]), inRadians(b[1])];
  const h =
    Math.sin((latB - latA) / 2) ** 2 +
    Math.cos(latA) * Math.cos(latB) * Math.sin(inRadians(b[0] - a[0]) / 2) ** 2;
  // Rounding can carry h past 1 for opposite points, where the arc sine ends.
  return 2 * EARTH_RADIUS * Math.asin(Math.sqrt(Math.min(1, h)));
}

/**
 * Whether a point lies inside a GeoJSON MultiPolygon, given its `coordinates` (polygons of rings of positions, the first ring
 * outside, the others holes). Even and odd crossings on the plane, which is exact enough for a district; a point just on an
 * outline falls to one side or the other, and no outline here may cross the 180th meridian.
 */
export function isPointInside(
  polygonCoordinates: number[][][][],
  point: [lng: number, lat: number],
): boolean {
  return polygonCoordinates.some(
    ([outer, ...holes]) =>
      outer !== undefined && isInRing(outer, point) && !holes.some((hole) => isInRing(hole, point)),
  );
}

function isInRing(ring: number[][], [lng, lat]: [lng: number, lat: number]): boolean {
  let inside = false;
  let [fromLng = NaN, fromLat = NaN] = ring.at(-1) ?? [];
  for (const [toLng = NaN, toLat = NaN] of ring) {
    const crosses = fromLat > lat !== toLat > lat;
    if (crosses && lng < fromLng + ((toLng - fromLng) * (lat - fromLat)) / (toLat - fromLat))
      inside = !inside;
    [fromLng, fromLat] = [toLng, toLat];
  }
  return inside;
}

function inRadians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
