// The words of adjustments: what they do, how they stand, and what becomes of them.
import type { StatusKey } from '../../shared/status.ts';
import { wordsIn } from '../../shared/words.ts';
import type { AdjustmentKind, View } from './views.ts';
import type { SelectorField } from './condition.ts';

type Words = {
  all: string;
  draft: string;
  sort: { label: string; '-draftedAt': string; draftedAt: string };
  views: Record<View, string>;
  viewsLabel: string;
  area: string;
  anyArea: string;
  column: { act: string; kind: string; ground: string; by: string; state: string; clock: string };
  none: string;
  noneNote: string;
  /** What is done to shops that go to a status. */
  verbs: Record<StatusKey, string>;
  kindVerbs: Partial<Record<AdjustmentKind, string>>;
  title: (verb: string, count: string) => string;
  titleOfOne: (verb: string, name: string) => string;
  /** As the label of a button. */
  doTo: (verb: string, count: string) => string;
  unconfirmed: string;
  lapsed: string;
  clock: { begins: string; lapses: string; waited: string; lapsed: string };
  clockNote: {
    begins: (at: string) => string;
    lapses: (at: string) => string;
    waited: (at: string) => string;
  };
  drafted: (at: string) => string;
  submitted: (at: string) => string;
  proposed: string;
  fields: Record<SelectorField, string>;
  values: {
    yes: string;
    no: string;
    never: string;
    risk: (value: string) => string;
    shops: (count: string) => string;
  };
  colon: string;
  comma: string;
  sentence: {
    take: string;
    shops: string;
    and: string;
    except: string;
    byNames: (count: string) => string;
    undoes: (count: string) => string;
    corrects: (count: string) => string;
    imports: (count: string) => string;
    from: string;
    fromEnd: string;
    atApproval: string;
    atOnce: string;
    become: string;
    until: string;
    lapse: string;
    emergency: string;
    everyShop: string;
    earlier: string;
    basis: (kind: string) => string;
    reason: (reason: string) => string;
  };
  basisKinds: Record<'visit' | 'order' | 'complaint' | 'import' | 'proposal' | 'zone', string>;
  figures: {
    label: string;
    change: string;
    excepted: string;
    already: (status: string) => string;
    alreadyThere: string;
    conflicts: string;
    shops: string;
    unchanged: string;
    first: string;
  };
  conflicts: {
    title: (count: string) => string;
    shown: (shown: string) => string;
    merchant: string;
    subdistrict: string;
    now: string;
    why: string;
    code: Record<string, string>;
    passedOver: string;
    blocks: string;
    already: (count: string) => string;
  };
  lines: { title: (count: string) => string; rest: (count: string) => string; newcomer: string; to: string };
  changes: { title: string; field: string; before: string; after: string; none: string; missing: string };
  people: {
    title: string;
    drafted: string;
    draftedAndSubmitted: string;
    submitted: string;
    approved: string;
    rejected: string;
    confirmed: string;
    toDecide: string;
    toConfirm: string;
    toSubmit: string;
    you: string;
    foreign: string;
    own: string;
    alone: string;
  };
  after: {
    title: string;
    atOnce: string;
    at: (moment: string) => string;
    until: (moment: string) => string;
    ledger: (count: string) => string;
    public: (count: string) => string;
    undo: (count: string) => string;
    frozen: string;
  };
  done: {
    title: string;
    at: string;
    height: string;
    changed: string;
    header: string;
    proof: string;
    undone: string;
    setHash: string;
  };
  check: { title: string; tick: (count: string) => string; missing: string };
  note: string;
  optional: string;
  decisionNote: string;
  acts: {
    approve: (what: string) => string;
    confirm: (what: string) => string;
    submit: (what: string) => string;
    reject: string;
    withdraw: string;
    undo: string;
    again: string;
  };
  reject: { title: string; field: string; missing: string; act: string };
  withdraw: { title: string; note: string; act: string };
  undo: { title: string; note: string; field: string; missing: string; act: string };
  said: {
    enacted: (what: string) => string;
    submitted: string;
    rejected: string;
    withdrawn: string;
    confirmed: string;
    undoDrafted: string;
    drafted: string;
    draftKept: (why: string) => string;
  };
  trouble: Record<string, { title: string; note: string }>;
  fetchAnew: string;
  confirmBy: (span: string) => string;
};

const zh: Words = {
  all: '调整单',
  draft: '起草调整单',
  sort: { label: '排序', '-draftedAt': '新的在前', draftedAt: '旧的在前' },
  views: {
    all: '全部',
    draft: '草稿',
    submitted: '待审批',
    unconfirmed: '待确认',
    proposed: '自动提出',
    enacted: '已生效',
    rejected: '已退回',
    withdrawn: '已撤回',
    stale: '已过时',
  },
  viewsLabel: '按状态',
  area: '街道',
  anyArea: '全部街道',
  column: { act: '做什么', kind: '种类', ground: '依据', by: '经手', state: '状态', clock: '时限' },
  none: '没有这样的调整单',
  noneNote: '从名单里选商户，或在这里起草，调整单就会出现。',
  verbs: {
    applying: '重新申请',
    verifying: '转核验',
    listed: '列入名单',
    suspended: '暂停',
    removed: '移出',
    rejected: '不予通过',
    deregistered: '注销',
  },
  kindVerbs: { undo: '撤销调整', facts: '更正登记信息', emergency: '紧急暂停', import: '导入' },
  title: (verb, count) => `${verb} ${count} 家`,
  titleOfOne: (verb, name) => `${verb}：${name}`,
  doTo: (verb, count) => `${verb} ${count} 家`,
  unconfirmed: '待确认',
  lapsed: '已失效',
  clock: { begins: '还有', lapses: '还有', waited: '等了', lapsed: '没有确认' },
  clockNote: {
    begins: (at) => `${at} 生效`,
    lapses: (at) => `${at} 失效`,
    waited: (at) => `${at} 起`,
  },
  drafted: (at) => `${at} 起草`,
  submitted: (at) => `${at} 提交`,
  proposed: '自动提出',
  fields: {
    status: '状态',
    area: '区域',
    subdistrict: '街道',
    category: '门类',
    taskForce: '专班',
    site: '场所',
    'site.kind': '场所种类',
    mode: '营业方式',
    risk: '风险',
    uscc: '信用代码',
    doorCode: '门牌码',
    id: '按名单',
    hasOpenOrders: '有未销号的整改单',
    notVisitedSince: '此后没查过',
    visitedSince: '此后查过',
    lastVisit: '最近一次检查',
  },
  values: {
    yes: '有',
    no: '没有',
    never: '还没查过',
    risk: (value) => `${value} 级`,
    shops: (count) => `${count} 家`,
  },
  colon: '：',
  comma: '、',
  sentence: {
    take: '把',
    shops: '的商户',
    and: '且',
    except: '除了',
    byNames: (count) => `按名单 ${count} 家`,
    undoes: (count) => `把一张调整单给 ${count} 家记的去掉，后来另记的不动`,
    corrects: (count) => `更正 ${count} 家的登记信息`,
    imports: (count) => `新登记 ${count} 家`,
    from: '自',
    fromEnd: '起',
    atApproval: '批准时',
    atOnce: '提交时',
    become: '',
    until: '到',
    lapse: '，到时自动恢复',
    emergency: '，24 小时内没人确认就自动恢复',
    everyShop: '还没有条件',
    earlier: '看那一张',
    basis: (kind) => `根据${kind}`,
    reason: (reason) => `卷内理由：“${reason}”`,
  },
  basisKinds: {
    visit: '一次检查',
    order: '一张整改单',
    complaint: '投诉',
    import: '导入',
    proposal: '自动提出',
    zone: '区域管控',
  },
  figures: {
    label: '试算',
    change: '会变',
    excepted: '除外',
    already: (status) => `已经是${status}`,
    alreadyThere: '已经是',
    conflicts: '不能变',
    shops: '家',
    unchanged: '家，不变',
    first: '家，下面先列',
  },
  conflicts: {
    title: (count) => `不能变的 ${count} 家`,
    shown: (shown) => `列出前 ${shown} 家`,
    merchant: '商户',
    subdistrict: '街道',
    now: '现在',
    why: '为什么',
    code: {
      transition: '从这个状态到不了',
      'needs-recheck': '要先由另一名检查员复查合格',
      'would-erase': '撤销后就没有任何状态了',
      'moved-on': '提交以后又变了',
      already: '已经是了',
    },
    passedOver: '这些商户不变，其余照办。',
    blocks: '名单里有不能变的，提交不了；去掉它们再提交。',
    already: (count) => `已经是的 ${count} 家`,
  },
  lines: {
    title: (count) => `${count} 家`,
    rest: (count) => `其余 ${count} 家`,
    newcomer: '新登记',
    to: '变为',
  },
  changes: {
    title: '改了什么',
    field: '项',
    before: '原来',
    after: '改为',
    none: '和现在的登记一样',
    missing: '没有',
  },
  people: {
    title: '两人经手',
    drafted: '起草',
    draftedAndSubmitted: '起草并提交',
    submitted: '提交',
    approved: '批准',
    rejected: '退回',
    confirmed: '确认',
    toDecide: '批准或退回',
    toConfirm: '确认，或让它失效',
    toSubmit: '提交',
    you: '（你）',
    foreign: '审批人',
    own: '起草人不能批自己的单。',
    alone: '一人可办，不用审批',
  },
  after: {
    title: '批准以后',
    atOnce: '马上生效，每家记一条台账',
    at: (moment) => `${moment} 自动生效，每家记一条台账`,
    until: (moment) => `${moment} 自动恢复`,
    ledger: (count) => `${count} 家的历史都能查验`,
    public: (count) => `${count} 家的公开页写明依据、公告和日期`,
    undo: (count) => `撤销时恢复的正是这 ${count} 家`,
    frozen: '名单已在提交时定住，之后符合条件的不会混进来',
  },
  done: {
    title: '办成的事',
    at: '生效',
    height: '台账第几块',
    changed: '改了',
    header: '看签名的区块头',
    proof: '看这家的凭证',
    undone: '撤销的是',
    setHash: '名单指纹',
  },
  check: {
    title: '核对',
    tick: (count) => `${count} 处冲突我看过了`,
    missing: '先看过冲突，再打勾。',
  },
  note: '批准意见',
  optional: '可不填',
  decisionNote: '意见',
  acts: {
    approve: (what) => `批准，${what}`,
    confirm: (what) => `确认，长期${what}`,
    submit: (what) => `提交，${what}`,
    reject: '退回，写明原因',
    withdraw: '撤回',
    undo: '撤销这次调整',
    again: '照样重新起草',
  },
  reject: { title: '退回这张调整单', field: '退回的原因', missing: '写一句为什么退回。', act: '退回' },
  withdraw: { title: '撤回这张调整单', note: '撤回后不能再提交，要办就重新起草。', act: '撤回' },
  undo: {
    title: '撤销这次调整',
    note: '先起草一张撤销单，还要另一人批准；后来另记的不动。',
    field: '撤销的理由',
    missing: '写一句为什么撤销。',
    act: '起草撤销单',
  },
  said: {
    enacted: (what) => `已生效：${what}`,
    submitted: '已提交，等另一人批准',
    rejected: '已退回',
    withdrawn: '已撤回',
    confirmed: '已确认，不再自动失效',
    undoDrafted: '撤销单起草好了，还没提交',
    drafted: '草稿已存，还没提交',
    draftKept: (why) => `草稿已存，没有提交：${why}`,
  },
  trouble: {
    'set-changed': {
      title: '名单和你看的不一样了',
      note: '取最新的，再核对一遍，然后批准。什么都没有变。',
    },
    'four-eyes': { title: '要由另一人办', note: '起草人、提交人不能批自己的单。请另一位审批人打开这一页。' },
    'adjustment-stale': {
      title: '提交以后有商户又变了，这张单作废',
      note: '一家都没有变。照样重新起草，再提交、批准。',
    },
    'adjustment-state': { title: '这张单已经有人办过', note: '取最新的，看看办成了什么。' },
    'adjustment-conflicts': {
      title: '有商户不能这样变',
      note: '去掉下面列出的，重新起草，再提交。',
    },
    'emergency-limit': {
      title: '不能再紧急暂停',
      note: '一人一天最多 5 家，没人确认过的同一家 7 天内不能再来。请走普通暂停，由另一人批准。',
    },
    duplicate: { title: '已经有一张撤销它的单', note: '到列表里找那一张，接着办。' },
  },
  fetchAnew: '取最新的',
  confirmBy: (span) => `还有 ${span} 自动失效`,
};

const en: Words = {
  all: 'Adjustments',
  draft: 'Draft an adjustment',
  sort: { label: 'Order', '-draftedAt': 'Newest first', draftedAt: 'Oldest first' },
  views: {
    all: 'All',
    draft: 'Drafts',
    submitted: 'To approve',
    unconfirmed: 'To confirm',
    proposed: 'Proposed',
    enacted: 'Enacted',
    rejected: 'Rejected',
    withdrawn: 'Withdrawn',
    stale: 'Out of date',
  },
  viewsLabel: 'By state',
  area: 'Subdistrict',
  anyArea: 'All subdistricts',
  column: {
    act: 'What it does',
    kind: 'Kind',
    ground: 'Ground',
    by: 'By whom',
    state: 'State',
    clock: 'Clock',
  },
  none: 'No such adjustment',
  noneNote: 'Choose merchants from the list, or draft one here.',
  verbs: {
    applying: 'Take a new application of',
    verifying: 'Send to verification',
    listed: 'Put on the list',
    suspended: 'Suspend',
    removed: 'Remove',
    rejected: 'Reject',
    deregistered: 'Deregister',
  },
  kindVerbs: {
    undo: 'Undo an adjustment of',
    facts: 'Correct facts of',
    emergency: 'Suspend in an emergency',
    import: 'Import',
  },
  title: (verb, count) => `${verb}: ${count}`,
  titleOfOne: (verb, name) => `${verb}: ${name}`,
  doTo: (verb, count) => `${verb.charAt(0).toLowerCase()}${verb.slice(1)} ${count}`,
  unconfirmed: 'To confirm',
  lapsed: 'Lapsed',
  clock: { begins: 'in', lapses: 'in', waited: 'waited', lapsed: 'not confirmed' },
  clockNote: {
    begins: (at) => `begins ${at}`,
    lapses: (at) => `lapses ${at}`,
    waited: (at) => `since ${at}`,
  },
  drafted: (at) => `drafted ${at}`,
  submitted: (at) => `submitted ${at}`,
  proposed: 'Proposed automatically',
  fields: {
    status: 'Status',
    area: 'Area',
    subdistrict: 'Subdistrict',
    category: 'Category',
    taskForce: 'Task force',
    site: 'Site',
    'site.kind': 'Kind of site',
    mode: 'Opening mode',
    risk: 'Risk',
    uscc: 'Credit code',
    doorCode: 'Door code',
    id: 'By name',
    hasOpenOrders: 'Has open fix orders',
    notVisitedSince: 'Not visited since',
    visitedSince: 'Visited since',
    lastVisit: 'Last visit',
  },
  values: {
    yes: 'yes',
    no: 'no',
    never: 'Not yet visited',
    risk: (value) => `Level ${value}`,
    shops: (count) => `${count} shops`,
  },
  colon: ': ',
  comma: ', ',
  sentence: {
    take: 'Merchants with',
    shops: '',
    and: 'and',
    except: 'except those with',
    byNames: (count) => `${count} by name`,
    undoes: (count) =>
      `Take away what an adjustment wrote for ${count} merchants; what was written later stays`,
    corrects: (count) => `Correct the facts of ${count} merchants`,
    imports: (count) => `Register ${count} new merchants`,
    from: 'from',
    fromEnd: '',
    atApproval: 'approval',
    atOnce: 'submission',
    become: 'on go to',
    until: 'until',
    lapse: ', then back by itself',
    emergency: ', and back by itself unless confirmed within 24 hours',
    everyShop: 'no condition yet',
    earlier: 'See that one',
    basis: (kind) => `Based on ${kind}`,
    reason: (reason) => `Reason on file: “${reason}”`,
  },
  basisKinds: {
    visit: 'a visit',
    order: 'a fix order',
    complaint: 'a complaint',
    import: 'an import',
    proposal: 'a proposal',
    zone: 'a zone control',
  },
  figures: {
    label: 'Dry run',
    change: 'Will change',
    excepted: 'Excepted',
    already: (status) => `${status} already`,
    alreadyThere: 'There already',
    conflicts: 'Cannot change',
    shops: 'merchants',
    unchanged: 'unchanged',
    first: 'listed first below',
  },
  conflicts: {
    title: (count) => `${count} that cannot change`,
    shown: (shown) => `the first ${shown}`,
    merchant: 'Merchant',
    subdistrict: 'Subdistrict',
    now: 'Now',
    why: 'Why',
    code: {
      transition: 'Cannot get there from this status',
      'needs-recheck': 'Another inspector has to pass it in a recheck first',
      'would-erase': 'Nothing would be left of it',
      'moved-on': 'Has changed since it was submitted',
      already: 'Is there already',
    },
    passedOver: 'These stay as they are; the others change.',
    blocks: 'Some of the list cannot change, so it cannot be submitted. Leave them out first.',
    already: (count) => `${count} there already`,
  },
  lines: {
    title: (count) => `${count} merchants`,
    rest: (count) => `The other ${count}`,
    newcomer: 'New',
    to: 'goes to',
  },
  changes: {
    title: 'What changes',
    field: 'Field',
    before: 'Before',
    after: 'After',
    none: 'The same as on file now',
    missing: 'none',
  },
  people: {
    title: 'Two persons',
    drafted: 'drafted',
    draftedAndSubmitted: 'drafted and submitted',
    submitted: 'submitted',
    approved: 'approved',
    rejected: 'rejected',
    confirmed: 'confirmed',
    toDecide: 'to approve or reject',
    toConfirm: 'to confirm, or let it lapse',
    toSubmit: 'to submit',
    you: ' (you)',
    foreign: 'An approver',
    own: 'Nobody approves what they drafted themselves.',
    alone: 'One person may do this; no approval needed',
  },
  after: {
    title: 'Once approved',
    atOnce: 'In force at once, one ledger entry per merchant',
    at: (moment) => `In force by itself on ${moment}, one ledger entry per merchant`,
    until: (moment) => `Back by itself on ${moment}`,
    ledger: (count) => `The history of all ${count} can be proved`,
    public: (count) => `The public pages of ${count} state ground, notice and date`,
    undo: (count) => `An undo restores exactly these ${count}`,
    frozen: 'The set was frozen at submission: nobody slips in who matches later',
  },
  done: {
    title: 'What was done',
    at: 'In force',
    height: 'Ledger block',
    changed: 'Changed',
    header: 'See the signed block header',
    proof: 'See the proof of this shop',
    undone: 'Undoes',
    setHash: 'Hash of the set',
  },
  check: {
    title: 'Check',
    tick: (count) => `I have looked at the ${count} conflicts`,
    missing: 'Look at the conflicts, then tick.',
  },
  note: 'Note on the approval',
  optional: 'optional',
  decisionNote: 'Note',
  acts: {
    approve: (what) => `Approve: ${what}`,
    confirm: (what) => `Confirm for good: ${what}`,
    submit: (what) => `Submit: ${what}`,
    reject: 'Reject with a reason',
    withdraw: 'Withdraw',
    undo: 'Undo this adjustment',
    again: 'Draft the same anew',
  },
  reject: {
    title: 'Reject this adjustment',
    field: 'Why it is rejected',
    missing: 'Write a sentence why.',
    act: 'Reject',
  },
  withdraw: {
    title: 'Withdraw this adjustment',
    note: 'It cannot be submitted afterwards; draft a new one.',
    act: 'Withdraw',
  },
  undo: {
    title: 'Undo this adjustment',
    note: 'Drafts an undo that another person approves. What was written later stays.',
    field: 'Why it is undone',
    missing: 'Write a sentence why.',
    act: 'Draft the undo',
  },
  said: {
    enacted: (what) => `In force: ${what}`,
    submitted: 'Submitted. Another person approves it.',
    rejected: 'Rejected',
    withdrawn: 'Withdrawn',
    confirmed: 'Confirmed. It no longer lapses.',
    undoDrafted: 'The undo is drafted, not submitted yet',
    drafted: 'Draft saved, not submitted yet',
    draftKept: (why) => `Draft saved, not submitted: ${why}`,
  },
  trouble: {
    'set-changed': {
      title: 'The set is not the one you saw',
      note: 'Fetch the newest, check it again, then approve. Nothing has changed.',
    },
    'four-eyes': {
      title: 'Another person must do this',
      note: 'Nobody approves what they drafted or submitted. Ask another approver to open this page.',
    },
    'adjustment-stale': {
      title: 'Merchants have moved on since it was submitted; this one is void',
      note: 'None of it happened. Draft the same anew, submit it and have it approved.',
    },
    'adjustment-state': { title: 'Somebody has dealt with it already', note: 'Fetch the newest and see.' },
    'adjustment-conflicts': {
      title: 'Some merchants cannot change like this',
      note: 'Leave out those listed below, draft anew, then submit.',
    },
    'emergency-limit': {
      title: 'No further emergency suspension',
      note: 'Five a person and day, and none for a shop within 7 days of one that nobody confirmed. Draft a suspension for another person to approve.',
    },
    duplicate: { title: 'There is an undo of it already', note: 'Find it in the list and go on from there.' },
  },
  fetchAnew: 'Fetch the newest',
  confirmBy: (span) => `lapses in ${span}`,
};

export const words = wordsIn({ zh, en });
