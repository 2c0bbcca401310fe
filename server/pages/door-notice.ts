// The door notice (门牌): one A4 sheet a shop, whose QR code opens the shop's page. It says which shop this is, never its status.
import type { PdfContent, PdfNode } from '../lib/chinese-pdf.ts';
import { spacedDoorCode } from '../lib/door-code.ts';
import { small, styles, timeText } from './pdf-parts.ts';

export type DoorNotice = {
  doorCode: string;
  name: string;
  address: string;
  /** Name of the district that issues it. */
  organ: string;
  /** The address of its page, to read and type. */
  page: string;
  /** The QR code as PNG. */
  qr: Uint8Array;
};

/** Eight to ten characters beside each other fill the sheet's width; longer names are set smaller and break. */
const nameSize = (name: string) => ([...name].length <= 10 ? 40 : [...name].length <= 20 ? 30 : 22);

/** Notices one after the other, each on a sheet of its own. */
export function doorNotices(notices: DoorNotice[], madeAt: Date): PdfContent {
  const [only] = notices;
  return {
    title: only && notices.length === 1 ? `门牌 ${only.name}` : `门牌 ${notices.length} 张`,
    pageSize: 'A4',
    styles,
    content: notices.map(sheetOf),
    footer: `名单 Mingdan · ${timeText(madeAt).slice(0, 16)} 打印 · 第 {page} / {pages} 页`,
  };
}

function sheetOf({ doorCode, name, address, organ, page, qr }: DoorNotice, index: number): PdfNode {
  return {
    ...(index > 0 && { pageBreak: 'before' }),
    alignment: 'center',
    stack: [
      { text: organ, fontSize: 16, color: '#4a5565' },
      { text: name, fontSize: nameSize(name), bold: true, margin: [0, 16, 0, 8], lineHeight: 1.15 },
      { text: address, fontSize: 14 },
      // A picture: drawn module by module, a street's notices took three times as long.
      { image: pngAddress(qr), width: 300, margin: [0, 24, 0, 8] },
      { text: '扫一扫，看这家店现在能不能营业', fontSize: 22, bold: true },
      { text: 'Scan to see whether this shop may open now', fontSize: 13, color: '#4a5565' },
      { text: `门牌码 ${spacedDoorCode(doorCode)}`, fontSize: 20, bold: true, margin: [0, 24, 0, 4] },
      { text: page, fontSize: 11 },
      { text: '以打开的页面为准，不以这张纸为准。', fontSize: 12, margin: [0, 24, 0, 0] },
      { text: '网址、店名与上面不一致，或者扫不开，请拨打 12345。', fontSize: 12, margin: [0, 0, 0, 2] },
      small('The page decides, not this paper. If address or name differ, or nothing opens, call 12345.'),
    ],
  };
}

const pngAddress = (png: Uint8Array) => `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
