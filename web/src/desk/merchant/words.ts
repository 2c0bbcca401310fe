// The words of a merchant's page, of applying for one, and of correcting its facts.
import { wordsIn } from '../../shared/words.ts';
import type { FieldName } from './facts-form.ts';

type Words = {
  back: string;
  since: (status: string, date: string) => string;
  neighbours: string;
  before: string;
  after: string;
  draft: string;
  edit: string;
  facts: string;
  fields: Record<FieldName, string>;
  hints: Partial<Record<FieldName, string>>;
  optional: string;
  choose: string;
  none: string;
  missing: string;
  badNumber: string;
  badPoint: string;
  badUscc: string;
  unknown: string;
  contact: string;
  code: string;
  taskForce: string;
  noContact: string;
  reveal: string;
  capacity: (count: string) => string;
  ground: string;
  planned: string;
  from: (date: string) => string;
  until: (date: string) => string;
  lastVisit: string;
  zones: string;
  notVisited: string;
  timeline: {
    title: string;
    tabs: Record<'all' | 'entry' | 'visit' | 'order', string>;
    none: string;
    entry: (n: string) => string;
    facts: string;
    cancels: (list: string) => string;
    absent: string;
    adjustment: string;
    decidedBy: string;
    order: string;
    due: (moment: string) => string;
    more: string;
    end: (count: string) => string;
    photo: (number: number) => string;
    marks: string;
  };
  near: {
    title: string;
    none: string;
    picture: (count: string) => string;
    meters: (count: string) => string;
    visit: (meters: string) => string;
    list: (count: string) => string;
    north: string;
    ring: string;
  };
  door: {
    title: string;
    qr: (code: string) => string;
    page: string;
    notice: string;
    picture: string;
    saved: string;
    renew: string;
    renewTitle: string;
    renewNote: string;
    renewAct: string;
    why: string;
    whyMissing: string;
    renewed: string;
  };
  proof: {
    title: string;
    entries: string;
    last: (n: string) => string;
    block: string;
    hash: string;
    prev: string;
    check: string;
    whole: string;
    none: string;
  };
  apply: { title: string; note: string; act: string; done: (name: string) => string };
  correct: {
    title: string;
    note: string;
    act: string;
    same: string;
    done: string;
    waiting: string;
    see: string;
  };
  help: { before: string; after: string; leave: string; all: string };
  keys: string;
};

const zh: Words = {
  back: '名单',
  since: (status, date) => `${status}，自 ${date}`,
  neighbours: '名单上的上一家、下一家',
  before: '上一家',
  after: '下一家',
  draft: '起草调整单',
  edit: '更正登记信息',
  facts: '登记信息',
  fields: {
    name: '店名',
    uscc: '统一社会信用代码',
    outlet: '门店序号',
    registerNumber: '登记号',
    category: '门类',
    gbt4754: '国标行业代码',
    subdistrict: '街道',
    address: '地址',
    point: '位置（经度,纬度）',
    site: '所在市场',
    mode: '营业方式',
    capacity: '限流人数',
    contactName: '联系人',
    contactPhone: '联系电话',
  },
  hints: {
    uscc: '18 位，例：92230104MA1BX0K30E',
    outlet: '同一代码的第几家店',
    address: '例：靖宇街 12号',
    gbt4754: '例：5251',
    point: '例：126.6432,45.7921',
    registerNumber: '没有信用代码时填',
  },
  optional: '可不填',
  choose: '选一个',
  none: '没有',
  missing: '这一项要填',
  badNumber: '填一个整数',
  badPoint: '按“经度,纬度”填，例：126.6432,45.7921',
  badUscc: '代码不对，请对照执照上的 18 位',
  unknown: '没有查到这一项，重新选',
  contact: '联系人',
  code: '登记码',
  taskForce: '专班',
  noContact: '没有登记',
  reveal: '显示',
  capacity: (count) => `限 ${count} 人`,
  ground: '依据',
  planned: '已定的安排',
  from: (date) => `${date}起`,
  until: (date) => `到 ${date}`,
  lastVisit: '上次检查',
  zones: '位于',
  notVisited: '还没查过',
  timeline: {
    title: '经过',
    tabs: { all: '全部', entry: '台账', visit: '检查', order: '整改单' },
    none: '这里还没有发生过什么',
    entry: (n) => `台账第 ${n} 条`,
    facts: '登记信息',
    cancels: (list) => `撤销第 ${list} 条`,
    absent: '不在册',
    adjustment: '看调整单',
    decidedBy: '批准',
    order: '整改单',
    due: (moment) => `${moment} 到期`,
    more: '再往前看',
    end: (count) => `最近的 ${count} 件都在这里`,
    photo: (number) => `照片 ${number}`,
    marks: '各项结果',
  },
  near: {
    title: '周边',
    none: '没有登记位置',
    picture: (count) => `以本店为中心，圈为 50、100、200 米；200 米内另有 ${count} 家`,
    meters: (count) => `${count} 米`,
    visit: (meters) => `上次检查定位在 ${meters} 米外`,
    list: (count) => `周边 ${count} 家，由近到远`,
    north: '上北下南',
    ring: '虚圈：上次检查定位',
  },
  door: {
    title: '门牌码',
    qr: (code) => `门牌码 ${code} 的二维码`,
    page: '公众页',
    notice: '打印门牌',
    picture: '下载二维码',
    saved: '已存到这台电脑',
    renew: '换新门牌码',
    renewTitle: '换新门牌码？',
    renewNote: '旧门牌马上作废，扫出来会说明已换。新门牌要重新打印、贴上。',
    renewAct: '作废旧码，换新码',
    why: '为什么换',
    whyMissing: '请写原因，例如：门牌被撕走。',
    renewed: '门牌码已换新，请打印新门牌',
  },
  proof: {
    title: '凭证',
    entries: '台账',
    last: (n) => `第 ${n} 条`,
    block: '区块',
    hash: '本块',
    prev: '上一块',
    check: '怎么核对',
    whole: '全部凭证',
    none: '还没进名单，没有公开的凭证。',
  },
  apply: {
    title: '申请进名单',
    note: '交上去就是“已申请”。核验通过以后，再用调整单列入名单。',
    act: '交上申请',
    done: (name) => `${name} 已申请`,
  },
  correct: {
    title: '更正登记信息',
    note: '更正记入台账。改店名连同代码、门类、街道或市场，要审批人先看。',
    act: '更正',
    same: '还没有改动。',
    done: '已更正，记入台账',
    waiting: '改动较大，要审批人先看。批准以后才生效。',
    see: '看调整单',
  },
  help: { before: '上一家', after: '下一家', leave: '回到名单', all: '全部快捷键' },
  keys: '快捷键',
};

const en: Words = {
  back: 'List',
  since: (status, date) => `${status} since ${date}`,
  neighbours: 'Previous and next on the list',
  before: 'Previous',
  after: 'Next',
  draft: 'Draft an adjustment',
  edit: 'Correct the facts',
  facts: 'Facts',
  fields: {
    name: 'Name',
    uscc: 'Credit code',
    outlet: 'Outlet number',
    registerNumber: 'Register number',
    category: 'Category',
    gbt4754: 'Industry code',
    subdistrict: 'Subdistrict',
    address: 'Address',
    point: 'Position (longitude,latitude)',
    site: 'Market or mall',
    mode: 'How it serves',
    capacity: 'Most customers inside',
    contactName: 'Contact',
    contactPhone: 'Phone',
  },
  hints: {
    uscc: '18 characters, such as 92230104MA1BX0K30E',
    outlet: 'Which shop under this code',
    address: 'such as 靖宇街 12号',
    gbt4754: 'such as 5251',
    point: 'such as 126.6432,45.7921',
    registerNumber: 'where there is no credit code',
  },
  optional: 'optional',
  choose: 'Choose one',
  none: 'None',
  missing: 'This is needed',
  badNumber: 'Write a whole number',
  badPoint: 'Write longitude,latitude, such as 126.6432,45.7921',
  badUscc: 'The code is not right. Check the 18 characters on the licence',
  unknown: 'This was not found. Choose again',
  contact: 'Contact',
  code: 'Code',
  taskForce: 'Task force',
  noContact: 'None given',
  reveal: 'Show',
  capacity: (count) => `at most ${count} inside`,
  ground: 'Ground',
  planned: 'Decided for later',
  from: (date) => `from ${date}`,
  until: (date) => `until ${date}`,
  lastVisit: 'Last visit',
  zones: 'Lies in',
  notVisited: 'Not yet visited',
  timeline: {
    title: 'History',
    tabs: { all: 'All', entry: 'Ledger', visit: 'Visits', order: 'Fix orders' },
    none: 'Nothing has happened here yet',
    entry: (n) => `Ledger entry ${n}`,
    facts: 'Facts',
    cancels: (list) => `cancels entry ${list}`,
    absent: 'Not in the register',
    adjustment: 'See the adjustment',
    decidedBy: 'Approved by',
    order: 'Fix order',
    due: (moment) => `due ${moment}`,
    more: 'Further back',
    end: (count) => `The latest ${count} are all here`,
    photo: (number) => `Photo ${number}`,
    marks: 'Results by item',
  },
  near: {
    title: 'Neighbourhood',
    none: 'No position is known',
    picture: (count) =>
      `The shop in the middle, rings at 50, 100 and 200 metres; ${count} others within 200 metres`,
    meters: (count) => `${count} m`,
    visit: (meters) => `Last visit was located ${meters} m away`,
    list: (count) => `${count} nearby, nearest first`,
    north: 'North is up',
    ring: 'Dashed ring: last visit',
  },
  door: {
    title: 'Door code',
    qr: (code) => `QR code of door code ${code}`,
    page: 'Public page',
    notice: 'Print the door notice',
    picture: 'Download the QR code',
    saved: 'Saved on this computer',
    renew: 'Renew the door code',
    renewTitle: 'Renew the door code?',
    renewNote: 'The old notice is void at once, and says so when scanned. Print the new one and put it up.',
    renewAct: 'Void the old code',
    why: 'Why it is renewed',
    whyMissing: 'Give the reason, for example: the notice was torn off.',
    renewed: 'The door code is renewed: print the new notice',
  },
  proof: {
    title: 'Proof',
    entries: 'Ledger',
    last: (n) => `entry ${n}`,
    block: 'Block',
    hash: 'This block',
    prev: 'Block before',
    check: 'How to check',
    whole: 'The whole proof',
    none: 'Not on the list yet, so there is no public proof.',
  },
  apply: {
    title: 'Apply for a place on the list',
    note: 'Submitting makes it “Applied”. Once it is verified, an adjustment puts it on the list.',
    act: 'Submit the application',
    done: (name) => `${name} has applied`,
  },
  correct: {
    title: 'Correct the facts',
    note: 'A correction enters the ledger. Another name with another code, another category, subdistrict or market needs an approver first.',
    act: 'Correct',
    same: 'Nothing is changed yet.',
    done: 'Corrected and entered in the ledger',
    waiting: 'This is a larger change: an approver must look first. It takes effect once approved.',
    see: 'See the adjustment',
  },
  help: { before: 'Previous merchant', after: 'Next merchant', leave: 'Back to the list', all: 'All keys' },
  keys: 'Keys',
};

export const words = wordsIn({ zh, en });
