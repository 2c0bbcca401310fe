// The things sample photos are put together from: people, shelves, doors, signs. Each function returns SVG.
import { hangingText, text } from './photo-text.ts';

/** The colours of one shop; before and after photos of a shop share them. */
export interface Palette {
  wall: string;
  floor: string;
  trim: string;
  wood: string;
  shirt: string;
  coat: string;
  skin: string;
  hair: string;
  goods: readonly string[];
  /** What is painted over the door. */
  sign: string;
}

/** How a person is drawn; the head's top is at y = -64, the feet at y = 300, centred on x = 0 before placing. */
export interface Figure {
  shirt: string;
  skin: string;
  hair: string;
  mask: 'on' | 'chin' | 'none';
  armband?: boolean;
  vest?: boolean;
  hat?: boolean;
  holding?: 'thermometer' | 'clipboard' | 'phone';
}

/** A person at (x, y), y being the neck; scale 1 is 364 pixels tall. */
export function person(x: number, y: number, scale: number, figure: Figure): string {
  const { shirt, skin, hair } = figure;
  return `<g transform="translate(${x} ${y}) scale(${scale})">
<path d="M-40 180H-4V296H-38ZM4 180H40L38 296H4Z" fill="#2b3440"/>
<path d="M-44 292H-2V304H-50ZM2 292H44L50 304H2Z" fill="#1b2026"/>
<path d="M-62 196C-68 70-56 40-24 30H24C56 40 68 70 62 196Z" fill="${shirt}"/>
<path d="M-40 84V196M40 84V196" stroke="#000" stroke-opacity=".22" stroke-width="3"/>
<path d="M-16 28Q0 54 16 28L12 8H-12Z" fill="${skin}"/>
${figure.vest ? '<path d="M-38 36L-22 30L0 70L22 30L38 36V196H-38Z" fill="#d9542b"/><path d="M-38 120H38V134H-38Z" fill="#f4e3a0"/>' : ''}
<ellipse cy="-22" rx="30" ry="36" fill="${skin}"/><circle cx="-30" cy="-18" r="6" fill="${skin}"/><circle cx="30" cy="-18" r="6" fill="${skin}"/>
<path d="M-32-18C-36-70 36-70 32-18C28-40 14-44 0-43C-14-44-28-40-32-18Z" fill="${hair}"/>
${figure.hat ? '<path d="M-34-34C-34-78 34-78 34-34Q0-46-34-34Z" fill="#f4f6f7"/>' : ''}
<circle cx="-12" cy="-22" r="3.4" fill="#20242a"/><circle cx="12" cy="-22" r="3.4" fill="#20242a"/>
${figure.mask === 'on' ? '' : '<path d="M-10 0Q0 8 10 0" fill="none" stroke="#8a3b32" stroke-width="4" stroke-linecap="round"/><path d="M0-18L3-9H-2" fill="none" stroke="#000" stroke-opacity=".28" stroke-width="2.4"/>'}
${maskOf(figure.mask)}
${figure.armband ? armband(figure.holding === 'thermometer' ? -1 : 1) : ''}
${held(figure)}</g>`;
}

// On the arm that hangs down: a raised arm would hide it.
function armband(side: 1 | -1): string {
  return `<g transform="scale(${side} 1)"><path d="M38 74L64 80L66 118L39 114Z" fill="#d21f1f"/><path d="M45 88L60 91M45 98L60 101" stroke="#ffe08a" stroke-width="4"/></g>`;
}

function maskOf(mask: Figure['mask']): string {
  if (mask === 'none') return '';
  const [y, strap] = mask === 'on' ? [0, 'M-26-10L-31-20M26-10L31-20'] : [24, 'M-22 10L-31-12M22 10L31-12'];
  return `<path d="${strap}" stroke="#e8f2f8" stroke-width="2.6"/><g transform="translate(0 ${y})"><path d="M-27-12Q0-19 27-12L23 8Q0 24-23 8Z" fill="#9fcbe8"/><path d="M-25-5Q0-10 25-5M-24 2Q0-1 24 2" stroke="#6fa5c9" stroke-width="2" fill="none"/></g>`;
}

function held({ holding, shirt, skin }: Figure): string {
  if (!holding) return '';
  const arm = `<path d="M50 84Q84 96 112 40" fill="none" stroke="${shirt}" stroke-width="26" stroke-linecap="round"/><circle cx="113" cy="30" r="13" fill="${skin}"/>`;
  const low = `<path d="M48 84Q72 130 26 140" fill="none" stroke="${shirt}" stroke-width="24" stroke-linecap="round"/>`;
  switch (holding) {
    case 'thermometer':
      return `${arm}<path d="M100-14H142V10H122L116 40H100Z" fill="#f7f9fa" stroke="#5b6873" stroke-width="3"/><path d="M142-10H150V6H142Z" fill="#c0392b"/>`;
    case 'clipboard':
      return `<path d="M-26 100H34V172H-26Z" fill="#8a6540"/><path d="M-20 108H28V166H-20Z" fill="#fff"/><path d="M-12 120H20M-12 132H20M-12 144H8" stroke="#5b6873" stroke-width="4"/>${low}<circle cx="24" cy="140" r="12" fill="${skin}"/>`;
    case 'phone':
      return `${low}<path d="M6 104H34V150H6Z" fill="#1d242b"/><path d="M9 108H31V146H9Z" fill="#7fc4a4"/><circle cx="26" cy="148" r="12" fill="${skin}"/>`;
  }
}

/** Wall and floor of a room. */
export function room({ wall, floor, trim }: Palette): string {
  return `<path d="M0 0H960V500H0Z" fill="${wall}"/><path d="M0 0H960V64H0Z" fill="#fff" fill-opacity=".35"/><path d="M90 20H290V34H90ZM380 20H580V34H380ZM670 20H870V34H670Z" fill="#fffdf2"/><path d="M0 500H960V720H0Z" fill="${floor}"/><path d="M0 492H960V508H0Z" fill="${trim}"/><path d="M0 580H960M0 660H960M200 508L90 720M480 508V720M760 508L870 720" stroke="#000" stroke-opacity=".09" stroke-width="3"/>`;
}

/** A shelf full of goods with its lower left corner at (x, y). */
export function shelf(x: number, y: number, columns: number, rows: number, { wood, goods }: Palette): string {
  const width = columns * 34 + 12;
  const boards = Array.from({ length: rows }, (_, row) => {
    const base = y - 14 - row * 84;
    const boxes = Array.from({ length: columns }, (_, column) => {
      const tall = 34 + ((column * 7 + row * 11) % 5) * 7;
      const colour = goods[(column * 3 + row * 2) % goods.length] ?? wood;
      return `<path d="M${x + 8 + column * 34} ${base}v-${tall}h28v${tall}Z" fill="${colour}"/><path d="M${x + 13 + column * 34} ${base - 12}h18v-12h-18Z" fill="#fff" fill-opacity=".6"/>`;
    });
    return `${boxes.join('')}<path d="M${x} ${base}h${width}v12h-${width}Z" fill="${wood}"/>`;
  });
  const top = y - rows * 84 - 8;
  return `<path d="M${x} ${top}h${width}V${y}h-${width}Z" fill="#000" fill-opacity=".16"/>${boards.join('')}`;
}

/** A counter with a till, across the picture from x, its top at y. */
export function counter(x: number, y: number, width: number, { wood, trim }: Palette): string {
  return `<path d="M${x} ${y}h${width}V720h-${width}Z" fill="${wood}"/><path d="M${x - 14} ${y - 18}h${width + 28}v26h-${width + 28}Z" fill="${trim}"/><path d="M${x} ${y + 60}h${width}M${x} ${y + 130}h${width}" stroke="#000" stroke-opacity=".14" stroke-width="4"/><g transform="translate(${x + width - 210} ${y - 18})"><path d="M0 0L14-86H138L150 0Z" fill="#39434d"/><path d="M26-76H128L134-30H22Z" fill="#a7d3e6"/></g>`;
}

/** A shop's front seen from the street, with a glass door from x = 330 to 630 and its sign above. */
export function front({ wall, trim, wood, sign }: Palette): string {
  return `<path d="M0 0H960V600H0Z" fill="${wall}"/><path d="M0 600H960V720H0Z" fill="#c3c8cc"/><path d="M0 600H960V612H0Z" fill="#9aa2a8"/><path d="M0 78H960V176H0Z" fill="${trim}"/><path d="M0 176H960V190H0Z" fill="#000" fill-opacity=".2"/>${text(sign, 480, 148, 60, '#fff', 'middle')}<path d="M310 214H650V600H310Z" fill="${wood}"/><path d="M328 232H472V590H328ZM488 232H632V590H488Z" fill="#bfdce6"/><path d="M328 232H412L328 400ZM488 232H572L488 400Z" fill="#fff" fill-opacity=".4"/><path d="M456 390H464V450H456ZM496 390H504V450H496Z" fill="#f3d489"/><path d="M40 240H270V470H40ZM690 240H920V470H690Z" fill="#d3e6ec" stroke="${wood}" stroke-width="14"/><path d="M48 250H150L48 380ZM698 250H800L698 380Z" fill="#fff" fill-opacity=".4"/>`;
}

/** A stand with a code to scan. The pattern only looks like a QR code: no phone can read it. */
export function codeStand(x: number, y: number, serial: number): string {
  const cells = Array.from({ length: 49 }, (_, i) =>
    ((i * 2654435761 + serial * 40503) >>> 7) % 2 === 0 ? i : -1,
  );
  const dots = cells
    .filter((i) => i >= 0)
    .map((i) => `M${30 + (i % 7) * 14} ${78 + Math.floor(i / 7) * 14}h12v12h-12Z`);
  return `<g transform="translate(${x} ${y})"><path d="M74 220H86V330H74Z" fill="#6b757d"/><path d="M30 326H130V340H30Z" fill="#4a545c"/><path d="M0 0H160V224H0Z" fill="#fff" stroke="#1f6f4a" stroke-width="8"/><path d="M4 4H156V56H4Z" fill="#1f8a57"/>${text('请扫码', 80, 44, 38, '#fff', 'middle')}<path d="${dots.join('')}" fill="#10202e"/>${[
    [24, 72],
    [102, 72],
    [24, 150],
  ]
    .map(
      ([left, top]) =>
        `<path d="M${left} ${top}h34v34h-34Z" fill="#10202e"/><path d="M${(left ?? 0) + 6} ${(top ?? 0) + 6}h22v22h-22Z" fill="#fff"/><path d="M${(left ?? 0) + 11} ${(top ?? 0) + 11}h12v12h-12Z" fill="#10202e"/>`,
    )
    .join('')}${text('健康码', 80, 214, 24, '#1f6f4a', 'middle')}</g>`;
}

/** A folding table with its top at y; the cloth carries a word. */
export function table(x: number, y: number, width: number, word: string): string {
  const middle = x + width / 2;
  return `<path d="M${x + 16} ${y + 12}h14V${y + 176}h-14ZM${x + width - 30} ${y + 12}h14V${y + 176}h-14Z" fill="#59636b"/><path d="M${x} ${y}h${width}v112h-${width}Z" fill="#1d5fa8"/><path d="M${x - 8} ${y - 10}h${width + 16}v16h-${width + 16}Z" fill="#e6ebee"/>${text(word, middle, y + 78, 52, '#fff', 'middle')}`;
}

/** A bottle of disinfectant standing on (x, y). */
export function bottle(x: number, y: number): string {
  return `<path d="M${x} ${y}v-44q0-12 10-14h16q10 2 10 14v44Z" fill="#e9f5ef" stroke="#3e8f65" stroke-width="3"/><path d="M${x + 12} ${y - 58}v-18h22v8h-10v10Z" fill="#3e8f65"/><path d="M${x + 3} ${y - 34}h30v22h-30Z" fill="#3e8f65"/>`;
}

/** A red poster with large yellow words, tilted by some degrees. */
export function poster(x: number, y: number, word: string, tilt: number): string {
  const width = Array.from(word).length * 84 + 40;
  return `<g transform="translate(${x} ${y}) rotate(${tilt})"><path d="M0 0H${width}V126H0Z" fill="#d3222a"/><path d="M8 8H${width - 8}V118H8Z" fill="none" stroke="#ffd84d" stroke-width="5"/>${text(word, width / 2, 92, 80, '#ffe25a', 'middle')}</g>`;
}

/** A white notice on the wall with a short word. */
export function notice(x: number, y: number, word: string): string {
  const width = Array.from(word).length * 40 + 32;
  return `<path d="M${x} ${y}h${width}v66h-${width}Z" fill="#fff" stroke="#153b66" stroke-width="5"/>${text(word, x + width / 2, y + 48, 40, '#153b66', 'middle')}`;
}

/** A red banner that hangs at (x, y) with words one below the other. */
export function banner(x: number, y: number, words: string): string {
  const height = Array.from(words).length * 46 + 28;
  return `<path d="M${x - 30} ${y}h60v${height}h-60Z" fill="#b2241a"/>${hangingText(words, x, y + 46, 40, '#fff')}`;
}
