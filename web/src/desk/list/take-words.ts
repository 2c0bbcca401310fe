// The words of what can be taken along from the list.
import { wordsIn } from '../../shared/words.ts';

type Line = { name: string; note: string };
type Words = {
  take: string;
  exactly: string;
  formats: Record<'csv' | 'xlsx' | 'ndjson' | 'lives', Line>;
  print: Line;
  past: string;
  taking: (size: string) => string;
  done: (file: string) => string;
};

const zh: Words = {
  take: '导出',
  exactly: '现在筛出来的这些',
  formats: {
    csv: { name: 'CSV', note: '改好可以再导入' },
    xlsx: { name: 'Excel', note: '代码都是文本' },
    ndjson: { name: 'NDJSON', note: '给程序，一行一家' },
    lives: { name: 'LIVES', note: '检查结果，别的城市也用' },
  },
  print: { name: '打印门牌', note: 'PDF，一家一张 A4，一次最多 300 家' },
  past: '过去的名单只能导出 CSV 和 Excel。',
  taking: (size) => `正在取，到了 ${size}`,
  done: (file) => `已下载 ${file}`,
};
const en: Words = {
  take: 'Export',
  exactly: 'What is filtered now',
  formats: {
    csv: { name: 'CSV', note: 'can be mended and imported' },
    xlsx: { name: 'Excel', note: 'all codes as text' },
    ndjson: { name: 'NDJSON', note: 'for programs, one a line' },
    lives: { name: 'LIVES', note: 'inspections, as cities publish them' },
  },
  print: { name: 'Print door notices', note: 'PDF, an A4 sheet each, at most 300' },
  past: 'The past is exported as CSV and Excel alone.',
  taking: (size) => `Fetching, ${size} so far`,
  done: (file) => `${file} downloaded`,
};

export const words = wordsIn({ zh, en });
