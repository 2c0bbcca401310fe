// The words of imports.
import { countOf, wordsIn } from '../../shared/words.ts';
import type { Import, Tab } from './import.ts';

type Words = {
  title: string;
  titleNote: string;
  back: string;
  mode: { label: string } & Record<Import['mode'], { name: string; note: string; short: string }>;
  part: {
    label: string;
    note: string;
    missing: string;
    subdistrict: string;
    category: string;
    any: string;
  };
  partBut: (part: string, except: string) => string;
  drop: { label: string; note: string; mended: string; mendedNote: string; again: string };
  readHeld: (name: string) => string;
  sending: string;
  fault: { large: string; moved: string };
  earlier: string;
  none: string;
  noneNote: string;
  column: { file: string; result: string; by: string; state: string };
  counts: Record<Tab | 'unchanged', (count: string) => string>;
  states: Record<Import['state'], string>;
  progress: {
    label: string;
    phase: Record<Import['progress']['phase'], string>;
    far: Record<Import['progress']['phase'], (rows: string, of: string | null) => string>;
    leave: string;
  };
  facts: { sheet: (name: string) => string; sent: (moment: string) => string };
  failed: string;
  notSubmitted: string;
  replaces: (part: string) => string;
  nothing: string;
  submitted: { submitted: string; enacted: string; ended: string; open: string };
};

const zh: Words = {
  title: '导入',
  titleNote: '先看清会改什么，另一人批准以后才生效',
  back: '全部导入',
  mode: {
    label: '怎么导入',
    merge: { name: '合并', note: '文件里有的，新增或者更改；文件里没有的，不动。', short: '合并' },
    replace: {
      name: '替换一部分',
      note: '另外，这一部分里文件没有的，移出名单。',
      short: '替换',
    },
  },
  part: {
    label: '替换哪一部分',
    note: '两项都选，就是这个街道的这个门类。',
    missing: '先选街道或门类，再读文件。',
    subdistrict: '街道',
    category: '门类',
    any: '不限',
  },
  partBut: (part, except) => `${part}，除了${except}`,
  drop: {
    label: '把文件拖到这里，或点这里选',
    note: 'CSV 或 XLSX，一份一个区，最大 128 MB。编码、分隔符和表头自动认。',
    mended: '改好了？把文件再拖到这里',
    mendedNote: '接着这一次往下做，列怎么对应还记得。',
    again: '再选一次文件，按这样读',
  },
  readHeld: (name) => `读入 ${name}`,
  sending: '正在送文件，送完就开始读',
  fault: {
    large: '文件超过 128 MB。请按街道或门类分成几份。',
    moved: '文件选好以后又改过或移走了，请再选一次。',
  },
  earlier: '以前的导入',
  none: '还没有导入过',
  noneNote: '拖进一份名单就开始；名单页导出的文件改好以后可以直接拖回来。',
  column: { file: '文件', result: '会改什么', by: '谁、何时', state: '状态' },
  counts: {
    added: (count) => `新增 ${count}`,
    changed: (count) => `更改 ${count}`,
    removed: (count) => `移出 ${count}`,
    refused: (count) => `不能用 ${count}`,
    conflicts: (count) => `冲突 ${count}`,
    warned: (count) => `要看 ${count}`,
    unchanged: (count) => `一样 ${count}`,
  },
  states: {
    reading: '正在读',
    ready: '读好了，还没提交',
    failed: '读不了',
    submitting: '正在提交',
    submitted: '待审批',
    enacting: '正在生效',
    enacted: '已生效',
  },
  progress: {
    label: '进度',
    phase: {
      reading: '正在读文件',
      submitting: '正在做成一张调整单',
      checking: '正在核对',
      writing: '正在写进名单',
    },
    far: {
      reading: (rows, of) => (of === null ? `读了 ${rows} 行` : `读了 ${rows} 行，约 ${of} 行`),
      submitting: (rows, of) => (of === null ? `放进了 ${rows} 家` : `放进了 ${rows} 家，共 ${of} 家`),
      checking: (rows, of) => (of === null ? `核对了 ${rows} 家` : `核对了 ${rows} 家，共 ${of} 家`),
      writing: (rows, of) => (of === null ? `写了 ${rows} 家` : `写了 ${rows} 家，共 ${of} 家`),
    },
    leave: '可以先去做别的，回来还在这里。',
  },
  facts: { sheet: (name) => `工作表“${name}”`, sent: (moment) => `${moment} 送来` },
  failed: '这份文件读不了',
  notSubmitted: '没有提交成，名单没有变',
  replaces: (part) => `替换 ${part}`,
  nothing: '没有',
  submitted: {
    submitted: '已经成了一张调整单，由另一人批准；批准以前什么都不变。',
    enacted: '已经写进名单。',
    ended: '那张调整单没有生效，名单没有变。要再导入，把文件再拖进来。',
    open: '看调整单',
  },
};

const en: Words = {
  title: 'Import',
  titleNote: 'See what would change first; it takes effect once another person approves',
  back: 'All imports',
  mode: {
    label: 'How to import',
    merge: {
      name: 'Merge',
      note: 'What the file holds is added or changed; what it does not hold stays.',
      short: 'Merge',
    },
    replace: {
      name: 'Replace a part',
      note: 'Besides, what the file leaves out of that part is removed from the list.',
      short: 'Replace',
    },
  },
  part: {
    label: 'Which part it replaces',
    note: 'With both it is that category in that subdistrict.',
    missing: 'Choose a subdistrict or a category first.',
    subdistrict: 'Subdistrict',
    category: 'Category',
    any: 'Any',
  },
  partBut: (part, except) => `${part}, except ${except}`,
  drop: {
    label: 'Drop a file here, or choose one',
    note: 'CSV or XLSX of one district, at most 128 MB. Encoding, delimiter and header are recognised.',
    mended: 'Mended? Drop the file here again',
    mendedNote: 'It goes on from here; what each column is has been remembered.',
    again: 'Choose the file again to read it so',
  },
  readHeld: (name) => `Read ${name}`,
  sending: 'Sending the file; it is read at once',
  fault: {
    large: 'The file has more than 128 MB. Split it by subdistrict or category.',
    moved: 'The file was changed or moved after it was chosen. Choose it again.',
  },
  earlier: 'Earlier imports',
  none: 'Nothing imported yet',
  noneNote: 'Drop a list to begin. A file exported from the list can be mended and dropped here as it is.',
  column: { file: 'File', result: 'What it would change', by: 'By whom, when', state: 'State' },
  counts: {
    added: (count) => `${count} added`,
    changed: (count) => `${count} changed`,
    removed: (count) => `${count} removed`,
    refused: (count) => `${count} refused`,
    conflicts: (count) => countOf(count, 'conflict'),
    warned: (count) => `${count} to look at`,
    unchanged: (count) => `${count} the same`,
  },
  states: {
    reading: 'Being read',
    ready: 'Read, not submitted',
    failed: 'Cannot be read',
    submitting: 'Being submitted',
    submitted: 'To approve',
    enacting: 'Taking effect',
    enacted: 'Enacted',
  },
  progress: {
    label: 'Progress',
    phase: {
      reading: 'Reading the file',
      submitting: 'Making an adjustment of it',
      checking: 'Checking the shops',
      writing: 'Writing the list',
    },
    far: {
      reading: (rows, of) =>
        of === null ? `${countOf(rows, 'row')} read` : `${rows} of about ${of} rows read`,
      submitting: (rows, of) =>
        of === null ? `${countOf(rows, 'shop')} put into it` : `${rows} of ${of} shops put into it`,
      checking: (rows, of) =>
        of === null ? `${countOf(rows, 'shop')} checked` : `${rows} of ${of} shops checked`,
      writing: (rows, of) =>
        of === null ? `${countOf(rows, 'shop')} written` : `${rows} of ${of} shops written`,
    },
    leave: 'You can do something else meanwhile; it stays here.',
  },
  facts: { sheet: (name) => `Sheet “${name}”`, sent: (moment) => `sent ${moment}` },
  failed: 'This file cannot be read',
  notSubmitted: 'It was not submitted, and the list is as it was',
  replaces: (part) => `Replaces ${part}`,
  nothing: 'none',
  submitted: {
    submitted: 'It is an adjustment now, for another person to approve; until then nothing changes.',
    enacted: 'It is written into the list.',
    ended: 'The adjustment did not take effect, and the list is as it was. Drop the file again to import it.',
    open: 'See the adjustment',
  },
};

export const words = wordsIn({ zh, en });
