// The words of the palette.
import { wordsIn } from '../../shared/words.ts';

const zh = {
  title: '找商户、单号、页面',
  field: '名称、拼音、门牌码、单号或页面',
  groups: { recent: '最近去过', pages: '页面', merchants: '商户', records: '记录' },
  visit: '检查',
  order: '整改单',
  adjustment: '调整单',
  none: (text: string) => `没有找到“${text}”`,
  hint: '写名称的一部分、拼音首字母，或贴上单号。',
  searching: '正在找',
  found: (count: string) => `${count} 条`,
  keys: { move: '上下选', open: '打开', close: '关闭' },
};
const en: typeof zh = {
  title: 'Find a merchant, a record, a page',
  field: 'Name, pinyin, door code, record id or page',
  groups: { recent: 'Recent', pages: 'Pages', merchants: 'Merchants', records: 'Records' },
  visit: 'Visit',
  order: 'Fix order',
  adjustment: 'Adjustment',
  none: (text) => `Nothing found for “${text}”`,
  hint: 'Part of a name, pinyin initials, or a pasted id.',
  searching: 'Searching',
  found: (count) => `${count} found`,
  keys: { move: 'move', open: 'open', close: 'close' },
};
export const words = wordsIn({ zh, en });
