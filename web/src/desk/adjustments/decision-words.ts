// The words of who has an adjustment in hand, what follows from it, and the decision on it.
import { countOf, wordsIn } from '../../shared/words.ts';

type Words = {
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
    undoHandover: string;
    frozen: string;
  };
  done: {
    title: string;
    at: string;
    from: string;
    height: string;
    changed: string;
    header: string;
    proof: string;
    undone: string;
    setHash: string;
  };
  check: { title: string; tick: (count: string) => string; missing: string };
  nothingToUndo: string;
  removeInstead: string;
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
  trouble: Record<string, { title: string; note: string }>;
  fetchAnew: string;
  confirmBy: (span: string) => string;
};

const zh: Words = {
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
    undoHandover: '撤销时恢复原来那一家；新租户的申请还在，另行办理',
    frozen: '名单已在提交时定住，之后符合条件的不会混进来',
  },
  done: {
    title: '办成的事',
    at: '记入台账',
    from: '生效',
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
  nothingToUndo: '新列入的商户没有更早的状态，撤销不了。不该列入的，可以移出名单：',
  removeInstead: '起草移出',
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
    undoHandover:
      'An undo restores the shop that left; the application of the new tenant stays, to be decided by itself',
    frozen: 'The set was frozen at submission: nobody slips in who matches later',
  },
  done: {
    title: 'What was done',
    at: 'Entered in the ledger',
    from: 'In force from',
    height: 'Ledger block',
    changed: 'Changed',
    header: 'See the signed block header',
    proof: 'See the proof of this shop',
    undone: 'Undoes',
    setHash: 'Hash of the set',
  },
  check: {
    title: 'Check',
    tick: (count) => `I have looked at the ${countOf(count, 'conflict')}`,
    missing: 'Look at the conflicts, then tick.',
  },
  nothingToUndo:
    'Shops that were entered by it have no earlier status, so it cannot be undone. They can be removed from the list instead:',
  removeInstead: 'Draft a removal',
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
