// The words of what is proposed by itself: by which rule, and what it rests on.
import { wordsIn } from '../../shared/words.ts';
import type { Adjustment } from './adjustment.ts';

type CauseKind = NonNullable<Adjustment['proposed']>['causes'][number]['kind'];
type Words = {
  title: string;
  note: string;
  rule: Record<string, string>;
  cause: Record<CauseKind, (number: string) => string>;
  dismiss: { title: string; note: string; field: string; missing: string; act: string };
};

const zh: Words = {
  title: '为什么提出',
  note: '由人决定；原因没有了，会自己撤回。',
  rule: {
    'red-order': '整改单亮了红牌，督办以后还没改好。',
    'failed-visits': '规定的天数里，检查一次次留下整改单。',
    'found-closed': '接连几次检查，店都关着门。',
    'overdue-cycle':
      '规定的天数里，没有人进店检查过。下面是最后一次检查；从没检查过的，是列入名单的那次调整。',
    zone: '风险区开始了，里面在名单的商户建议一起暂停。',
  },
  cause: {
    visit: (number) => `检查 ${number}`,
    order: (number) => `整改单 ${number}`,
    adjustment: (number) => `调整单 ${number}`,
    zone: (number) => `风险区 ${number}`,
  },
  dismiss: {
    title: '不采纳这条建议',
    note: '有新的原因之前，不会再提。',
    field: '为什么不采纳',
    missing: '写一句为什么不采纳。',
    act: '不采纳',
  },
};

const en: Words = {
  title: 'Why this is proposed',
  note: 'People decide. It goes by itself when its cause has gone.',
  rule: {
    'red-order': 'An order stayed red and was not fixed.',
    'failed-visits': 'Visit after visit left fix orders within the days that are set.',
    'found-closed': 'Visit after visit found the shop closed.',
    'overdue-cycle':
      'Nobody has visited the shop within the days that are set. Below is its last visit; where there was none, the adjustment that listed it.',
    zone: 'A zone has begun: the suspension of all listed shops in it is proposed together.',
  },
  cause: {
    visit: (number) => `Visit ${number}`,
    order: (number) => `Fix order ${number}`,
    adjustment: (number) => `Adjustment ${number}`,
    zone: (number) => `Zone ${number}`,
  },
  dismiss: {
    title: 'Dismiss this proposal',
    note: 'It is not proposed again until there is a new cause.',
    field: 'Why it is dismissed',
    missing: 'Say in a sentence why.',
    act: 'Dismiss',
  },
};

export const words = wordsIn({ zh, en });
