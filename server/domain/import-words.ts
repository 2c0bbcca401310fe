// What an import says about a row, in both languages: why it cannot be taken, what stands against it, what to look at; and why it failed.
import type { Import } from '../../models/import.ts';
import { statuses } from '../../models/merchant.ts';
import { type Language, Problem, type ProblemCode, problemWords } from '../lib/problem.ts';
import { sentenceOf, type UnreadableCode } from '../lib/sheets/unreadable.ts';
import { type ColumnKey, columnTitles, statusWords } from './list-columns.ts';

const words = {
  // Refused: the row as it stands cannot be taken.
  ragged: {
    zh: '该行有 {cells} 格，表头有 {columns} 格：请检查是否多了或少了分隔符',
    en: 'The row has {cells} cells, the header {columns}: look for a missing or surplus delimiter',
  },
  missing: { zh: '新商户必须填写', en: 'A new shop needs it' },
  'not-an-id': { zh: '不是系统编号', en: 'Is no id of this system' },
  'not-a-number': {
    zh: '应是 {least} 到 {most} 的整数',
    en: 'Must be a whole number from {least} to {most}',
  },
  'not-degrees': {
    zh: '应是不超过 {most} 的度数；经度和纬度是否颠倒？',
    en: 'Must be degrees up to {most}; are longitude and latitude swapped?',
  },
  'half-a-point': { zh: '经度和纬度须一起填写', en: 'Longitude and latitude come together' },
  'wrong-door-code': { zh: '门牌码有误', en: 'Is no door code' },
  'uscc-length': { zh: '信用代码应为 18 位', en: 'A credit code has 18 characters' },
  'uscc-alphabet': {
    zh: '信用代码含有不允许的字符（没有 I、O、S、V、Z）',
    en: 'The credit code holds a character that does not occur (I, O, S, V, Z do not)',
  },
  'uscc-check': { zh: '信用代码校验位不符，请核对', en: 'The check character of the credit code is wrong' },
  'uscc-body-check': {
    zh: '信用代码第 9 至 17 位校验不符，请核对',
    en: 'The check of characters 9 to 17 of the credit code is wrong',
  },
  'code-as-number': {
    zh: '这一格是数字，Excel 只保留 15 位：请把该列设为“文本”后重新填写',
    en: 'The cell is a number, of which Excel keeps 15 digits: format the column as text and enter it again',
  },
  'became-a-date': {
    zh: 'Excel 把它变成了日期 {text}：请把该列设为“文本”后重新填写',
    en: 'Excel made a date of it, {text}: format the column as text and enter it again',
  },
  'formula-error': { zh: '公式出错：{text}', en: 'The formula failed: {text}' },
  'too-long': { zh: '最多 {most} 个字符', en: 'At most {most} characters' },
  'unknown-word': { zh: '没有“{word}”这一项', en: 'There is no "{word}"' },
  'two-meanings': { zh: '“{word}”有几个，请填代码', en: 'There are several of "{word}": give the code' },
  'cannot-be-cleared': { zh: '此项不能清空', en: 'Cannot be cleared' },
  'two-subdistricts': {
    zh: '街道代码和街道名称不是同一个街道',
    en: 'Code and name are of two subdistricts',
  },
  'site-elsewhere': { zh: '该市场在别的区', en: 'The site lies in another district' },
  'unknown-id': {
    zh: '您的管辖范围内没有这个编号；新商户请留空',
    en: 'There is no such id within your scope; leave it empty for a new shop',
  },
  'several-shops': {
    zh: '有几家商户符合，请填写编号或网点号',
    en: 'Several shops match: give the id or the outlet',
  },
  'out-of-scope': { zh: '不在您的管辖范围内', en: 'Lies outside your scope' },
  'other-district': {
    zh: '与前面的行不在同一个区，请分开导入',
    en: 'Lies in another district than the rows before: import it by itself',
  },
  'moved-away': {
    zh: '商户不能改到另一个区',
    en: 'A shop is not moved into another district',
  },
  'code-in-use': { zh: '本区已有商户使用该代码', en: 'Another shop of the district has this code' },
  repeated: { zh: '与第 {row} 行是同一家', en: 'Is the same shop as row {row}' },
  'new-status': {
    zh: '新商户只能是“在名单”或“申请中”',
    en: 'A new shop can only be on the list or applying',
  },
  'status-by-adjustment': {
    zh: '现为“{from}”，不能由导入改为“{to}”：请起草调整单',
    en: 'Is {from} and cannot become {to} by an import: draft an adjustment',
  },
  // Conflicts: the list has moved on since the file was written.
  'stale-revision': {
    zh: '文件写的是第 {rev} 版，名单已是第 {present} 版：请重新导出后再改',
    en: 'The file holds revision {rev}, the list has {present}: export it again and change that',
  },
  'other-door-code': {
    zh: '门牌码与该商户不符（应为 {present}）',
    en: 'The door code is not that of this shop ({present})',
  },
  // To look at: the row is taken as it is.
  'same-name-and-street': {
    zh: '与“{name}”（{doorCode}）名称、地址相同，是否重复？',
    en: 'Has the name and address of "{name}" ({doorCode}): a duplicate?',
  },
  'same-point': {
    zh: '与“{name}”（{doorCode}）位置相同，是否重复？',
    en: 'Has the position of "{name}" ({doorCode}): a duplicate?',
  },
  'not-on-list': {
    zh: '该商户现为“{status}”，导入不改变其状态',
    en: 'The shop is {status}, and the import leaves it so',
  },
} satisfies Record<string, Record<Language, string>>;

export type FaultCode = keyof typeof words;
/** `column` is null where the row as a whole is meant. */
export type Fault = { column: ColumnKey | null; code: FaultCode; facts?: Record<string, string | number> };

export const conflictCodes: FaultCode[] = ['stale-revision', 'other-door-code'];

export function faultText({ column, code, facts = {} }: Fault, language: Language): string {
  const text = words[code][language].replace(/\{(\w+)\}/g, (_, name: string) =>
    spoken(facts[name], language),
  );
  if (column === null) return text;
  const title = columnTitles[column][language];
  return language === 'zh' ? `${title}：${text}` : `${title}: ${text}`;
}

/** Statuses are kept as the interface spells them. */
function spoken(fact: string | number | undefined, language: Language): string {
  const status = statuses.find((one) => one === fact);
  return status ? statusWords[status][language] : String(fact ?? '');
}

/** Why a file cannot be read, or one that was read could not be submitted. */
export function failureText(
  { state }: Pick<Import, 'state'>,
  { code, facts }: NonNullable<Import['failure']>,
  language: Language,
): string {
  if (state === 'failed') return sentenceOf(code as UnreadableCode, facts, language);
  const { title, detail = '' } = problemWords(new Problem(code as ProblemCode, facts), language);
  return language === 'zh' ? `${title}。${detail}` : `${title}. ${detail}`.trim();
}
