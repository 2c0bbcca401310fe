// A map without tiles: positions laid flat, and the part of it where most of them lie. Pure.
type Position = readonly number[];
export type Box = { west: number; south: number; east: number; north: number };
/** `[lng, lat, listed, covered]`, as `/stats/coverage/map` answers. */
export type Places = readonly Position[];

/** Null where there is nothing to show. */
export function boxAround(positions: Iterable<Position>): Box | null {
  let box: Box | null = null;
  for (const [lng = NaN, lat = NaN] of positions) {
    box ??= { west: lng, south: lat, east: lng, north: lat };
    box.west = Math.min(box.west, lng);
    box.east = Math.max(box.east, lng);
    box.south = Math.min(box.south, lat);
    box.north = Math.max(box.north, lat);
  }
  return box;
}

/** The sheet that a box is drawn on: `width` units wide, north at the top, and as high as the ground asks for. */
export function sheetOf(box: Box, width: number) {
  const margin = width / 40;
  // A box of one place has no size of its own: some hundred metres around it are shown.
  const degrees = Math.max(box.east - box.west, box.north - box.south, 0.002);
  const shrink = Math.cos((((box.south + box.north) / 2) * Math.PI) / 180);
  const across = Math.max(box.east - box.west, degrees / 4) * shrink;
  const up = Math.max(box.north - box.south, degrees / 4);
  const scale = (width - 2 * margin) / across;
  const [lng, lat] = [(box.west + box.east) / 2, (box.south + box.north) / 2];
  const height = up * scale + 2 * margin;
  const at = ([x = NaN, y = NaN]: Position): [x: number, y: number] => [
    width / 2 + (x - lng) * shrink * scale,
    height / 2 - (y - lat) * scale,
  ];
  return { width, height, at };
}
export type Sheet = ReturnType<typeof sheetOf>;

/** The window is a quarter of the box, and moves by a ninth of its own width. */
const [cells, side] = [36, 9];

/** The window of a quarter of the box's width and height in which most shops stand. */
export function densestIn(box: Box, places: Places): Box {
  const [width, height] = [(box.east - box.west) / cells, (box.north - box.south) / cells];
  const cellOf = (from: number, size: number) =>
    Math.min(cells - 1, Math.max(0, Math.floor(from / (size || 1))));
  const shops = Array.from({ length: cells }, () => new Array<number>(cells).fill(0));
  for (const [lng = NaN, lat = NaN, listed = 0] of places) {
    const column = shops[cellOf(lng - box.west, width)];
    const row = cellOf(lat - box.south, height);
    if (column) column[row] = (column[row] ?? 0) + listed;
  }
  const inWindow = (x: number, y: number) =>
    shops
      .slice(x, x + side)
      .reduce((sum, column) => column.slice(y, y + side).reduce((all, one) => all + one, sum), 0);
  let [best, most]: [[x: number, y: number], number] = [[0, 0], -1];
  for (let x = 0; x <= cells - side; x += 1)
    for (let y = 0; y <= cells - side; y += 1) {
      const found = inWindow(x, y);
      if (found > most) [best, most] = [[x, y], found];
    }
  const [west, south] = [box.west + best[0] * width, box.south + best[1] * height];
  return { west, south, east: west + side * width, north: south + side * height };
}

export function within({ west, south, east, north }: Box, places: Places): Places {
  return places.filter(
    ([lng = NaN, lat = NaN]) => lng >= west && lng <= east && lat >= south && lat <= north,
  );
}
