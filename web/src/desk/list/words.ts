// The words of the list, of its past, and of what changed between two instants.
import { countOf, wordsIn } from '../../shared/words.ts';
import type { ColumnName } from './columns.ts';

type Words = {
  title: string;
  total: (count: string) => string;
  search: string;
  searchHint: string;
  apply: string;
  columns: string;
  keys: string;
  name: string;
  column: Record<ColumnName, string>;
  notVisited: string;
  openOrders: (count: string) => string;
  outlet: (number: number) => string;
  table: string;
  empty: string;
  emptyNote: string;
  dropAll: string;
  loading: string;
  facets: {
    title: string;
    toggle: (chosen: number) => string;
    status: string;
    category: string;
    subdistrict: string;
    taskForce: string;
    lastVisit: string;
    hasOpenOrders: string;
    zone: string;
    rest: (count: number) => string;
    fewer: string;
    never: string;
    open: { true: string; false: string };
    other: string;
    drop: string;
  };
  filterNames: Record<string, string>;
  select: { row: (name: string) => string; all: string; tooMany: string };
  bar: {
    some: (count: string) => string;
    all: (count: string) => string;
    pastNote: string;
    cancel: string;
    draft: string;
  };
  asOf: {
    label: string;
    present: string;
    presentNote: string;
    past: (moment: string) => string;
    looking: string;
    planned: string;
    ruler: string;
    rulerText: (moment: string) => string;
    now: string;
    days: string;
    daysOf: (count: number) => string;
    entries: (day: string, count: string) => string;
    field: string;
    go: string;
    sums: (sums: { listed: string; removed: string; suspended: string; other: string | null }) => string;
    none: string;
    diff: string;
    back: string;
  };
  diff: {
    title: string;
    from: string;
    to: string;
    go: string;
    before: string;
    after: string;
    same: string;
    sameNote: string;
    absent: string;
    moves: string;
    bad: string;
    back: string;
  };
  help: { search: string; move: string; select: string; open: string; leave: string; all: string };
};

const zh: Words = {
  title: '名单',
  total: (count) => `${count} 家`,
  search: '搜索名单',
  searchHint: '店名、拼音首字母、代码、街道',
  apply: '申请进名单',
  columns: '列',
  keys: '快捷键',
  name: '商户',
  column: {
    code: '代码',
    doorCode: '门牌码',
    status: '状态',
    category: '门类',
    subdistrict: '街道',
    address: '地址',
    taskForce: '专班',
    since: '起始',
    lastVisit: '上次检查',
    openOrders: '整改',
  },
  notVisited: '还没查',
  openOrders: (count) => `${count} 张`,
  outlet: (number) => `${number} 号店`,
  table: '名单，可用 J、K 上下移动',
  empty: '没有符合条件的商户',
  emptyNote: '少选一个条件，或换个词再搜。',
  dropAll: '去掉全部条件',
  loading: '正在取这一行',
  facets: {
    title: '筛选',
    toggle: (chosen) => (chosen === 0 ? '筛选' : `筛选（${chosen}）`),
    status: '状态',
    category: '门类',
    subdistrict: '街道',
    taskForce: '专班',
    lastVisit: '上次检查',
    hasOpenOrders: '整改单',
    zone: '风险区',
    rest: (count) => `其余 ${count} 类`,
    fewer: '收起',
    never: '还没查过',
    open: { true: '有没销号的', false: '没有' },
    other: '其他条件',
    drop: '，去掉',
  },
  filterNames: {
    area: '区域',
    site: '市场',
    'site.kind': '市场类型',
    mode: '营业方式',
    risk: '风险',
    uscc: '信用代码',
    doorCode: '门牌码',
    id: '指定的商户',
    notVisitedSince: '此后没查过',
    visitedSince: '此后查过',
    near: '附近',
    radius: '半径（米）',
    sort: '排序',
  },
  select: {
    row: (name) => `选上 ${name}`,
    all: '全选',
    tooMany: '一家家选最多 200 家。要更多，用筛选再全选。',
  },
  bar: {
    some: (count) => `已选 ${count} 家`,
    all: (count) => `已选符合条件的全部 ${count} 家`,
    pastNote: '过去的名单只能看；起草会用现在的状态。',
    cancel: '取消选择',
    draft: '起草调整单',
  },
  asOf: {
    label: '看过去的名单',
    present: '现在的名单',
    presentNote: '拖动可看过去',
    past: (moment) => `${moment} 的名单`,
    looking: '正在看',
    planned: '按计划',
    ruler: '看哪个时刻的名单',
    rulerText: (moment) => moment,
    now: '现在',
    days: '尺子的长度',
    daysOf: (count) => `${count} 天`,
    entries: (day, count) => `${day}：台账 ${count} 条`,
    field: '日期和时间',
    go: '看那时',
    sums: ({ listed, removed, suspended, other }) =>
      `到现在：新增 ${listed}，移出 ${removed}，暂停 ${suspended}${other === null ? '' : `，其他 ${other}`}`,
    none: '到现在：没有变化',
    diff: '看差别',
    back: '回到现在',
  },
  diff: {
    title: '名单的差别',
    from: '从',
    to: '到',
    go: '看差别',
    before: '原来',
    after: '后来',
    same: '这两个时刻的名单一样',
    sameNote: '没有商户的状态变过。',
    absent: '不在册',
    moves: '变化',
    bad: '两个时刻都要填全。',
    back: '名单',
  },
  help: {
    search: '搜索',
    move: '下一行、上一行',
    select: '选上或取消这一行',
    open: '打开商户',
    leave: '取消选择、去掉条件',
    all: '全部快捷键',
  },
};

const en: Words = {
  title: 'List',
  total: (count) => countOf(count, 'merchant'),
  search: 'Search the list',
  searchHint: 'Name, pinyin initials, code, street',
  apply: 'Apply for a place',
  columns: 'Columns',
  keys: 'Keys',
  name: 'Merchant',
  column: {
    code: 'Code',
    doorCode: 'Door code',
    status: 'Status',
    category: 'Category',
    subdistrict: 'Subdistrict',
    address: 'Address',
    taskForce: 'Task force',
    since: 'Since',
    lastVisit: 'Last visit',
    openOrders: 'Orders',
  },
  notVisited: 'Not yet',
  openOrders: (count) => `${count} open`,
  outlet: (number) => `outlet ${number}`,
  table: 'The list; J and K move through its rows',
  empty: 'No merchant matches',
  emptyNote: 'Drop a condition, or search for another word.',
  dropAll: 'Drop all conditions',
  loading: 'Fetching this row',
  facets: {
    title: 'Filter',
    toggle: (chosen) => (chosen === 0 ? 'Filter' : `Filter (${chosen})`),
    status: 'Status',
    category: 'Category',
    subdistrict: 'Subdistrict',
    taskForce: 'Task force',
    lastVisit: 'Last visit',
    hasOpenOrders: 'Fix orders',
    zone: 'Zone',
    rest: (count) => `${count} more`,
    fewer: 'Show fewer',
    never: 'Not yet visited',
    open: { true: 'Some open', false: 'None open' },
    other: 'Other conditions',
    drop: ', drop it',
  },
  filterNames: {
    area: 'Area',
    site: 'Site',
    'site.kind': 'Kind of site',
    mode: 'Mode',
    risk: 'Risk',
    uscc: 'Credit code',
    doorCode: 'Door code',
    id: 'Named merchants',
    notVisitedSince: 'Not visited since',
    visitedSince: 'Visited since',
    near: 'Near',
    radius: 'Radius (m)',
    sort: 'Order',
  },
  select: {
    row: (name) => `Select ${name}`,
    all: 'Select all',
    tooMany: 'At most 200 one by one. For more, filter first and then select all.',
  },
  bar: {
    some: (count) => `${count} selected`,
    all: (count) => `All ${count} that match selected`,
    pastNote: 'The past can only be looked at; a draft starts from the present status.',
    cancel: 'Clear selection',
    draft: 'Draft an adjustment',
  },
  asOf: {
    label: 'The list of an earlier moment',
    present: 'The present list',
    presentNote: 'Drag to see the past',
    past: (moment) => `The list of ${moment}`,
    looking: 'Looking at',
    planned: 'as planned',
    ruler: 'Which moment’s list to see',
    rulerText: (moment) => moment,
    now: 'now',
    days: 'Length of the ruler',
    daysOf: (count) => countOf(count, 'day'),
    entries: (day, count) => `${day}: ${count} ledger entries`,
    field: 'Date and time',
    go: 'Show it',
    sums: ({ listed, removed, suspended, other }) =>
      `Since then: ${listed} listed, ${removed} removed, ${suspended} suspended${other === null ? '' : `, ${other} other`}`,
    none: 'Since then: no change',
    diff: 'See changes',
    back: 'Back to now',
  },
  diff: {
    title: 'Changes of the list',
    from: 'From',
    to: 'To',
    go: 'See changes',
    before: 'Before',
    after: 'After',
    same: 'The list is the same at both moments',
    sameNote: 'No merchant changed its status.',
    absent: 'Not in the register',
    moves: 'Changes',
    bad: 'Both moments are needed in full.',
    back: 'List',
  },
  help: {
    search: 'Search',
    move: 'Next row, previous row',
    select: 'Select the row, or not',
    open: 'Open the merchant',
    leave: 'Clear the selection, drop the conditions',
    all: 'All keys',
  },
};

export const words = wordsIn({ zh, en });
