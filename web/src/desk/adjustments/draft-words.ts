// The words of the page on which an adjustment is drafted.
import { wordsIn } from '../../shared/words.ts';
import type { Missing } from './drafting.ts';

type Words = {
  title: string;
  by: { label: string; rule: string; names: string };
  addCondition: string;
  addException: string;
  remove: (field: string) => string;
  shops: (count: string) => string;
  search: string;
  searchHint: string;
  searchNone: string;
  chosen: (count: string) => string;
  noneChosen: string;
  take: (name: string) => string;
  to: string;
  from: string;
  fromHint: string;
  until: string;
  untilHint: string;
  why: string;
  ground: string;
  choose: string;
  ownGround: string;
  reason: string;
  reasonHint: string;
  notice: string;
  noticeHint: string;
  basis: string;
  basisNone: string;
  basisId: string;
  emergency: string;
  emergencyNote: string;
  optional: string;
  missing: Record<Missing, string>;
  trial: {
    waiting: string;
    nothing: string;
    none: string;
    at: (moment: string) => string;
    sample: (count: string) => string;
    more: (count: string) => string;
    leaveOut: (count: string) => string;
  };
  save: string;
  submit: (deed: string) => string;
  submitEmergency: string;
  submitting: string;
  next: { title: string; draft: string; second: string; alone: string; emergency: string };
  loading: string;
};

const zh: Words = {
  title: '起草调整单',
  by: { label: '怎么选商户', rule: '按条件', names: '按名单' },
  addCondition: '加条件',
  addException: '加除外',
  remove: (field) => `去掉“${field}”`,
  shops: (count) => `按名单 ${count} 家`,
  search: '按名称、拼音或门牌码找商户',
  searchHint: '例：康宁，kn',
  searchNone: '没有找到',
  chosen: (count) => `已选 ${count} 家`,
  noneChosen: '还没有选商户。',
  take: (name) => `去掉 ${name}`,
  to: '变为',
  from: '生效时间',
  fromHint: '不填：一批准就生效',
  until: '到期时间',
  untilHint: '不填：不自动恢复',
  why: '为什么',
  ground: '依据',
  choose: '选一个',
  ownGround: '依据是申请',
  reason: '卷内理由',
  reasonHint: '写清什么时候、谁、看到什么。公众看不到这一句。',
  notice: '公告文号',
  noticeHint: '公众看得到。例：2022年第11号公告',
  basis: '根据哪条记录',
  basisNone: '没有',
  basisId: '记录编号',
  emergency: '紧急暂停：马上生效，24 小时',
  emergencyNote: '不等审批；另一人 24 小时内不确认，就自动恢复。',
  optional: '可不填',
  missing: {
    whom: '先说是哪些商户：加一个条件，或选商户。',
    ground: '选一个依据。',
    reason: '写一句理由，入卷用。',
  },
  trial: {
    waiting: '正在试算',
    nothing: '说了是哪些商户，这里就试算：会变几家、谁不能变。什么都不会存下。',
    none: '没有商户符合',
    at: (moment) => `试算于 ${moment}，什么都没有存`,
    sample: (count) => `会变的 ${count} 家`,
    more: (count) => `还有 ${count} 家，起草后全部列出`,
    leaveOut: (count) => `去掉不能变的 ${count} 家`,
  },
  save: '存草稿',
  submit: (deed) => `提交审批，${deed}`,
  submitEmergency: '马上紧急暂停 1 家',
  submitting: '正在提交',
  next: {
    title: '接下来',
    draft: '存草稿：名单不变，以后再提交',
    second: '提交：名单定住，等另一人批准',
    alone: '申请的各步，一人一天最多 20 家，提交就生效',
    emergency: '提交就生效；等另一人确认',
  },
  loading: '正在取原来的单',
};

const en: Words = {
  title: 'Draft an adjustment',
  by: { label: 'How to choose merchants', rule: 'By conditions', names: 'By name' },
  addCondition: 'Add a condition',
  addException: 'Add an exception',
  remove: (field) => `Drop “${field}”`,
  shops: (count) => `${count} by name`,
  search: 'Find merchants by name, pinyin or door code',
  searchHint: 'e.g. 康宁, kn',
  searchNone: 'Nothing found',
  chosen: (count) => `${count} chosen`,
  noneChosen: 'No merchant chosen yet.',
  take: (name) => `Take ${name} out`,
  to: 'Goes to',
  from: 'In force from',
  fromHint: 'Left empty: once approved',
  until: 'Until',
  untilHint: 'Left empty: no end',
  why: 'Why',
  ground: 'Ground',
  choose: 'Choose one',
  ownGround: 'The ground is the application',
  reason: 'Reason for the file',
  reasonHint: 'When, who, and what was seen. The public does not see it.',
  notice: 'Notice number',
  noticeHint: 'The public sees it. E.g. 2022年第11号公告',
  basis: 'Record it rests on',
  basisNone: 'None',
  basisId: 'Its id',
  emergency: 'Emergency: at once, for 24 hours',
  emergencyNote: 'Without approval; lapses unless another person confirms it within 24 hours.',
  optional: 'optional',
  missing: {
    whom: 'Say which merchants: add a condition, or choose some.',
    ground: 'Choose a ground.',
    reason: 'Write a sentence for the file.',
  },
  trial: {
    waiting: 'Trying it',
    nothing: 'Say which merchants, and it is tried here: how many change, and who cannot. Nothing is stored.',
    none: 'No merchant matches',
    at: (moment) => `Tried ${moment}; nothing is stored`,
    sample: (count) => `${count} will change`,
    more: (count) => `${count} more; the draft lists them all`,
    leaveOut: (count) => `Leave out the ${count} that cannot change`,
  },
  save: 'Save as draft',
  submit: (deed) => `Submit for approval: ${deed}`,
  submitEmergency: 'Suspend 1 at once',
  submitting: 'Submitting',
  next: {
    title: 'What comes next',
    draft: 'Save as draft: the list stays as it is; submit later',
    second: 'Submit: the set is frozen and waits for another person',
    alone: 'Steps of an application take effect at once, up to 20 a person and day',
    emergency: 'In force at once; another person confirms it',
  },
  loading: 'Fetching the earlier one',
};

export const words = wordsIn({ zh, en });
