// What the facts of a shop are called.
import type { ItemOf } from '../../shared/server/types.ts';
import { wordsIn } from '../../shared/words.ts';

type Words = Record<keyof NonNullable<ItemOf<'getAdjustmentsIdLines'>['facts']>, string>;

const zh: Words = {
  name: '名称',
  category: '门类',
  subdistrict: '街道',
  address: '地址',
  uscc: '信用代码',
  outlet: '网点号',
  registerNumber: '登记号',
  gbt4754: '行业代码',
  site: '场所',
  mode: '营业方式',
  capacity: '容量',
  point: '位置',
};
const en: Words = {
  name: 'Name',
  category: 'Category',
  subdistrict: 'Subdistrict',
  address: 'Address',
  uscc: 'Credit code',
  outlet: 'Outlet number',
  registerNumber: 'Register number',
  gbt4754: 'Class of trade',
  site: 'Site',
  mode: 'Opening mode',
  capacity: 'Capacity',
  point: 'Position',
};
export const factWords = wordsIn({ zh, en });
