// The words that all pages of adjustments share: what an adjustment does, how it stands, and what was done.
import type { StatusKey } from '../../shared/status.ts';
import { wordsIn } from '../../shared/words.ts';
import type { AdjustmentKind } from './views.ts';

type Words = {
  all: string;
  /** What is done to shops that go to a status. */
  verbs: Record<StatusKey, string>;
  kindVerbs: Partial<Record<AdjustmentKind, string>>;
  title: (verb: string, count: string) => string;
  titleOfOne: (verb: string, name: string) => string;
  /** As the label of a button. */
  doTo: (verb: string, count: string) => string;
  unconfirmed: string;
  lapsed: string;
  /** Approved, and not yet begun. */
  planned: string;
  said: {
    enacted: (what: string) => string;
    planned: (what: string, at: string) => string;
    submitted: string;
    rejected: string;
    withdrawn: string;
    confirmed: string;
    undoDrafted: string;
    drafted: string;
    draftKept: (why: string) => string;
  };
};

const zh: Words = {
  all: '调整单',
  verbs: {
    applying: '重新申请',
    verifying: '转核验',
    listed: '列入名单',
    suspended: '暂停',
    removed: '移出',
    rejected: '不予通过',
    deregistered: '注销',
  },
  kindVerbs: {
    undo: '撤销调整',
    facts: '更正登记信息',
    emergency: '紧急暂停',
    import: '导入',
    merge: '合并重复',
    handover: '换租户',
  },
  title: (verb, count) => `${verb} ${count} 家`,
  titleOfOne: (verb, name) => `${verb}：${name}`,
  doTo: (verb, count) => `${verb} ${count} 家`,
  unconfirmed: '待确认',
  lapsed: '已失效',
  planned: '到时生效',
  said: {
    enacted: (what) => `已生效：${what}`,
    planned: (what, at) => `已批准：${what}，${at} 起生效`,
    submitted: '已提交，等另一人批准',
    rejected: '已退回',
    withdrawn: '已撤回',
    confirmed: '已确认，不再自动失效',
    undoDrafted: '撤销单起草好了，还没提交',
    drafted: '草稿已存，还没提交',
    draftKept: (why) => `草稿已存，没有提交：${why}`,
  },
};

const en: Words = {
  all: 'Adjustments',
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
    merge: 'Merge a duplicate',
    handover: 'Hand over to a new tenant',
  },
  title: (verb, count) => `${verb}: ${count}`,
  titleOfOne: (verb, name) => `${verb}: ${name}`,
  doTo: (verb, count) => `${verb.charAt(0).toLowerCase()}${verb.slice(1)} ${count}`,
  unconfirmed: 'To confirm',
  lapsed: 'Lapsed',
  planned: 'Planned',
  said: {
    enacted: (what) => `In force: ${what}`,
    planned: (what, at) => `Approved: ${what}, in force from ${at}`,
    submitted: 'Submitted. Another person approves it.',
    rejected: 'Rejected',
    withdrawn: 'Withdrawn',
    confirmed: 'Confirmed. It no longer lapses.',
    undoDrafted: 'The undo is drafted, not submitted yet',
    drafted: 'Draft saved, not submitted yet',
    draftKept: (why) => `Draft saved, not submitted: ${why}`,
  },
};

export const words = wordsIn({ zh, en });
