// The words of one visit with all that came later.
import type { AnswerOf } from '../../shared/server/types.ts';
import { countOf, wordsIn } from '../../shared/words.ts';
import type { Difference } from './body.ts';

type Outcome = AnswerOf<'getVisitsId'>['reviews'][number]['outcome'];

type Words = {
  unmatched: string;
  back: string;
  version: (version: string) => string;
  when: (kind: string, at: string, version: string | null) => string;
  fieldOf: (item: string, field: string) => string;
  colon: string;
  facts: string;
  arrived: string;
  sealed: string;
  received: string;
  completed: string;
  stayed: (span: string) => string;
  device: string;
  place: string;
  noPlace: string;
  distance: (meters: string, accuracy: string | null) => string;
  noDistance: string;
  personMet: string;
  acknowledgement: string;
  acknowledged: (name: string) => string;
  acknowledgementRefused: string;
  notTold: string;
  inspectors: string;
  checklist: string;
  checklistVersion: (version: string) => string;
  hash: string;
  note: string;
  noEntry: string;
  answers: string;
  unanswered: string;
  counts: (figures: { pass: string; fail: string; other: string }) => string;
  value: (value: string, unit: string) => string;
  fixed: string;
  timed: string;
  unfixed: string;
  fixedAt: (at: string) => string;
  orders: string;
  noOrders: string;
  flags: string;
  fact: string;
  twin: string;
  settled: string;
  reviewTitle: string;
  reviewFlags: string;
  reviewOutcome: string;
  outcome: Record<Outcome, string>;
  outcomeNote: Record<Outcome, string>;
  reviewNote: string;
  reviewMissing: string;
  chooseFlag: string;
  reviewAct: (count: string) => string;
  reviewed: string;
  amendments: string;
  sealedVersion: string;
  noDifference: string;
  field: Record<Difference['field'], string>;
  nothing: string;
  photosChanged: (before: string, after: string) => string;
  refused: string;
  missing: (count: string) => string;
  missingNote: string;
  lose: string;
  loseTitle: (count: string) => string;
  loseNote: string;
  loseReason: string;
  loseMissing: string;
  lost: string;
  lostLine: (reason: string) => string;
  match: string;
  matchNote: (named: string) => string;
  matchTitle: string;
  matchFind: string;
  matchNear: string;
  matchNone: string;
  matchAct: (shop: string) => string;
  matchChoose: string;
  matchConsequence: string;
  matched: string;
  matchedBy: string;
  package: string;
  packing: (size: string) => string;
  packed: string;
  packageNote: string;
};

const zh: Words = {
  unmatched: '没对上商户',
  back: '检查',
  version: (version) => `第 ${version} 版`,
  when: (kind, at, version) => `${kind}，${at}${version === null ? '' : `，第 ${version} 版`}`,
  fieldOf: (item, field) => `${item}，${field}`,
  colon: '：',
  facts: '经过',
  arrived: '到达',
  sealed: '封存',
  received: '收到',
  completed: '照片到齐',
  stayed: (span) => `停留 ${span}`,
  device: '设备',
  place: '位置',
  noPlace: '没有定位',
  distance: (meters, accuracy) => `距店 ${meters} 米${accuracy === null ? '' : `（±${accuracy} 米）`}`,
  noDistance: '商户没有登记位置，算不出距离',
  personMet: '接待人',
  acknowledgement: '商户签认',
  acknowledged: (name) => `${name} 已签认`,
  acknowledgementRefused: '拒绝签认',
  notTold: '没有填',
  inspectors: '检查人',
  checklist: '检查表',
  checklistVersion: (version) => `第 ${version} 版`,
  hash: '内容哈希',
  note: '备注',
  noEntry: '没进去，没有逐项检查',
  answers: '逐项',
  unanswered: '没有答',
  counts: ({ pass, fail, other }) => `合格 ${pass}，不合格 ${fail}，其余 ${other}`,
  value: (value, unit) => `${value} ${unit}`,
  fixed: '当场改好',
  timed: '限期整改',
  unfixed: '没有开单，理由见说明',
  fixedAt: (at) => `${at} 改好`,
  orders: '由此开的整改单',
  noOrders: '没有开整改单。',
  flags: '标注',
  fact: '依据',
  twin: '用过同一张照片的检查',
  settled: '已复核',
  reviewTitle: '复核标注',
  reviewFlags: '复核哪些',
  reviewOutcome: '判断',
  outcome: { explained: '说得通', doubtful: '存疑' },
  outcomeNote: { explained: '有合理原因，这次检查可以用', doubtful: '没有合理原因，这次检查不可靠' },
  reviewNote: '理由',
  reviewMissing: '写一句理由，会一直留在这次检查上。',
  chooseFlag: '至少选一个标注。',
  reviewAct: (count) => `记下判断，${count} 个标注`,
  reviewed: '判断已记下',
  amendments: '更正',
  sealedVersion: '封存时的第 1 版',
  noDifference: '内容没有不同。',
  field: {
    outcome: '答案',
    value: '读数',
    note: '说明',
    photos: '照片',
    fix: '整改',
    personMet: '接待人',
    noEntry: '没进去的原因',
    acknowledgement: '签认',
  },
  nothing: '无',
  photosChanged: (before, after) => `${before} 张换成 ${after} 张`,
  refused: '拒绝',
  missing: (count) => `${count} 张照片还没到`,
  missingNote: '手机联网后会自己补传；七天还不到，可以说明丢失。',
  lose: '说明照片丢失',
  loseTitle: (count) => `${count} 张照片不再等了`,
  loseNote: '原因会留在这次检查上。以后照片到了，照样收下。',
  loseReason: '原因',
  loseMissing: '写明为什么到不了。',
  lost: '已说明丢失',
  lostLine: (reason) => `照片丢失：${reason}`,
  match: '对上商户',
  matchNote: (named) => `手机报的商户是“${named}”，名单里没有。`,
  matchTitle: '这次检查是哪一家',
  matchFind: '店名、拼音、门码或街道',
  matchNear: '检查位置附近的商户',
  matchNone: '没有找到商户',
  matchAct: (shop) => `对上：${shop}`,
  matchChoose: '先选一家商户',
  matchConsequence: '对上以后，检查出的问题会开成整改单，时限从现在算。',
  matched: '已对上商户',
  matchedBy: '对上商户',
  package: '取证据包（ZIP）',
  packing: (size) => `已取 ${size}`,
  packed: '证据包已存到这台电脑',
  packageNote: '含报告、原图、哈希和离线核验工具；每次取都会记录。',
};

const en: Words = {
  unmatched: 'No merchant',
  back: 'Visits',
  version: (version) => `Version ${version}`,
  when: (kind, at, version) => `${kind}, ${at}${version === null ? '' : `, version ${version}`}`,
  fieldOf: (item, field) => `${item}, ${field.toLowerCase()}`,
  colon: ': ',
  facts: 'Course',
  arrived: 'Arrived',
  sealed: 'Sealed',
  received: 'Received',
  completed: 'Photos complete',
  stayed: (span) => `stayed ${span}`,
  device: 'Device',
  place: 'Place',
  noPlace: 'No position',
  distance: (meters, accuracy) =>
    `${meters} m from the shop${accuracy === null ? '' : ` (±\u00a0${accuracy}\u00a0m)`}`,
  noDistance: 'The shop has no registered point to measure from',
  personMet: 'Person met',
  acknowledgement: 'Acknowledgement',
  acknowledged: (name) => `Acknowledged by ${name}`,
  acknowledgementRefused: 'Refused to acknowledge',
  notTold: 'Not filled in',
  inspectors: 'Inspectors',
  checklist: 'Checklist',
  checklistVersion: (version) => `version ${version}`,
  hash: 'Content hash',
  note: 'Note',
  noEntry: 'No entry, so nothing was checked item by item',
  answers: 'Item by item',
  unanswered: 'Not answered',
  counts: ({ pass, fail, other }) => `${pass} passed, ${fail} failed, ${other} others`,
  value: (value, unit) => `${value} ${unit}`,
  fixed: 'Fixed on site',
  timed: 'To be fixed by a deadline',
  unfixed: 'No order, the note says why',
  fixedAt: (at) => `fixed ${at}`,
  orders: 'Orders that came of it',
  noOrders: 'No fix orders.',
  flags: 'Flags',
  fact: 'Based on',
  twin: 'The visit that showed the same photo',
  settled: 'Reviewed',
  reviewTitle: 'Review the flags',
  reviewFlags: 'Which flags',
  reviewOutcome: 'Judgement',
  outcome: { explained: 'Explained', doubtful: 'Doubtful' },
  outcomeNote: {
    explained: 'There is a good reason; the visit can be relied on',
    doubtful: 'There is none; the visit is not to be relied on',
  },
  reviewNote: 'Reason',
  reviewMissing: 'Write one sentence. It stays with the visit.',
  chooseFlag: 'Choose one flag at least.',
  reviewAct: (count) => `Record the judgement on ${countOf(count, 'flag')}`,
  reviewed: 'Judgement recorded',
  amendments: 'Amendments',
  sealedVersion: 'Version 1, as sealed',
  noDifference: 'Nothing differs.',
  field: {
    outcome: 'Answer',
    value: 'Reading',
    note: 'Note',
    photos: 'Photos',
    fix: 'Fix',
    personMet: 'Person met',
    noEntry: 'Why no entry',
    acknowledgement: 'Acknowledgement',
  },
  nothing: 'none',
  photosChanged: (before, after) => `${before} replaced by ${after}`,
  refused: 'refused',
  missing: (count) => `${count} ${count === '1' ? 'photo has' : 'photos have'} not arrived`,
  missingNote: 'The phone sends them once it is online. After seven days they can be stated as lost.',
  lose: 'State photos as lost',
  loseTitle: (count) => `Stop waiting for ${countOf(count, 'photo')}`,
  loseNote: 'The reason stays with the visit. A photo that comes later is still taken in.',
  loseReason: 'Reason',
  loseMissing: 'Write why they cannot come.',
  lost: 'Stated as lost',
  lostLine: (reason) => `Photo lost: ${reason}`,
  match: 'Match with a merchant',
  matchNote: (named) => `The phone named “${named}”, which is not on the list.`,
  matchTitle: 'Which shop was visited',
  matchFind: 'Name, pinyin, door code or street',
  matchNear: 'Shops near the place of the visit',
  matchNone: 'No merchant found',
  matchAct: (shop) => `Match with ${shop}`,
  matchChoose: 'Choose a merchant first',
  matchConsequence: 'The faults found become orders then, and their time runs from now.',
  matched: 'Matched with a merchant',
  matchedBy: 'Matched by',
  package: 'Fetch evidence package (ZIP)',
  packing: (size) => `${size} fetched`,
  packed: 'The evidence package is saved on this computer',
  packageNote: 'Report, originals, hashes and the means to check them offline. Each fetch is logged.',
};

export const words = wordsIn({ zh, en });
