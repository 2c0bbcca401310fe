// The printed slip of a fix order (立行立改单), one A5 sheet handed to the merchant: what is to be done, by when, and the code that
// opens the order on his phone.
import type { Merchant } from '../../models/merchant.ts';
import type { Order } from '../../models/order.ts';
import type { PdfContent, PdfNode } from '../lib/chinese-pdf.ts';
import { head, heading, severities, small, styles, table, timeText } from './pdf-parts.ts';

export type Slip = {
  order: Order;
  merchant: Pick<Merchant, 'name' | 'address' | 'doorCode'>;
  link: string;
  linkEnds: Date;
  madeAt: Date;
};

export function orderSlip({ order, merchant, link, linkEnds, madeAt }: Slip): PdfContent {
  const number = order._id.slice(0, 8);
  const rows: [string, PdfNode][] = [
    ['商户', merchant.name],
    ['地址', `${merchant.address}（门牌码 ${merchant.doorCode}）`],
    ['问题', [{ text: order.itemText.zh, bold: true }, small(order.itemText.en)]],
    ['程度', severities[order.severity]],
    ['检查情况', order.note ?? '—'],
    ['开单', `${order.issuedBy.name}，${minuteOf(order.openedAt)}`],
  ];
  return {
    title: `立行立改单 ${number}`,
    pageSize: 'A5',
    styles,
    content: [
      { text: '立行立改单', style: 'title' },
      small(`单号 ${number} · ${order._id}`),
      dueOf(order, madeAt),
      table(
        [52, '*'],
        rows.map(([name, value]): PdfNode[] => [...head(name), value]),
      ),
      heading('怎样答复'),
      {
        columns: [
          {
            stack: [
              '1. 按要求改好，拍下改好以后的照片。',
              '2. 用手机扫右边的码，交照片，不用登录。',
              '3. 有人核验：合格销号，不合格退回。',
              small(`此码只开这一张单，请勿转给他人。${minuteOf(linkEnds)} 失效。`),
              small('来不及，或者不同意：请打 12345，报上面的单号。'),
            ],
            width: '*',
          },
          // Level M: a slip is folded and handled with wet fingers.
          { qr: link, fit: 104, eccLevel: 'M', width: 112, alignment: 'right' },
        ],
        columnGap: 12,
      },
      { text: link, style: 'small', margin: [0, 4, 0, 0] },
      { text: '商户签收：______________    日期：______________', margin: [0, 16, 0, 0] },
    ],
    footer: `名单 Mingdan · ${timeText(madeAt)} 打印 · 第 {page} / {pages} 页`,
  };
}

function dueOf({ due, limits, unpublishedYear }: Order, now: Date): PdfNode {
  if (!due) return '';
  const then = limits
    ? `过期亮黄牌，再过 ${limits.redAfterDays} 天亮红牌，红牌后 ${limits.proposalWorkingDays} 个工作日建议暂停。`
    : '';
  const notes = [
    due > now ? then : '本单已经过期，现在改好仍然要交，越早越好。',
    unpublishedYear === null ? '' : `${unpublishedYear} 年放假安排公布后，期限可能重新计算。`,
  ].filter(Boolean);
  return {
    stack: [{ text: `请在 ${minuteOf(due)} 前改好`, fontSize: 14, bold: true }, ...notes.map(small)],
    margin: [0, 8, 0, 8],
  };
}

/** 2022-11-29 19:00: nobody is given seconds to keep. A due at the very midnight is the end of the day before. */
export function minuteOf(at: Date): string {
  const justBefore = timeText(new Date(at.getTime() - 1));
  return justBefore.endsWith('23:59:59') && timeText(at).endsWith('00:00:00')
    ? `${justBefore.slice(0, 10)} 24:00`
    : timeText(at).slice(0, 16);
}
