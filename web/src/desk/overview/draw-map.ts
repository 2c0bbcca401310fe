// Draws the map of coverage on a canvas: thousands of places are nothing to it, and too much for as many elements.
import { type Box, type Places, type Sheet, sheetOf, within } from './map.ts';
import { token } from './token.ts';

export type MapPicture = {
  box: Box;
  /** Polygons of rings. */
  outlines: readonly (readonly Places[])[];
  places: Places;
  /** What another picture shows larger. */
  frame?: Box;
  /** Pixels across of a place where all shops were visited. */
  dot: number;
  /** Places where not all were visited are the exception: squares on top, larger and edged. Otherwise they are pale dots below. */
  marksLeft: boolean;
};

const isDone = ([, , listed = 0, covered = 0]: readonly number[]) => covered >= listed;

/** As wide as the canvas stands on the page, and as high as the ground is. */
export function drawMap(canvas: HTMLCanvasElement, picture: MapPicture): void {
  const { box, outlines, places, frame, dot, marksLeft } = picture;
  const pen = canvas.getContext('2d');
  if (!pen) return;
  const sheet = sheetOf(box, canvas.clientWidth);
  canvas.width = Math.round(sheet.width * devicePixelRatio);
  canvas.height = Math.round(sheet.height * devicePixelRatio);
  pen.scale(devicePixelRatio, devicePixelRatio);
  pen.lineWidth = 1;

  pen.beginPath();
  for (const rings of outlines)
    for (const ring of rings) {
      for (const position of ring) pen.lineTo(...sheet.at(position));
      pen.closePath();
    }
  pen.fillStyle = token('--md-ground');
  pen.fill('evenodd');
  pen.strokeStyle = token('--md-line-2');
  pen.stroke();

  const seen = within(box, places);
  const left = seen.filter((place) => !isDone(place));
  if (!marksLeft) dots(pen, sheet, left, dot, token('--md-line-2'));
  dots(pen, sheet, seen.filter(isDone), dot, token('--md-brand'));
  if (marksLeft) {
    squares(pen, sheet, left, dot + 3, token('--md-warn-line'));
    squares(pen, sheet, left, dot + 1, token('--md-warn'));
  }

  if (!frame) return;
  const [x, y] = sheet.at([frame.west, frame.north]);
  const [right, bottom] = sheet.at([frame.east, frame.south]);
  pen.strokeStyle = pen.fillStyle = token('--md-brand');
  pen.strokeRect(x, y, right - x, bottom - y);
  pen.globalAlpha = 0.12;
  pen.fillRect(x, y, right - x, bottom - y);
}

function dots(pen: CanvasRenderingContext2D, { at }: Sheet, places: Places, across: number, colour: string) {
  pen.fillStyle = colour;
  for (const place of places) {
    pen.beginPath();
    pen.arc(...at(place), across / 2, 0, 2 * Math.PI);
    pen.fill();
  }
}

function squares(pen: CanvasRenderingContext2D, { at }: Sheet, places: Places, side: number, colour: string) {
  pen.fillStyle = colour;
  for (const place of places) {
    const [x, y] = at(place);
    pen.fillRect(x - side / 2, y - side / 2, side, side);
  }
}
