// The columns of the list as a table: what they are called, and which header of somebody else's table means which of them.
import type { Mode, Status } from '../../models/merchant.ts';
import type { Words } from '../../models/words.ts';

/** In the order in which they are exported. */
export const columnKeys = [
  'id',
  'rev',
  'doorCode',
  'name',
  'uscc',
  'outlet',
  'registerNumber',
  'category',
  'subdistrict',
  'subdistrictName',
  'address',
  'lng',
  'lat',
  'site',
  'mode',
  'gbt4754',
  'capacity',
  'status',
  'since',
  'contactName',
  'contactPhone',
] as const;
export type ColumnKey = (typeof columnKeys)[number];

export const columnTitles: Record<ColumnKey, Words> = {
  id: { zh: '编号', en: 'Id' },
  rev: { zh: '版本', en: 'Revision' },
  doorCode: { zh: '门牌码', en: 'Door code' },
  name: { zh: '商户名称', en: 'Name' },
  uscc: { zh: '统一社会信用代码', en: 'USCC' },
  outlet: { zh: '网点号', en: 'Outlet' },
  registerNumber: { zh: '登记号', en: 'Register number' },
  category: { zh: '类别', en: 'Category' },
  subdistrict: { zh: '街道代码', en: 'Subdistrict code' },
  subdistrictName: { zh: '街道', en: 'Subdistrict' },
  address: { zh: '地址', en: 'Address' },
  lng: { zh: '经度', en: 'Longitude' },
  lat: { zh: '纬度', en: 'Latitude' },
  site: { zh: '所在市场', en: 'Site' },
  mode: { zh: '营业方式', en: 'Mode' },
  gbt4754: { zh: '行业代码', en: 'GB/T 4754 class' },
  capacity: { zh: '容纳人数', en: 'Capacity' },
  status: { zh: '状态', en: 'Status' },
  since: { zh: '状态起始', en: 'Since' },
  contactName: { zh: '联系人', en: 'Contact' },
  contactPhone: { zh: '联系电话', en: 'Contact phone' },
};

/** What tables of other offices and programs call them. */
const otherNames: Partial<Record<ColumnKey, string[]>> = {
  id: ['系统编号', '商户编号', 'merchant id'],
  rev: ['修订号', 'rev', 'version'],
  doorCode: ['门店码', '店码', '门牌编码'],
  name: [
    '名称',
    '商户',
    '店名',
    '店铺名称',
    '门店名称',
    '企业名称',
    '单位名称',
    '市场主体名称',
    '市场主体',
    '经营者名称',
    '字号',
    '字号名称',
    'shop',
    'shop name',
    'merchant',
    'merchant name',
    'business name',
    'company',
  ],
  uscc: [
    '信用代码',
    '社会信用代码',
    '统一信用代码',
    '统一社会信用代码证号',
    '营业执照号',
    'credit code',
    'unified social credit code',
  ],
  outlet: ['网点', '网点序号', '分店号', '门店序号', 'outlet number', 'branch'],
  registerNumber: ['注册号', '登记编号', '备案号', '许可证号', 'registration number', 'registration no'],
  category: ['类型', '业态', '行业类别', '商户类别', '经营类别', '经营类型', 'trade', 'type'],
  subdistrict: ['街道编码', '乡镇街道代码', '区划代码', 'area code'],
  subdistrictName: [
    '街道名称',
    '所属街道',
    '所在街道',
    '镇街',
    '街镇',
    '乡镇街道',
    '街道办',
    '街道办事处',
    '所属街道办',
    'subdistrict name',
    'street office',
    'town',
  ],
  address: [
    '经营地址',
    '详细地址',
    '经营场所',
    '住所',
    '店铺地址',
    '商户地址',
    '门店地址',
    '企业地址',
    'street address',
    'business address',
  ],
  lng: ['东经', 'lng', 'lon', 'x'],
  lat: ['北纬', 'lat', 'y'],
  site: ['市场', '所属市场', '园区', '所在园区', '商场', '所在商场', '市场名称', 'market', 'mall'],
  mode: ['经营方式', '服务方式', 'opening mode'],
  gbt4754: ['行业分类代码', '国民经济行业代码', 'gb/t 4754', 'gbt4754', 'industry code'],
  capacity: ['限流人数', '核定人数', '最大容纳人数'],
  status: ['名单状态', '当前状态'],
  since: ['起始时间', '状态自'],
  contactName: [
    '联系人姓名',
    '负责人',
    '负责人姓名',
    '法人',
    '法定代表人',
    '经营者',
    'contact name',
    'contact person',
  ],
  contactPhone: [
    '电话',
    '电话号码',
    '手机',
    '手机号',
    '手机号码',
    '联系方式',
    '负责人电话',
    'phone',
    'phone number',
    'telephone',
    'mobile',
    'tel',
  ],
};

/** A header as it is compared: width, case, blanks, punctuation and remarks in brackets do not count. */
export function foldedHeader(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^)]*\)|\[[^\]]*\]|【[^】]*】/g, '')
    .replace(/[^\p{Letter}\p{Number}]/gu, '');
}

const columnByHeader = new Map<string, ColumnKey>(
  columnKeys.flatMap((key): [string, ColumnKey][] => {
    const { zh, en } = columnTitles[key];
    return [key, zh, en, ...(otherNames[key] ?? [])].map((name) => [foldedHeader(name), key]);
  }),
);
// The interface calls the code so; in tables of people that word heads the name.
columnByHeader.set('subdistrict', 'subdistrictName');

/** The column that a header means by itself. */
export function columnNamed(header: string): ColumnKey | null {
  return columnByHeader.get(foldedHeader(header)) ?? null;
}

type Vocabulary<K extends string> = Record<K, Words & { others?: string[] }>;

export const statusWords: Vocabulary<Status> = {
  applying: { zh: '已申请', en: 'Applied', others: ['申请中', '申请'] },
  verifying: { zh: '核验中', en: 'Being verified', others: ['核验', '待核验'] },
  listed: { zh: '在名单', en: 'On the list', others: ['在册', '列入', '已列入', '正常'] },
  suspended: { zh: '暂停', en: 'Suspended', others: ['已暂停', '停业整改', '暂停营业'] },
  removed: { zh: '已移出', en: 'Removed', others: ['移出', '移除'] },
  rejected: { zh: '未通过', en: 'Rejected', others: ['不通过', '驳回'] },
  deregistered: { zh: '已注销', en: 'Deregistered', others: ['注销'] },
};

export const modeWords: Vocabulary<Mode> = {
  'in-store': { zh: '到店', en: 'In store', others: ['堂食', '店内'] },
  'pick-up': { zh: '自提', en: 'Pick-up', others: ['到店自提'] },
  delivery: { zh: '外送', en: 'Delivery', others: ['配送', '送货', '外卖'] },
};

/** The key that a word stands for, in either language or as the interface spells it. */
export function keyOfWord<K extends string>(vocabulary: Vocabulary<K>, word: string): K | null {
  const folded = foldedHeader(word);
  const keys = Object.keys(vocabulary) as K[];
  return (
    keys.find((key) => {
      const { zh, en, others = [] } = vocabulary[key];
      return [key, zh, en, ...others].some((name) => foldedHeader(name) === folded);
    }) ?? null
  );
}
