// Parts of a picture to be covered, in whole percent of it: as they are drawn, typed and sent. Pure.
export type Rectangle = { x: number; y: number; width: number; height: number };
type Point = { x: number; y: number };

const within = (percent: number) => Math.min(100, Math.max(0, Math.round(percent)));

/** Between two corners, whichever was first; never without extent. */
export function between(one: Point, other: Point): Rectangle {
  const [left, right] = [within(Math.min(one.x, other.x)), within(Math.max(one.x, other.x))];
  const [top, bottom] = [within(Math.min(one.y, other.y)), within(Math.max(one.y, other.y))];
  return inside({ x: left, y: top, width: right - left, height: bottom - top });
}

/** The nearest rectangle that lies in the picture. */
export function inside({ x, y, width, height }: Rectangle): Rectangle {
  const [left, top] = [Math.min(within(x), 99), Math.min(within(y), 99)];
  return {
    x: left,
    y: top,
    width: Math.min(Math.max(within(width), 1), 100 - left),
    height: Math.min(Math.max(within(height), 1), 100 - top),
  };
}

/** As the server takes them: fractions, rounded so that none reaches beyond the picture. */
export const fractions = ({ x, y, width, height }: Rectangle): Rectangle => ({
  x: x / 100,
  y: y / 100,
  width: Math.min(width / 100, 1 - x / 100),
  height: Math.min(height / 100, 1 - y / 100),
});
