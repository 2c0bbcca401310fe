// The words of the list of adjustments.
import { wordsIn } from '../../shared/words.ts';
import type { View } from './views.ts';

type Words = {
  draft: string;
  sort: { label: string; '-draftedAt': string; draftedAt: string };
  views: Record<View, string>;
  viewsLabel: string;
  area: string;
  anyArea: string;
  column: { act: string; kind: string; ground: string; by: string; state: string; clock: string };
  none: string;
  noneNote: string;
  clock: { begins: string; lapses: string; waited: string; lapsed: string };
  drafted: (at: string) => string;
  submitted: (at: string) => string;
};

const zh: Words = {
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
  clock: { begins: '还有', lapses: '还有', waited: '等了', lapsed: '没有确认' },
  drafted: (at) => `${at} 起草`,
  submitted: (at) => `${at} 提交`,
};

const en: Words = {
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
  clock: { begins: 'in', lapses: 'in', waited: 'waited', lapsed: 'not confirmed' },
  drafted: (at) => `drafted ${at}`,
  submitted: (at) => `submitted ${at}`,
};

export const words = wordsIn({ zh, en });
