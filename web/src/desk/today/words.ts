// The words of the page that says what needs a decision.
import type { AnswerOf } from '../../shared/server/types.ts';
import { countOf, wordsIn } from '../../shared/words.ts';

type Kind = AnswerOf<'getToday'>['items'][number]['kind'];
type Words = {
  title: (count: string) => string;
  nothing: string;
  nothingNote: string;
  kinds: Record<Kind, { title: string; note: string; act: string }>;
  left: (span: string) => string;
  late: (span: string) => string;
  waited: (span: string) => string;
  at: Record<'lapses' | 'begins' | 'due' | 'since', (moment: string) => string>;
  actOn: (act: string, title: string) => string;
  someShop: string;
  noShop: string;
  missingPhotos: (count: number) => string;
  side: {
    label: string;
    visits: string;
    made: string;
    ledger: string;
    height: (height: string) => string;
    noLedger: string;
    last: string;
    noVisits: string;
  };
  all: (count: string) => string;
};

const zh: Words = {
  title: (count) => `今天要定的 ${count} 件`,
  nothing: '现在没有要定的事',
  nothingNote: '有新的会自己出现在这里。',
  kinds: {
    emergencies: { title: '紧急暂停，待确认', note: '24 小时内不确认，自动失效', act: '看一看' },
    approvals: { title: '调整单，待审批', note: '起草人不能批自己的单', act: '看差别' },
    proposals: { title: '自动提出的草稿', note: '由人决定要不要交上去', act: '看草稿' },
    objections: { title: '商户的异议', note: '由没有参与原决定的人处理', act: '看一看' },
    'overdue-orders': { title: '整改单，逾期', note: '督办清单', act: '处理' },
    'submitted-orders': { title: '整改单，待核验', note: '商户说已经改好', act: '核验' },
    'flagged-visits': { title: '有标注的检查', note: '看说明，判断能不能信', act: '看一看' },
    'unmatched-visits': { title: '没对上商户的检查', note: '指给一家商户', act: '对一对' },
    'visits-without-photos': { title: '照片没到齐的检查', note: '等手机上网，或说明丢失', act: '看一看' },
  },
  left: (span) => `还有 ${span}`,
  late: (span) => `逾期 ${span}`,
  waited: (span) => `等了 ${span}`,
  at: {
    lapses: (moment) => `${moment} 失效`,
    begins: (moment) => `${moment} 生效`,
    due: (moment) => `${moment} 到期`,
    since: (moment) => `${moment} 起`,
  },
  actOn: (act, title) => `${act}：${title}`,
  someShop: '商户',
  noShop: '没对上商户',
  missingPhotos: (count) => `还差 ${count} 张照片`,
  side: {
    label: '今天的情况',
    visits: '今天的检查',
    made: '次',
    ledger: '台账',
    height: (height) => `第 ${height} 块`,
    noLedger: '还没有台账',
    last: '刚才',
    noVisits: '还没有检查',
  },
  all: (count) => `全部 ${count} 件`,
};

const en: Words = {
  title: (count) => `${count} to decide today`,
  nothing: 'Nothing to decide now',
  nothingNote: 'Anything new appears here by itself.',
  kinds: {
    emergencies: {
      title: 'Emergency suspensions to confirm',
      note: 'Lapse after 24 hours unless confirmed',
      act: 'Look',
    },
    approvals: { title: 'Adjustments to approve', note: 'Not by whoever drafted them', act: 'See changes' },
    proposals: {
      title: 'Drafts proposed automatically',
      note: 'A person decides whether to submit',
      act: 'See draft',
    },
    objections: {
      title: 'Merchants’ objections',
      note: 'Not by whoever had part in the decision',
      act: 'Look',
    },
    'overdue-orders': { title: 'Overdue fix orders', note: 'The supervision list', act: 'Handle' },
    'submitted-orders': {
      title: 'Fix orders to verify',
      note: 'The merchant says it is fixed',
      act: 'Verify',
    },
    'flagged-visits': {
      title: 'Flagged visits',
      note: 'Read the explanation, judge whether it holds',
      act: 'Look',
    },
    'unmatched-visits': { title: 'Visits without a merchant', note: 'Match each with one', act: 'Match' },
    'visits-without-photos': {
      title: 'Visits whose photos are missing',
      note: 'Wait for the phone, or state the loss',
      act: 'Look',
    },
  },
  left: (span) => `${span} left`,
  late: (span) => `${span} overdue`,
  waited: (span) => `waited ${span}`,
  at: {
    lapses: (moment) => `lapses ${moment}`,
    begins: (moment) => `begins ${moment}`,
    due: (moment) => `due ${moment}`,
    since: (moment) => `since ${moment}`,
  },
  actOn: (act, title) => `${act}: ${title}`,
  someShop: 'A merchant',
  noShop: 'No merchant matched',
  missingPhotos: (count) => `${countOf(count, 'photo')} missing`,
  side: {
    label: 'How today goes',
    visits: 'Visits today',
    made: 'made',
    ledger: 'Ledger',
    height: (height) => `block ${height}`,
    noLedger: 'No ledger yet',
    last: 'Just now',
    noVisits: 'No visits yet',
  },
  all: (count) => `All ${count}`,
};

export const words = wordsIn({ zh, en });
