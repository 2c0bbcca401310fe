// A QR code as a picture to print: black on white with its quiet zone of four modules (ISO/IEC 18004), level M.
import sharp from 'sharp';
import { encode, renderSVG } from 'uqr';

const quietZone = 4;
const pixelsPerModule = 16;

export function qrSvg(text: string): string {
  return renderSVG(text, { ecc: 'M', border: quietZone });
}

export async function qrPng(text: string): Promise<Buffer> {
  const { size, data } = encode(text, { ecc: 'M', border: quietZone });
  const shades = Buffer.from(data.flatMap((row) => row.map((isDark) => (isDark ? 0 : 255))));
  const side = size * pixelsPerModule;
  return sharp(shades, { raw: { width: size, height: size, channels: 1 } })
    .resize(side, side, { kernel: 'nearest' })
    .png({ palette: true, colours: 2 })
    .toBuffer();
}
