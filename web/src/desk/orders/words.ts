// The words of the orders board.
import type { AnswerOf } from '../../shared/server/types.ts';
import { countOf, wordsIn } from '../../shared/words.ts';
import type { LaneName } from './lanes.ts';

type Act = 'verify' | 'return' | 'extend' | 'cancel';
type Event = AnswerOf<'getOrdersId'>['history'][number];
type Line = Pick<Event, 'act' | 'level'> & {
  due: string | null;
  nominal: string | null;
  photos: string | null;
};

type Words = {
  title: string;
  unclosed: (count: string) => string;
  state: string;
  level: string;
  anyState: string;
  anyLevel: string;
  lanes: Record<LaneName, string>;
  empty: Record<LaneName, string>;
  emptyNote: Record<LaneName, string>;
  more: (count: string) => string;
  toLanes: string;
  none: string;
  noneNote: string;
  keys: string;
  filter: Record<string, (value: string) => string>;
  columns: { shop: string; fault: string; state: string; clock: string; opened: string; by: string };
  clock: {
    late: (span: string) => string;
    waited: (span: string) => string;
    left: (span: string) => string;
    due: (at: string) => string;
    ended: (at: string) => string;
  };
  panel: string;
  unknownShop: string;
  visit: string;
  severity: (word: string) => string;
  taken: Record<'before' | 'after', string>;
  due: string;
  opened: string;
  submitted: string;
  returns: string;
  times: (count: string) => string;
  source: Record<'camera' | 'gallery', string>;
  distance: (meters: string) => string;
  provisional: string;
  evidencePending: string;
  noPhotos: string;
  noAfter: string;
  enlarge: string;
  chooseBefore: string;
  chooseAfter: string;
  history: string;
  line: (event: Line) => string;
  toAdjustment: string;
  photos: (count: string) => string;
  verify: string;
  verifying: string;
  verifyNote: string;
  verifyMore: string;
  acts: Record<Exclude<Act, 'verify'>, { word: string; title: string; note: string; act: string }>;
  reason: string;
  reasonMissing: string;
  newDue: string;
  dueOptional: string;
  dueNote: string;
  dueMissing: string;
  attach: string;
  done: Record<Act, (shop: string) => string>;
  slip: string;
  slipSaved: string;
  link: string;
  linkTitle: string;
  linkNote: string;
  linkMake: string;
  linkOnce: string;
  linkUntil: (at: string) => string;
  linkCopy: string;
  linkCopied: string;
  linkRevoke: string;
  linkRevoked: string;
  linkQr: string;
};

const zh: Words = {
  title: '整改单',
  unclosed: (count) => `${count} 张未销号`,
  state: '状态',
  level: '级别',
  anyState: '全部状态',
  anyLevel: '全部级别',
  lanes: { overdue: '逾期', submitted: '待核验', open: '待整改' },
  empty: { overdue: '没有逾期的整改单', submitted: '没有等核验的', open: '没有在整改期内的' },
  emptyNote: {
    overdue: '过了截止时间的会出现在这里，到销号为止。',
    submitted: '商户交回以后出现在这里。',
    open: '检查开了单、还没到期的出现在这里。',
  },
  more: (count) => `还有 ${count} 张`,
  toLanes: '看板',
  none: '没有符合的整改单',
  noneNote: '去掉一个条件，或者回看板。',
  keys: 'J、K 换下一张、上一张，Esc 关上',
  filter: {
    state: (value) => value,
    level: (value) => value,
    overdue: (value) => (value === 'true' ? '升过级' : '没升过级'),
    supervision: (value) => (value === 'true' ? '督办清单' : '不在督办清单'),
    kind: (value) => (value === 'on-site' ? '当场改' : '限期改'),
    item: (value) => `检查项 ${value}`,
    merchant: (value) => `商户 ${value}`,
    area: (value) => value,
    taskForce: (value) => value,
    visit: () => '同一次检查',
    from: (value) => `${value} 起开单`,
    to: (value) => `${value} 前开单`,
  },
  columns: { shop: '商户', fault: '问题', state: '状态', clock: '时限', opened: '开单', by: '开单人' },
  clock: {
    late: (span) => `逾期 ${span}`,
    waited: (span) => `等了 ${span}`,
    left: (span) => `还剩 ${span}`,
    due: (at) => `${at} 到期`,
    ended: (at) => `${at} 办结`,
  },
  panel: '选中的整改单',
  unknownShop: '商户不在范围内',
  visit: '看那次检查',
  severity: (word) => `${word}问题`,
  taken: { before: '改前拍摄', after: '改后拍摄' },
  due: '截止',
  opened: '开单',
  submitted: '交回',
  returns: '退回过',
  times: (count) => `${count} 次`,
  source: { camera: '相机', gallery: '相册' },
  distance: (meters) => `距店 ${meters} 米`,
  provisional: '明年的放假安排还没公布，截止时间按平常周末算，公布后自动重算。',
  evidencePending: '当场改好的照片还没到齐，等手机上网。',
  noPhotos: '这张单没有照片。',
  noAfter: '还没有改后的照片。',
  enlarge: '放大',
  chooseBefore: '改前照片',
  chooseAfter: '改后照片',
  history: '经过',
  line: ({ act, level, due, nominal, photos }) => {
    const sent = photos === null ? '' : `，${photos}`;
    const until = due === null ? '' : `，截止 ${due}`;
    return {
      open: `开单${until}${sent}`,
      submit: `交回${sent}`,
      verify: `核验通过，销号${sent}`,
      return: `退回${due === null ? '' : `，新的截止 ${due}`}${sent}`,
      extend: `延期${due === null ? '' : `到 ${due}`}`,
      cancel: '取消',
      escalate: `升为${level === 'red' ? '红牌' : '黄牌'}${nominal === null ? '' : `，${nominal} 到的期`}`,
      propose: '提出暂停这家商户的草稿',
      recount: `放假安排公布，重算期限${until}`,
    }[act];
  },
  toAdjustment: '看调整单',
  photos: (count) => `照片 ${count} 张`,
  verify: '核验通过，销号',
  verifying: '正在销号',
  verifyNote: '核验说明',
  verifyMore: '附说明或照片（可不填）',
  acts: {
    return: { word: '退回', title: '退回，让商户再改', note: '商户会看到理由和新的截止时间。', act: '退回' },
    extend: { word: '延期', title: '给更多时间', note: '已经升过的级不会撤，到销号为止。', act: '延期' },
    cancel: { word: '取消整改单', title: '取消这张整改单', note: '取消以后不能恢复。', act: '取消整改单' },
  },
  reason: '理由',
  reasonMissing: '写一句理由，商户和复核的人都会看到。',
  newDue: '新的截止时间',
  dueOptional: '新的截止时间（可不填）',
  dueNote: '不填就按规定时限从现在重算。',
  dueMissing: '选一个晚于现在的时间。',
  attach: '照片（可不填，最多 10 张）',
  done: {
    verify: (shop) => `${shop} 的整改单已销号`,
    return: (shop) => `已退回给 ${shop}`,
    extend: (shop) => `${shop} 的整改单已延期`,
    cancel: (shop) => `${shop} 的整改单已取消`,
  },
  slip: '打印整改单',
  slipSaved: '整改单已存成 PDF',
  link: '给商户链接',
  linkTitle: '商户用的链接',
  linkNote: '打开链接就能看这一张单、交照片，不用账号。',
  linkMake: '生成链接',
  linkOnce: '只显示这一次，现在发给商户。',
  linkUntil: (at) => `${at} 前有效，销号后失效`,
  linkCopy: '复制链接',
  linkCopied: '链接已复制',
  linkRevoke: '收回发出去的全部链接',
  linkRevoked: '发出去的链接都已失效',
  linkQr: '链接的二维码',
};

const en: Words = {
  title: 'Fix orders',
  unclosed: (count) => `${count} not closed`,
  state: 'State',
  level: 'Level',
  anyState: 'Any state',
  anyLevel: 'Any level',
  lanes: { overdue: 'Overdue', submitted: 'To verify', open: 'To fix' },
  empty: {
    overdue: 'No overdue orders',
    submitted: 'Nothing waits to be verified',
    open: 'No orders within their time',
  },
  emptyNote: {
    overdue: 'An order past its due stands here until it is closed.',
    submitted: 'An order comes here once its merchant has answered.',
    open: 'Orders from visits stand here until they are due.',
  },
  more: (count) => `${count} more`,
  toLanes: 'Board',
  none: 'No order matches',
  noneNote: 'Drop a condition, or go back to the board.',
  keys: 'J and K for the next and previous order, Esc to close',
  filter: {
    state: (value) => value,
    level: (value) => value,
    overdue: (value) => (value === 'true' ? 'Escalated' : 'Not escalated'),
    supervision: (value) => (value === 'true' ? 'Supervision list' : 'Not on the supervision list'),
    kind: (value) => (value === 'on-site' ? 'Fixed on site' : 'Timed'),
    item: (value) => `Item ${value}`,
    merchant: (value) => `Merchant ${value}`,
    area: (value) => value,
    taskForce: (value) => value,
    visit: () => 'Of one visit',
    from: (value) => `Opened from ${value}`,
    to: (value) => `Opened before ${value}`,
  },
  columns: { shop: 'Merchant', fault: 'Fault', state: 'State', clock: 'Clock', opened: 'Opened', by: 'By' },
  clock: {
    late: (span) => `${span} overdue`,
    waited: (span) => `waited ${span}`,
    left: (span) => `${span} left`,
    due: (at) => `due ${at}`,
    ended: (at) => `ended ${at}`,
  },
  panel: 'The chosen order',
  unknownShop: 'Merchant out of scope',
  visit: 'See the visit',
  severity: (word) => `${word} fault`,
  taken: { before: 'Taken before', after: 'Taken after' },
  due: 'Due',
  opened: 'Opened',
  submitted: 'Answered',
  returns: 'Returned',
  times: (count) => `${count} ×`,
  source: { camera: 'camera', gallery: 'gallery' },
  distance: (meters) => `${meters} m from the shop`,
  provisional:
    'Next year’s holidays are not published yet. The due counts ordinary weekends and is counted anew once they are.',
  evidencePending: 'Photos of the fix on site have not all arrived: the phone is still offline.',
  noPhotos: 'This order has no photos.',
  noAfter: 'No photo from after the fix yet.',
  enlarge: 'Enlarge',
  chooseBefore: 'Photos before',
  chooseAfter: 'Photos after',
  history: 'History',
  line: ({ act, level, due, nominal, photos }) => {
    const sent = photos === null ? '' : `, ${photos}`;
    const until = due === null ? '' : `, due ${due}`;
    return {
      open: `Opened${until}${sent}`,
      submit: `Answered${sent}`,
      verify: `Verified and closed${sent}`,
      return: `Returned${due === null ? '' : `, new due ${due}`}${sent}`,
      extend: `Extended${due === null ? '' : ` to ${due}`}`,
      cancel: 'Cancelled',
      escalate: `${level === 'red' ? 'Red' : 'Yellow'} card${nominal === null ? '' : `, due since ${nominal}`}`,
      propose: 'A draft to suspend this merchant was proposed',
      recount: `Holidays were published, due counted anew${until}`,
    }[act];
  },
  toAdjustment: 'See the adjustment',
  photos: (count) => countOf(count, 'photo'),
  verify: 'Verify and close',
  verifying: 'Closing',
  verifyNote: 'Note on the verification',
  verifyMore: 'Add a note or photos (optional)',
  acts: {
    return: {
      word: 'Return',
      title: 'Return it to be fixed again',
      note: 'The merchant sees the reason and the new due.',
      act: 'Return the order',
    },
    extend: {
      word: 'Extend',
      title: 'Give more time',
      note: 'A level once reached stays until the order is closed.',
      act: 'Extend the order',
    },
    cancel: {
      word: 'Cancel order',
      title: 'Cancel this order',
      note: 'A cancelled order cannot be opened again.',
      act: 'Cancel the order',
    },
  },
  reason: 'Reason',
  reasonMissing: 'Write one sentence. The merchant and reviewers see it.',
  newDue: 'New due',
  dueOptional: 'New due (optional)',
  dueNote: 'Left empty, the usual time counts anew from now.',
  dueMissing: 'Choose a time later than now.',
  attach: 'Photos (optional, up to 10)',
  done: {
    verify: (shop) => `The order of ${shop} is closed`,
    return: (shop) => `Returned to ${shop}`,
    extend: (shop) => `The order of ${shop} is extended`,
    cancel: (shop) => `The order of ${shop} is cancelled`,
  },
  slip: 'Print slip',
  slipSaved: 'The slip is saved as a PDF',
  link: 'Link for the merchant',
  linkTitle: 'A link for the merchant',
  linkNote: 'It opens this one order to read and answer with photos, without an account.',
  linkMake: 'Make a link',
  linkOnce: 'Shown this once. Send it to the merchant now.',
  linkUntil: (at) => `Good until ${at}, or until the order is closed`,
  linkCopy: 'Copy link',
  linkCopied: 'Link copied',
  linkRevoke: 'Revoke every link sent out',
  linkRevoked: 'No link of this order works any more',
  linkQr: 'The link as a QR code',
};

export const words = wordsIn({ zh, en });
