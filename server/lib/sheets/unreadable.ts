// Why a file cannot be read as a table, in one sentence that says what to do about it.
import type { Language } from '../problem.ts';

const sentences = {
  empty: {
    zh: '文件是空的。请选择含有名单的文件。',
    en: 'The file is empty. Choose the one that holds the list.',
  },
  'old-workbook': {
    zh: '这是旧版 .xls 文件，或加了密码。请在 Excel 或 WPS 中另存为不带密码的 .xlsx。',
    en: 'This is an old .xls file, or protected by a password. Save it in Excel or WPS as .xlsx without a password.',
  },
  'other-workbook': {
    zh: '这种压缩包不是 .xlsx 表格。请在 Excel 或 WPS 中另存为 .xlsx。',
    en: 'This archive is not an .xlsx workbook. Save it in Excel or WPS as .xlsx.',
  },
  'web-page': {
    zh: '这是网页，只是扩展名像表格。请在 Excel 或 WPS 中打开后另存为 .xlsx。',
    en: 'This is a web page with the ending of a table. Open it in Excel or WPS and save it as .xlsx.',
  },
  'not-a-table': {
    zh: '这不是表格文件。请另存为 .xlsx 或 .csv。',
    en: 'This is not a table. Save it as .xlsx or .csv.',
  },
  damaged: {
    zh: '文件已损坏或不完整。请在 Excel 或 WPS 中重新另存为 .xlsx。',
    en: 'The file is damaged or cut off. Save it anew in Excel or WPS as .xlsx.',
  },
  'unpacks-too-large': {
    zh: '文件解压后过大。请把名单单独另存为 .xlsx 或 .csv，或分成几个文件。',
    en: 'The file unpacks to too much. Save the list alone as .xlsx or .csv, or split it.',
  },
  'unknown-encoding': {
    zh: '文字编码既不是 UTF-8 也不是 GBK。请另存为“CSV UTF-8”或 .xlsx。',
    en: 'The text is neither UTF-8 nor GBK. Save it as "CSV UTF-8" or .xlsx.',
  },
  'open-quote': {
    zh: '第 {row} 行起引号不成对。请检查该行的双引号，或另存为 .xlsx。',
    en: 'From row {row} on a quotation mark is not closed. Check the quotation marks there, or save it as .xlsx.',
  },
  'too-many-rows': {
    zh: '超过 {limit} 行。请删去空行，或分成几个文件。',
    en: 'It has more than {limit} rows. Take blank ones out, or split it.',
  },
  'too-many-blank-lines': {
    zh: '有 {limit} 行以上连续空行。请删去空行。',
    en: 'It has more than {limit} empty lines one after the other. Take them out.',
  },
  'row-too-long': {
    zh: '第 {row} 行的文字超过 {limit} 字。请缩短，或检查该行是否放错了内容。',
    en: 'Row {row} holds more than {limit} characters. Shorten it, or look whether its text belongs there.',
  },
  'too-wide': {
    zh: '超过 {limit} 列。请只保留名单的列。',
    en: 'It has more than {limit} columns. Keep those of the list.',
  },
  'no-header': {
    zh: '没有找到表头。请让第一行写明各列名称（如商户名称、统一社会信用代码），或指定各列对应什么。',
    en: 'No header was found. Name the columns in the first row (name, USCC …), or say which column is what.',
  },
  'two-sheets': {
    zh: '有几个工作表都像名单：{sheets}。请只保留一个。',
    en: 'Several sheets look like the list: {sheets}. Keep one of them.',
  },
  'doubled-column': {
    zh: '“{first}”和“{second}”是同一列。请只保留一个，或指定各列对应什么。',
    en: '"{first}" and "{second}" are the same column. Keep one of them, or say which column is what.',
  },
  'no-key': {
    zh: '缺少能认出商户的列。请加上商户名称、统一社会信用代码、登记号或编号中的一列。',
    en: 'No column tells which shop a row means. Add the name, the USCC, the register number or the id.',
  },
  'too-many-changes': {
    zh: '会改动 {count} 家，一次最多 {limit} 家。请按街道或类别分成几个文件。',
    en: 'It would change {count} shops, {limit} at most. Split it, by subdistrict or category for instance.',
  },
  'no-rows': {
    zh: '表头下面没有任何行。',
    en: 'There is no row below the header.',
  },
} satisfies Record<string, Record<Language, string>>;

export type UnreadableCode = keyof typeof sentences;
type Facts = Record<string, string | number>;

export class Unreadable extends Error {
  readonly code: UnreadableCode;
  readonly facts: Facts;

  constructor(code: UnreadableCode, facts: Facts = {}) {
    super(sentenceOf(code, facts, 'en'));
    this.code = code;
    this.facts = facts;
  }
}

export function sentenceOf(code: UnreadableCode, facts: Facts, language: Language): string {
  return sentences[code][language].replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''));
}
