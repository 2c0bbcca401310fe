// The outline of a zone as somebody pastes it, and the part of the ground around it. Pure.
import type { BodyOf } from '../../shared/server/types.ts';
import { type Box, boxAround } from '../overview/map.ts';

export type Outline = BodyOf<'putZonesId'>['outline'];
type Position = [lng: number, lat: number];

/**
 * GeoJSON (a Polygon, or a Feature or a collection of one), bare coordinates, or lines of `lng, lat`. A ring that is left open is
 * closed. Null where it is none of these; whether the ring is sound the server judges.
 */
export function outlineIn(text: string): Outline | null {
  const ring =
    text.trimStart().startsWith('{') || text.trimStart().startsWith('[')
      ? ringOfJson(text)
      : ringOfLines(text);
  const [first] = ring ?? [];
  if (!ring || !first || ring.length < 3) return null;
  const last = ring[ring.length - 1];
  const isClosed = last?.[0] === first[0] && last[1] === first[1];
  return { type: 'Polygon', coordinates: [isClosed ? ring : [...ring, first]] };
}

function ringOfJson(text: string): Position[] | null {
  try {
    return ringIn(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Down to the one ring, through whatever is wrapped around it. */
function ringIn(given: unknown): Position[] | null {
  if (Array.isArray(given)) {
    const list = given as unknown[];
    if (list.length > 0 && list.every(isPosition)) return list.map(([lng, lat]) => [lng, lat]);
    return list.length === 1 ? ringIn(list[0]) : null;
  }
  if (typeof given !== 'object' || given === null) return null;
  const { coordinates, geometry, features } = given as Record<string, unknown>;
  return ringIn(coordinates ?? geometry ?? features);
}

const isPosition = (given: unknown): given is Position =>
  Array.isArray(given) && given.length >= 2 && given.slice(0, 2).every((one) => typeof one === 'number');

function ringOfLines(text: string): Position[] | null {
  const lines = text.split(/\n|;|；/).filter((line) => line.trim() !== '');
  const numbers = lines.map((line) =>
    line
      .trim()
      .split(/[\s,，]+/)
      .map(Number),
  );
  return numbers.every((pair): pair is Position => pair.length === 2 && pair.every(Number.isFinite))
    ? numbers
    : null;
}

/** As it is edited: a position a line. */
export const linesOf = ({ coordinates: [ring = []] }: Outline): string =>
  ring.map((position) => position.join(', ')).join('\n');

/** With some of the ground on each side. */
export function boxOf({ coordinates: [ring = []] }: Outline): Box | null {
  const box = boxAround(ring);
  if (!box) return null;
  const [x, y] = [(box.east - box.west) / 12, (box.north - box.south) / 12];
  return { west: box.west - x, south: box.south - y, east: box.east + x, north: box.north + y };
}
