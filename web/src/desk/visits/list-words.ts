// The words of the list of visits.
import { countOf, wordsIn } from '../../shared/words.ts';

type Words = {
  title: string;
  total: (total: string) => string;
  none: string;
  noneNote: string;
  columns: {
    at: string;
    shop: string;
    kind: string;
    result: string;
    inspectors: string;
    flags: string;
    photos: string;
  };
  kind: string;
  anyKind: string;
  result: string;
  anyResult: string;
  state: string;
  anyState: string;
  flag: string;
  anyFlag: string;
  inspector: string;
  anyInspector: string;
  onlyReview: string;
  onlyUnmatched: string;
  from: string;
  to: string;
  period: string;
  filter: Record<string, (value: string) => string>;
  photos: (present: string, all: string) => string;
  noPhotos: string;
};

const zh: Words = {
  title: '检查',
  total: (total) => `${total} 次`,
  none: '没有符合的检查',
  noneNote: '去掉一个条件，或者换一段时间。',
  columns: {
    at: '收到',
    shop: '商户',
    kind: '种类',
    result: '结果',
    inspectors: '检查人',
    flags: '标注',
    photos: '照片',
  },
  kind: '种类',
  anyKind: '全部种类',
  result: '结果',
  anyResult: '全部结果',
  state: '照片',
  anyState: '照片不限',
  flag: '标注',
  anyFlag: '标注不限',
  inspector: '检查人',
  anyInspector: '全部检查人',
  onlyReview: '只看待复核',
  onlyUnmatched: '只看没对上商户',
  from: '从',
  to: '到',
  period: '收到的日期',
  filter: {
    merchant: (value) => value,
    inspector: (value) => `检查人 ${value}`,
    item: (value) => `检查项 ${value}`,
    outcome: (value) => `答案 ${value}`,
    kind: (value) => value,
    result: (value) => value,
    state: (value) => value,
    flag: (value) => value,
    area: (value) => value,
    taskForce: (value) => value,
    needsReview: (value) => (value === 'true' ? '待复核' : '不用复核'),
    unmatched: (value) => (value === 'true' ? '没对上商户' : '对上了商户'),
  },
  photos: (present, all) => `${present} / ${all}`,
  noPhotos: '无',
};

const en: Words = {
  title: 'Visits',
  total: (total) => countOf(total, 'visit'),
  none: 'No visit matches',
  noneNote: 'Drop a condition, or choose another period.',
  columns: {
    at: 'Received',
    shop: 'Merchant',
    kind: 'Kind',
    result: 'Result',
    inspectors: 'Inspectors',
    flags: 'Flags',
    photos: 'Photos',
  },
  kind: 'Kind',
  anyKind: 'Any kind',
  result: 'Result',
  anyResult: 'Any result',
  state: 'Photos',
  anyState: 'Any photos',
  flag: 'Flag',
  anyFlag: 'Any flags',
  inspector: 'Inspector',
  anyInspector: 'All inspectors',
  onlyReview: 'To review only',
  onlyUnmatched: 'Without a merchant only',
  from: 'From',
  to: 'To',
  period: 'Day of receipt',
  filter: {
    merchant: (value) => value,
    inspector: (value) => `Inspector ${value}`,
    item: (value) => `Item ${value}`,
    outcome: (value) => `Answer ${value}`,
    kind: (value) => value,
    result: (value) => value,
    state: (value) => value,
    flag: (value) => value,
    area: (value) => value,
    taskForce: (value) => value,
    needsReview: (value) => (value === 'true' ? 'To review' : 'Nothing to review'),
    unmatched: (value) => (value === 'true' ? 'Without a merchant' : 'With a merchant'),
  },
  photos: (present, all) => `${present} / ${all}`,
  noPhotos: 'none',
};

export const words = wordsIn({ zh, en });
