// Whether the outline of a zone is one: a closed ring that does not touch itself, no larger than a district. Pure.
import type { ProblemPart } from './problem.ts';

type Position = readonly [lng: number, lat: number];

/** In degrees, both ways: an outline beyond that is none of a zone, but a slip of the pen. */
const widest = 2;

/** What is wrong with a ring, at which of its positions (`/0`); empty where nothing is. */
export function faultsOfRing(ring: readonly Position[]): ProblemPart[] {
  const last = ring.length - 1;
  if (last < 3) return [fault('', '至少三个点，首尾相同 / needs three points, and the first one again')];
  if (!isSame(ring[0], ring[last]))
    return [fault(`/${last}`, '最后一点须与第一点相同 / the last point must be the first one')];
  const corners = ring.slice(0, last);
  const twice = corners.findIndex((corner, at) => corners.findIndex((one) => isSame(one, corner)) < at);
  if (twice >= 0) return [fault(`/${twice}`, '同一点出现两次 / this point is there twice')];
  const far = corners.findIndex((corner) => corner.some((degrees, axis) => isFar(degrees, corners[0], axis)));
  if (far >= 0)
    return [fault(`/${far}`, `离第一点超过 ${widest} 度 / further than ${widest} degrees from the first`)];
  const crossing = crossingIn(ring);
  return crossing === null
    ? []
    : [fault(`/${crossing}`, '从这一点起的边与另一边相交 / the side from here crosses another')];
}

const fault = (path: string, message: string): ProblemPart => ({ path, message });
const isSame = (a?: Position, b?: Position) => a?.[0] === b?.[0] && a?.[1] === b?.[1];
const isFar = (degrees: number, first: Position | undefined, axis: number) =>
  Math.abs(degrees - (first?.[axis] ?? degrees)) > widest;

/** Where the first side begins that meets another one elsewhere than in the corner that they share. */
function crossingIn(ring: readonly Position[]): number | null {
  const sides = ring.slice(1).map((to, at) => [ring[at] ?? to, to] as const);
  for (const [at, [from, to]] of sides.entries())
    for (let other = at + 1; other < sides.length; other += 1) {
      const [begin, end] = sides[other] ?? [from, to];
      const isNext = other === at + 1;
      const isAround = at === 0 && other === sides.length - 1;
      // Neighbours share a corner; they meet elsewhere only where one runs back over the other.
      const meets = isNext
        ? runsBack(from, to, end)
        : isAround
          ? runsBack(begin, from, to)
          : doMeet([from, to], [begin, end]);
      if (meets) return at;
    }
  return null;
}

/** Twice the area of a triangle: its sign says to which side `c` lies of the way from `a` to `b`. */
const turn = (a: Position, b: Position, c: Position): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

const runsBack = (a: Position, corner: Position, c: Position): boolean =>
  turn(a, corner, c) === 0 &&
  (a[0] - corner[0]) * (c[0] - corner[0]) + (a[1] - corner[1]) * (c[1] - corner[1]) > 0;

type Side = readonly [Position, Position];

function doMeet([a, b]: Side, [c, d]: Side): boolean {
  const [abc, abd, cda, cdb] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
  if (abc * abd < 0 && cda * cdb < 0) return true;
  return (
    (abc === 0 && isBetween(a, b, c)) ||
    (abd === 0 && isBetween(a, b, d)) ||
    (cda === 0 && isBetween(c, d, a)) ||
    (cdb === 0 && isBetween(c, d, b))
  );
}

/** Of a point in line with both. */
const isBetween = (a: Position, b: Position, c: Position): boolean =>
  Math.min(a[0], b[0]) <= c[0] &&
  c[0] <= Math.max(a[0], b[0]) &&
  Math.min(a[1], b[1]) <= c[1] &&
  c[1] <= Math.max(a[1], b[1]);
