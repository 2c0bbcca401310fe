// What the columns of the list are called, as headers are mapped to them and as changes name them.
import { wordsIn } from '../../shared/words.ts';
import type { Column } from './import.ts';

type Words = Record<Column | 'point', string>;

const zh: Words = {
  id: '编号',
  rev: '版本',
  doorCode: '门牌码',
  name: '名称',
  uscc: '信用代码',
  outlet: '网点号',
  registerNumber: '登记号',
  category: '门类',
  subdistrict: '街道代码',
  subdistrictName: '街道',
  address: '地址',
  lng: '经度',
  lat: '纬度',
  point: '位置',
  site: '场所',
  mode: '营业方式',
  gbt4754: '行业代码',
  capacity: '容量',
  status: '状态',
  since: '状态起始',
  contactName: '联系人',
  contactPhone: '联系电话',
};
const en: Words = {
  id: 'Id',
  rev: 'Revision',
  doorCode: 'Door code',
  name: 'Name',
  uscc: 'Credit code',
  outlet: 'Outlet number',
  registerNumber: 'Register number',
  category: 'Category',
  subdistrict: 'Subdistrict code',
  subdistrictName: 'Subdistrict',
  address: 'Address',
  lng: 'Longitude',
  lat: 'Latitude',
  point: 'Position',
  site: 'Site',
  mode: 'Opening mode',
  gbt4754: 'Class of trade',
  capacity: 'Capacity',
  status: 'Status',
  since: 'Status since',
  contactName: 'Contact',
  contactPhone: 'Contact phone',
};
const words = wordsIn({ zh, en });

/** What a header can be taken for, in the order of the list's own file. */
export const columns = (Object.keys(zh) as (keyof Words)[]).filter((column) => column !== 'point');
export const columnText = (column: string): string =>
  (words.value as Record<string, string>)[column] ?? column;
/** In a change the subdistrict stands by its name. */
export const changedText = (column: string): string =>
  columnText(column === 'subdistrict' ? 'subdistrictName' : column);
