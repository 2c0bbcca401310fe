// Draws the icons of the installable pages: the logo, a door plate with two screws and a tick. Run by hand; the pictures are committed.
import { Buffer } from 'node:buffer';
import path from 'node:path';
import sharp from 'sharp';
import { root } from './lib/run.mjs';

const brand = '#153B66';

/** `share` of the square's width is the plate's; a maskable icon is cut to a circle, and is filled to its edges. */
function drawing(share, ground) {
  const width = 512 * share;
  const scale = width / 36;
  const x = (512 - width) / 2;
  const y = (512 - 24 * scale) / 2;
  const plate = ground === brand ? '#fff' : brand;
  const mark = ground === brand ? brand : '#fff';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512"><rect width="512" height="512" fill="${ground}"/>
<g transform="translate(${x} ${y}) scale(${scale})"><rect width="36" height="24" rx="3" fill="${plate}"/>
<circle cx="4.2" cy="12" r="1.1" fill="${mark}" opacity=".75"/><circle cx="31.8" cy="12" r="1.1" fill="${mark}" opacity=".75"/>
<path d="M11.5 12.4l4.6 4.4 8.6-9.2" fill="none" stroke="${mark}" stroke-width="2.8" stroke-linecap="square"/></g></svg>`;
}

const save = (svg, size, name) =>
  sharp(Buffer.from(svg))
    .resize(size, size)
    .png({ palette: true })
    .toFile(path.join(root, 'web/public', name));

await save(drawing(0.84, '#FFFFFF'), 192, 'icon-192.png');
await save(drawing(0.84, '#FFFFFF'), 512, 'icon-512.png');
await save(drawing(0.62, brand), 512, 'icon-maskable-512.png');
