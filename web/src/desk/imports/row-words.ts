// The words of what a file would change, row by row, and of its header.
import { countOf, wordsIn } from '../../shared/words.ts';
import type { Tab } from './import.ts';

type Words = {
  tabs: { label: string } & Record<Tab, string>;
  tabNotes: Record<Tab, string>;
  unchanged: (count: string) => string;
  row: string;
  rowNumber: (row: string) => string;
  notInFile: string;
  merchant: string;
  unnamed: string;
  changes: string;
  facts: string;
  reasons: string;
  becomes: string;
  noRows: string;
  noRowsNote: string;
  gone: string;
  goneNote: string;
  download: (count: string) => string;
  downloaded: string;
  downloadName: string;
  downloadHeads: string[];
  map: {
    title: (taken: string, passed: string) => string;
    note: string;
    header: string;
    column: string;
    pass: string;
    doubled: (column: string) => string;
    read: string;
    fileGone: (file: string) => string;
  };
  submit: {
    label: string;
    reason: string;
    notice: string;
    optional: string;
    noticeHint: string;
    act: (count: string) => string;
    leftOut: (count: string) => string;
    done: string;
    begun: string;
  };
  cannot: { nothing: string; useless: string; incomplete: (count: string) => string };
};

const zh: Words = {
  tabs: {
    label: '按结果看',
    added: '新增',
    changed: '更改',
    removed: '移出',
    refused: '不能用',
    conflicts: '冲突',
    warned: '要看一看',
  },
  tabNotes: {
    added: '名单上还没有的商户。',
    changed: '名单上有，登记信息或状态不同。',
    removed: '文件里没有，会移出名单。',
    refused: '这些行不会导入，其余照办。在文件里改好，再拖进来。',
    conflicts: '文件导出以后，名单又改过。这些行不会导入；重新导出后再改。',
    warned: '会导入，但可能和名单上的另一家重复。',
  },
  unchanged: (count) => `另有 ${count} 行和名单一样`,
  row: '行',
  rowNumber: (row) => `第 ${row} 行`,
  notInFile: '文件里没有',
  merchant: '商户',
  unnamed: '没写名称',
  changes: '改什么',
  facts: '登记信息',
  reasons: '为什么',
  becomes: '改为',
  noRows: '这里一行也没有',
  noRowsNote: '看看别的几项。',
  gone: '明细已经删了',
  goneNote: '逐行的明细只留 30 天，数目一直在。',
  download: (count) => `下载这 ${count} 行的清单`,
  downloaded: '清单已下载',
  downloadName: '要改的行',
  downloadHeads: ['行', '商户', '列', '为什么'],
  map: {
    title: (taken, passed) => `表头：认出 ${taken} 列，${passed} 列不用`,
    note: '认错了就改，下次遇到同样的表头照此办理。',
    header: '文件里的列',
    column: '当作',
    pass: '不用这一列',
    doubled: (column) => `有几列都当作“${column}”，只留一列。`,
    read: '按这样重新读',
    fileGone: (file) => `要重新读，请再选一次 ${file}。`,
  },
  submit: {
    label: '提交审批',
    reason: '为什么导入',
    notice: '文号',
    optional: '可不填',
    noticeHint: '如 2022年第11号公告',
    act: (count) => `提交审批，改 ${count} 家`,
    leftOut: (count) => `不能用和冲突的 ${count} 行不在内。`,
    done: '已提交，等另一人批准',
    begun: '已收到，正在提交',
  },
  cannot: {
    nothing: '没有要改的：能用的行和名单一样。',
    useless: '没有一行能用。有的列没认出来：先在上面对好列，再看各行。',
    incomplete: (count) => `替换要每一行都读得懂，否则会错移商户。先改好 ${count} 行，再把文件拖进来。`,
  },
};

const en: Words = {
  tabs: {
    label: 'By result',
    added: 'Added',
    changed: 'Changed',
    removed: 'Removed',
    refused: 'Refused',
    conflicts: 'Conflicts',
    warned: 'To look at',
  },
  tabNotes: {
    added: 'Merchants that are not on the list yet.',
    changed: 'On the list with other facts or another status.',
    removed: 'Not in the file: removed from the list.',
    refused: 'These rows are left out, the others go on. Mend them in the file and drop it again.',
    conflicts:
      'The list has changed since the file was exported. These rows are left out; export again and change that.',
    warned: 'Will be imported, but may double another merchant of the list.',
  },
  unchanged: (count) => `${countOf(count, 'more row')} the same as the list`,
  row: 'Row',
  rowNumber: (row) => `Row ${row}`,
  notInFile: 'Not in the file',
  merchant: 'Merchant',
  unnamed: 'No name given',
  changes: 'What changes',
  facts: 'Facts',
  reasons: 'Why',
  becomes: 'becomes',
  noRows: 'No row here',
  noRowsNote: 'Look at the other results.',
  gone: 'The rows are gone',
  goneNote: 'Rows are kept for 30 days, the figures for good.',
  download: (count) => `Download a list of ${countOf(count, 'row')}`,
  downloaded: 'Downloaded',
  downloadName: 'rows-to-mend',
  downloadHeads: ['Row', 'Merchant', 'Column', 'Why'],
  map: {
    title: (taken, passed) => `Header: ${countOf(taken, 'column')} recognised, ${passed} passed over`,
    note: 'Change what was taken wrongly; the same headers are read so next time.',
    header: 'Column of the file',
    column: 'Taken for',
    pass: 'Pass over',
    doubled: (column) => `Several columns are taken for “${column}”. Keep one.`,
    read: 'Read again with this',
    fileGone: (file) => `To read it again, choose ${file} once more.`,
  },
  submit: {
    label: 'Submit',
    reason: 'Why it is imported',
    notice: 'Notice',
    optional: 'optional',
    noticeHint: 'such as Notice No. 11 of 2022',
    act: (count) => `Submit, change ${countOf(count, 'merchant')}`,
    leftOut: (count) => `Without ${countOf(count, 'row')} refused or in conflict.`,
    done: 'Submitted, waits for another person',
    begun: 'Received, it is being submitted',
  },
  cannot: {
    nothing: 'Nothing to change: the rows that can be taken are the same as the list.',
    useless:
      'Not a single row can be taken. Some columns were not recognised: match them above first, then look at the rows.',
    incomplete: (count) =>
      `To replace, every row has to be understood, or merchants would be removed by mistake. Mend ${countOf(count, 'row')} and drop the file again.`,
  },
};

export const rowWords = wordsIn({ zh, en });
