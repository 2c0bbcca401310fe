// The report of a visit (检查证据报告) for the file: what was seen, shown and done, in Chinese, from values alone.
import type { Merchant } from '../../models/merchant.ts';
import type { Order } from '../../models/order.ts';
import type { Visit, VisitAnswer } from '../../models/visit.ts';
import type { ChecklistItem } from '../../models/checklist.ts';
import type { PdfContent, PdfNode } from '../lib/chinese-pdf.ts';
import { head, heading, severities, small, styles, table, timeText } from './pdf-parts.ts';

export type ReportedPart = {
  title: string;
  taskForce: string | null;
  items: ChecklistItem[];
  answers: VisitAnswer[];
};
export type ReportedPhoto = {
  sha256: string;
  takenAt: Date | null;
  sentAt: Date | null;
  jpeg: Buffer | null;
};
export type Report = {
  visit: Visit;
  merchant: Pick<Merchant, 'name' | 'address' | 'uscc' | 'doorCode'> | null;
  parts: ReportedPart[];
  orders: Order[];
  photos: ReportedPhoto[];
  flags: { zh: string; fact: string | null; settled: string | null }[];
  madeAt: Date;
  madeBy: string;
};

const kinds: Record<Visit['kind'], string> = {
  routine: '日常巡查',
  joint: '多部门联合巡查',
  self: '行业自查',
  recheck: '复查',
  complaint: '投诉核查',
  patrol: '九小门店巡查',
};
const results: Record<Visit['result'], string> = {
  passed: '合格',
  fixed: '立行立改',
  orders: '有问题待整改',
  'no-entry': '未能进店',
};
const states: Record<Visit['state'], string> = {
  received: '照片未齐',
  complete: '照片齐全',
  'complete-without': '部分照片已登记遗失',
};
const outcomes = { pass: '合格', fail: '不合格', na: '不适用', unchecked: '未查' } as const;
const noEntries = { closed: '未营业', refused: '拒绝检查', moved: '已迁走' } as const;
const orderStates = { open: '待整改', submitted: '待核验', closed: '已销号', cancelled: '已取消' } as const;
const acts: Record<Order['history'][number]['act'], string> = {
  open: '开具',
  submit: '提交整改',
  verify: '核验销号',
  return: '退回',
  extend: '延期',
  cancel: '取消',
  escalate: '逾期升级',
  propose: '建议暂停',
  recount: '重新计算期限',
};

export function visitReport(report: Report): PdfContent {
  const { visit, madeAt, madeBy } = report;
  return {
    title: '检查证据报告',
    pageSize: 'A4',
    styles,
    content: [
      { text: '检查证据报告', style: 'title' },
      small(`检查编号 ${visit._id}`),
      ...summary(report),
      ...report.parts.flatMap(answersOf),
      ...flagsOf(report),
      ...ordersOf(report.orders),
      ...amendmentsOf(visit),
      ...photosOf(report.photos),
      heading('核验'),
      { text: `检查内容的 SHA-256：${visit.contentHash}` },
      small('同一文件夹中的 verify.mjs 可离线核验本报告、检查内容和每张原始照片；方法见 README.txt。'),
    ],
    footer: `名单 Mingdan · 由 ${madeBy} 于 ${timeText(madeAt)} 制作 · 第 {page} / {pages} 页`,
  };
}

function summary({ visit, merchant }: Report): PdfNode[] {
  const { body } = visit;
  const place = visit.distanceMeters === null ? '未记录' : `距登记位置 ${visit.distanceMeters} 米`;
  const rows: [string, string][] = [
    ['商户', merchant?.name ?? '未对应到名单中的商户'],
    ['地址', merchant?.address ?? '—'],
    ['统一社会信用代码', merchant?.uscc ?? '—'],
    ['门牌码', merchant?.doorCode ?? '—'],
    ['检查类型', kinds[visit.kind]],
    ['结果', `${results[visit.result]}${body.noEntry ? `（${noEntries[body.noEntry]}）` : ''}`],
    ['检查人员', visit.inspectors.map(({ name }) => name).join('、')],
    ['到达', timeText(visit.arrivedAt)],
    ['封存（手机时间）', timeText(body.sealedAt)],
    ['服务器收到', `${timeText(visit.receivedAt)}，${states[visit.state]}`],
    ['位置', place],
    ['现场人员', body.personMet ?? '—'],
    ['商户确认', acknowledgement(visit)],
    ['备注', body.note ?? '—'],
  ];
  return [
    heading('概况'),
    table(
      [110, '*'],
      rows.map(([name, value]) => [{ text: name, style: 'head' }, value]),
    ),
  ];
}

function acknowledgement({ body: { acknowledgement: given } }: Visit): string {
  if (!given) return '—';
  return given.refused ? '拒绝确认' : `${given.name ?? '未留姓名'} 已确认`;
}

function answersOf({ title, taskForce, items, answers }: ReportedPart): PdfNode[] {
  if (answers.length === 0) return [];
  const rows = answers.map(({ item, outcome, value, note, photos, fix }): PdfNode[] => {
    const words = items.find(({ key }) => key === item);
    const fixed = fix && (fix.kind === 'on-site' ? '当场整改' : '限期整改');
    const notes = [note, fix?.note].filter(Boolean).join('；');
    const shown = value == null ? outcomes[outcome] : `${outcomes[outcome]}（${valueText(value, words)}）`;
    const pictures = [...(photos ?? []), ...(fix?.photos ?? [])].map((hash) => hash.slice(0, 8)).join(' ');
    return [
      words?.text.zh ?? item,
      words ? severities[words.severity] : '—',
      { text: shown, bold: outcome === 'fail' },
      [fixed, notes].filter(Boolean).join('：') || '—',
      pictures || '—',
    ];
  });
  return [
    heading(taskForce === null ? `检查项（${title}）` : `检查项（${title}，${taskForce}）`),
    table(['*', 32, 60, 150, 76], [head('检查项', '程度', '结果', '整改与说明', '照片'), ...rows], 1),
  ];
}

/** A choice in words, a number with its unit. */
function valueText(value: number | string, item: ChecklistItem | undefined): string {
  const option = item?.options?.find(({ key }) => key === value);
  return option?.text.zh ?? `${value}${item?.number ? ` ${item.number.unit.zh}` : ''}`;
}

function flagsOf({ flags }: Report): PdfNode[] {
  if (flags.length === 0) return [];
  const rows = flags.map(({ zh, fact, settled }): PdfNode[] => [zh, fact ?? '—', settled ?? '未复核']);
  return [heading('标记'), table(['*', 110, 170], [head('标记', '依据', '复核'), ...rows], 1)];
}

function ordersOf(orders: Order[]): PdfNode[] {
  if (orders.length === 0) return [];
  return [
    heading('整改单'),
    ...orders.map(({ _id, itemText, severity, state, due, history }): PdfNode => ({
      stack: [
        {
          text: `${itemText.zh}（${severities[severity]}）：${orderStates[state]}${due ? `，期限 ${timeText(due)}` : ''}`,
          bold: true,
        },
        small(_id),
        ...history.map(({ act, by, at, note }) => ({
          text: `${timeText(at)}  ${by.name}  ${acts[act]}${note ? `：${note}` : ''}`,
        })),
      ],
      margin: [0, 0, 0, 6],
    })),
  ];
}

function amendmentsOf({ amendments }: Visit): PdfNode[] {
  if (amendments.length === 0) return [];
  const rows = amendments.map(({ version, by, at, reason }): PdfNode[] => [
    String(version),
    timeText(at),
    by.name,
    reason,
  ]);
  return [heading('更正'), table([30, 110, 80, '*'], [head('版本', '时间', '更正人', '原因'), ...rows], 1)];
}

function photosOf(photos: ReportedPhoto[]): PdfNode[] {
  if (photos.length === 0) return [];
  const cells = photos.map(({ sha256, takenAt, sentAt, jpeg }): PdfNode => ({
    stack: [
      jpeg
        ? { image: `data:image/jpeg;base64,${jpeg.toString('base64')}`, fit: [150, 150] }
        : { text: '照片未收到', margin: [0, 60, 0, 60], color: '#4a5565' },
      small(`拍摄 ${timeText(takenAt)}`),
      small(`收到 ${timeText(sentAt)}`),
      small(`${sha256.slice(0, 32)} ${sha256.slice(32)}`),
    ],
    margin: [0, 0, 0, 8],
  }));
  const rows = Array.from({ length: Math.ceil(cells.length / 3) }, (_, i) => {
    const row = cells.slice(3 * i, 3 * i + 3);
    return [...row, ...Array<PdfNode>(3 - row.length).fill('')];
  });
  return [
    heading(`照片（${photos.length} 张）`),
    { table: { widths: ['*', '*', '*'], dontBreakRows: true, body: rows }, layout: 'noBorders' },
  ];
}
