// The words of visits: their list, and one visit with all that came later.
import type { AnswerOf } from '../../shared/server/types.ts';
import { wordsIn } from '../../shared/words.ts';
import type { Difference } from './body.ts';

type Custody = AnswerOf<'getPhotosSha256Custody'>['items'][number];
type Outcome = AnswerOf<'getVisitsId'>['reviews'][number]['outcome'];

type Words = {
  title: string;
  total: (total: string) => string;
  none: string;
  noneNote: string;
  columns: {
    at: string;
    shop: string;
    kind: string;
    result: string;
    inspectors: string;
    flags: string;
    photos: string;
  };
  unmatched: string;
  kind: string;
  anyKind: string;
  result: string;
  anyResult: string;
  state: string;
  anyState: string;
  flag: string;
  anyFlag: string;
  inspector: string;
  anyInspector: string;
  onlyReview: string;
  onlyUnmatched: string;
  from: string;
  to: string;
  period: string;
  filter: Record<string, (value: string) => string>;
  photos: (present: string, all: string) => string;
  noPhotos: string;
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
  noFlags: string;
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
  original: string;
  custody: string;
  custodyTitle: string;
  custodyAct: Record<Custody['act'], string>;
  custodyColumns: { at: string; act: string; by: string; address: string };
  redact: string;
  redactTitle: string;
  redactNote: string;
  redactAdd: string;
  redactRemove: (number: string) => string;
  rectangle: (number: string) => string;
  side: Record<'x' | 'y' | 'width' | 'height', string>;
  redactReason: string;
  redactMissing: string;
  redactNone: string;
  redactAct: (count: string) => string;
  redacted: string;
  redactedSave: string;
};

const zh: Words = {
  title: '检查',
  total: (total) => `${total} 次`,
  none: '没有符合的检查',
  noneNote: '去掉一个条件，或者换一段时间。',
  columns: {
    at: '收到',
    shop: '商户',
    kind: '种类',
    result: '结果',
    inspectors: '检查人',
    flags: '标注',
    photos: '照片',
  },
  unmatched: '没对上商户',
  kind: '种类',
  anyKind: '全部种类',
  result: '结果',
  anyResult: '全部结果',
  state: '照片',
  anyState: '照片不限',
  flag: '标注',
  anyFlag: '标注不限',
  inspector: '检查人',
  anyInspector: '全部检查人',
  onlyReview: '只看待复核',
  onlyUnmatched: '只看没对上商户',
  from: '从',
  to: '到',
  period: '收到的日期',
  filter: {
    merchant: (value) => value,
    inspector: (value) => `检查人 ${value}`,
    item: (value) => `检查项 ${value}`,
    outcome: (value) => `答案 ${value}`,
    kind: (value) => value,
    result: (value) => value,
    state: (value) => value,
    flag: (value) => value,
    area: (value) => value,
    taskForce: (value) => value,
    needsReview: (value) => (value === 'true' ? '待复核' : '不用复核'),
    unmatched: (value) => (value === 'true' ? '没对上商户' : '对上了商户'),
  },
  photos: (present, all) => `${present} / ${all}`,
  noPhotos: '无',
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
  noFlags: '没有标注。',
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
  original: '取原图（会记录）',
  custody: '保管记录',
  custodyTitle: '这张原图的保管记录',
  custodyAct: { received: '收到', viewed: '看过原图', packed: '进了证据包', redacted: '做了遮盖副本' },
  custodyColumns: { at: '时间', act: '事情', by: '谁', address: '地址' },
  redact: '做遮盖副本',
  redactTitle: '遮盖照片的一部分',
  redactNote: '在照片上拖出要遮住的地方。原图不变，另存一张副本。',
  redactAdd: '加一块',
  redactRemove: (number) => `去掉第 ${number} 块`,
  rectangle: (number) => `第 ${number} 块`,
  side: { x: '左 %', y: '上 %', width: '宽 %', height: '高 %' },
  redactReason: '理由',
  redactMissing: '写一句理由。',
  redactNone: '先遮住至少一块。',
  redactAct: (count) => `遮住 ${count} 块，另存副本`,
  redacted: '遮盖副本已存好',
  redactedSave: '取副本',
};

const en: Words = {
  title: 'Visits',
  total: (total) => `${total} visits`,
  none: 'No visit matches',
  noneNote: 'Drop a condition, or choose another period.',
  columns: {
    at: 'Received',
    shop: 'Merchant',
    kind: 'Kind',
    result: 'Result',
    inspectors: 'Inspectors',
    flags: 'Flags',
    photos: 'Photos',
  },
  unmatched: 'No merchant',
  kind: 'Kind',
  anyKind: 'Any kind',
  result: 'Result',
  anyResult: 'Any result',
  state: 'Photos',
  anyState: 'Any photos',
  flag: 'Flag',
  anyFlag: 'Any flags',
  inspector: 'Inspector',
  anyInspector: 'All inspectors',
  onlyReview: 'To review only',
  onlyUnmatched: 'Without a merchant only',
  from: 'From',
  to: 'To',
  period: 'Day of receipt',
  filter: {
    merchant: (value) => value,
    inspector: (value) => `Inspector ${value}`,
    item: (value) => `Item ${value}`,
    outcome: (value) => `Answer ${value}`,
    kind: (value) => value,
    result: (value) => value,
    state: (value) => value,
    flag: (value) => value,
    area: (value) => value,
    taskForce: (value) => value,
    needsReview: (value) => (value === 'true' ? 'To review' : 'Nothing to review'),
    unmatched: (value) => (value === 'true' ? 'Without a merchant' : 'With a merchant'),
  },
  photos: (present, all) => `${present} / ${all}`,
  noPhotos: 'none',
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
  noFlags: 'No flags.',
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
  reviewAct: (count) => `Record the judgement on ${count} ${count === '1' ? 'flag' : 'flags'}`,
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
  loseTitle: (count) => `Stop waiting for ${count} ${count === '1' ? 'photo' : 'photos'}`,
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
  original: 'Fetch original (is logged)',
  custody: 'Custody',
  custodyTitle: 'Custody of this original',
  custodyAct: {
    received: 'Received',
    viewed: 'Original viewed',
    packed: 'Put into an evidence package',
    redacted: 'Redacted copy made',
  },
  custodyColumns: { at: 'Time', act: 'Deed', by: 'Who', address: 'Address' },
  redact: 'Make a redacted copy',
  redactTitle: 'Cover parts of the photo',
  redactNote: 'Drag over what is to be covered. The original stays; a copy is made.',
  redactAdd: 'Add a part',
  redactRemove: (number) => `Remove part ${number}`,
  rectangle: (number) => `Part ${number}`,
  side: { x: 'Left %', y: 'Top %', width: 'Width %', height: 'Height %' },
  redactReason: 'Reason',
  redactMissing: 'Write one sentence.',
  redactNone: 'Cover one part at least.',
  redactAct: (count) => `Cover ${count} and save a copy`,
  redacted: 'The redacted copy is made',
  redactedSave: 'Fetch the copy',
};

export const words = wordsIn({ zh, en });
