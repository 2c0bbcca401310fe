// The field's terms as people read them: kinds, states, outcomes, roles, flags. One word for one thing on every face.
import type { Language } from './language.ts';
import type { AnswerOf, ItemOf } from './server/types.ts';
import { wordsIn } from './words.ts';

type Visit = ItemOf<'getVisits'>;
type Order = ItemOf<'getOrders'>;
type Adjustment = ItemOf<'getAdjustments'>;
type Objection = ItemOf<'getObjections'>;
type User = AnswerOf<'getAuthMe'>;
type Site = ItemOf<'getSites'>;
type Merchant = AnswerOf<'getMerchantsId'>;

type Vocabulary = {
  visitKind: Record<Visit['kind'], string>;
  visitResult: Record<Visit['result'], string>;
  visitState: Record<Visit['state'], string>;
  outcome: Record<'pass' | 'fail' | 'na' | 'unchecked', string>;
  noEntry: Record<'closed' | 'refused' | 'moved', string>;
  flag: Record<Visit['flags'][number], string>;
  severity: Record<Order['severity'], string>;
  orderState: Record<Order['state'], string>;
  orderLevel: Record<Order['level'], string>;
  orderAct: Record<Order['history'][number]['act'], string>;
  adjustmentKind: Record<Adjustment['kind'], string>;
  adjustmentState: Record<Adjustment['state'], string>;
  objectionState: Record<Objection['state'], string>;
  ground: Record<Adjustment['ground'], string>;
  role: Record<User['role'] | 'link' | 'system', string>;
  siteKind: Record<Site['kind'], string>;
  mode: Record<Merchant['mode'][number], string>;
};

const zh: Vocabulary = {
  visitKind: {
    routine: '日常巡查',
    joint: '联合巡查',
    self: '商户自查',
    recheck: '复查',
    complaint: '投诉核查',
    patrol: '巡街',
  },
  visitResult: { passed: '全部合格', fixed: '当场改好', orders: '限期整改', 'no-entry': '没进去' },
  visitState: { received: '照片未齐', complete: '齐全', 'complete-without': '缺照片，已说明' },
  outcome: { pass: '合格', fail: '不合格', na: '不适用', unchecked: '未查' },
  noEntry: { closed: '关着门', refused: '不让进', moved: '搬走了' },
  flag: {
    'far-from-merchant': '离店远',
    'clock-skew': '手机时间不准',
    'gallery-photo': '相册照片',
    'scope-changed': '范围已变',
    'photo-seen-before': '照片以前用过',
    'impossible-travel': '路程不可能',
    'fault-withdrawn': '问题被改掉',
  },
  severity: { minor: '一般', major: '较重', critical: '严重' },
  orderState: { open: '待整改', submitted: '待核验', closed: '已销号', cancelled: '已取消' },
  orderLevel: { none: '未升级', yellow: '黄牌', red: '红牌' },
  orderAct: {
    open: '开单',
    submit: '交回',
    verify: '核验通过，销号',
    return: '退回',
    extend: '延期',
    cancel: '取消',
    escalate: '升级',
    propose: '提出暂停',
    recount: '重算期限',
  },
  adjustmentKind: {
    list: '名单',
    rule: '规则',
    facts: '登记信息',
    undo: '撤销',
    emergency: '紧急暂停',
    import: '导入',
    merge: '合并重复',
    handover: '换租户',
  },
  adjustmentState: {
    draft: '草稿',
    submitted: '待审批',
    approved: '已批准',
    enacting: '正在生效',
    enacted: '已生效',
    rejected: '已退回',
    withdrawn: '已撤回',
    stale: '已过时',
  },
  objectionState: { open: '待处理', withdrawn: '已撤回', upheld: '异议成立', dismissed: '异议不成立' },
  ground: {
    application: '申请',
    verified: '核验通过',
    seed: '建库',
    import: '导入',
    visit: '检查',
    order: '整改单',
    complaint: '投诉举报',
    notice: '公告',
    zone: '区域管控',
    closure: '关店',
    correction: '更正',
    objection: '异议',
    undo: '撤销',
    emergency: '紧急情况',
    other: '其他',
  },
  role: {
    merchant: '商户',
    inspector: '检查员',
    staff: '工作人员',
    approver: '审批人',
    auditor: '审计',
    admin: '管理员',
    link: '商户链接',
    system: '自动',
  },
  siteKind: { 'farm-market': '农贸市场', mall: '商场', 'logistics-park': '物流园' },
  mode: { 'in-store': '到店', 'pick-up': '自提', delivery: '外送' },
};

const en: Vocabulary = {
  visitKind: {
    routine: 'Routine visit',
    joint: 'Joint visit',
    self: 'Self-check',
    recheck: 'Recheck',
    complaint: 'Complaint',
    patrol: 'Patrol',
  },
  visitResult: {
    passed: 'All passed',
    fixed: 'Fixed on site',
    orders: 'Orders given',
    'no-entry': 'No entry',
  },
  visitState: {
    received: 'Photos missing',
    complete: 'Complete',
    'complete-without': 'Without photos, explained',
  },
  outcome: { pass: 'Pass', fail: 'Fail', na: 'Not applicable', unchecked: 'Not checked' },
  noEntry: { closed: 'Closed', refused: 'Refused', moved: 'Moved away' },
  flag: {
    'far-from-merchant': 'Far from the shop',
    'clock-skew': 'Phone clock wrong',
    'gallery-photo': 'Gallery photo',
    'scope-changed': 'Scope changed',
    'photo-seen-before': 'Photo used before',
    'impossible-travel': 'Impossible travel',
    'fault-withdrawn': 'Fault taken back',
  },
  severity: { minor: 'Minor', major: 'Major', critical: 'Critical' },
  orderState: { open: 'To fix', submitted: 'To verify', closed: 'Closed', cancelled: 'Cancelled' },
  orderLevel: { none: 'Not escalated', yellow: 'Yellow card', red: 'Red card' },
  orderAct: {
    open: 'Opened',
    submit: 'Submitted',
    verify: 'Verified and closed',
    return: 'Returned',
    extend: 'Extended',
    cancel: 'Cancelled',
    escalate: 'Escalated',
    propose: 'Suspension proposed',
    recount: 'Due counted anew',
  },
  adjustmentKind: {
    list: 'List',
    rule: 'Rule',
    facts: 'Facts',
    undo: 'Undo',
    emergency: 'Emergency',
    import: 'Import',
    merge: 'Merge',
    handover: 'New tenant',
  },
  adjustmentState: {
    draft: 'Draft',
    submitted: 'To approve',
    approved: 'Approved',
    enacting: 'Taking effect',
    enacted: 'Enacted',
    rejected: 'Rejected',
    withdrawn: 'Withdrawn',
    stale: 'Out of date',
  },
  objectionState: { open: 'To decide', withdrawn: 'Withdrawn', upheld: 'Upheld', dismissed: 'Dismissed' },
  ground: {
    application: 'Application',
    verified: 'Verified',
    seed: 'First entry',
    import: 'Import',
    visit: 'Visit',
    order: 'Fix order',
    complaint: 'Complaint',
    notice: 'Notice',
    zone: 'Zone control',
    closure: 'Closed down',
    correction: 'Correction',
    objection: 'Objection',
    undo: 'Undo',
    emergency: 'Emergency',
    other: 'Other',
  },
  role: {
    merchant: 'Merchant',
    inspector: 'Inspector',
    staff: 'Staff',
    approver: 'Approver',
    auditor: 'Auditor',
    admin: 'Admin',
    link: 'Merchant’s link',
    system: 'Automatic',
  },
  siteKind: { 'farm-market': 'Farm market', mall: 'Mall', 'logistics-park': 'Logistics park' },
  mode: { 'in-store': 'In store', 'pick-up': 'Pick-up', delivery: 'Delivery' },
};

export const terms = wordsIn<Vocabulary>({ zh, en } satisfies Record<Language, Vocabulary>);
