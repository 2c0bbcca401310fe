// The words of contacts that an adjustment changes.
import { countOf, wordsIn } from '../../shared/words.ts';

type Words = {
  title: (count: string) => string;
  merchant: string;
  field: Record<'name' | 'phone', string>;
  none: string;
  same: string;
  note: string;
};

const zh: Words = {
  title: (count) => `${count} 家换联系方式`,
  merchant: '商户',
  field: { name: '联系人', phone: '电话' },
  none: '没有',
  same: '不变',
  note: '批的是完整的姓名和号码，这里按权限遮住。办完以后单子里不再留。',
};

const en: Words = {
  title: (count) => `${countOf(count, 'merchant')} with a new contact`,
  merchant: 'Merchant',
  field: { name: 'Contact', phone: 'Telephone' },
  none: 'none',
  same: 'unchanged',
  note: 'Whole names and numbers are approved; here they are masked as your role asks. Once decided, the adjustment keeps none of them.',
};

export const words = wordsIn({ zh, en });
