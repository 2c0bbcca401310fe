// The words of handing a stall to a new tenant, of merging a duplicate, and of shops that follow each other.
import type { AnswerOf } from '../../shared/server/types.ts';
import { wordsIn } from '../../shared/words.ts';

type Succession = NonNullable<AnswerOf<'getMerchantsId'>['successor']>['kind'];
type Act = { open: string; title: string; note: string[]; act: string; reason: string };

type Words = {
  next: Record<Succession, string>;
  former: Record<Succession, string>;
  /** In place of a name that the reader may not see. */
  beyond: string;
  alike: string;
  comma: string;
  mergeWith: (name: string) => string;
  handover: Act & { tenant: string; leaves: (name: string) => string };
  merge: Act & {
    offer: string;
    heads: { before: string; after: string };
    duplicate: (name: string, address: string) => string;
    kept: string;
    perhaps: string;
    missing: string;
  };
  notOnList: string;
  reason: string;
  reasonMissing: string;
  notice: string;
  optional: string;
};

const zh: Words = {
  next: { merged: '已并入', 'handed-over': '铺位已换给' },
  former: { merged: '并来的重复登记：', 'handed-over': '这个铺位原来是' },
  beyond: '你管不到的一家',
  alike: '可能是同一家：',
  comma: '，',
  mergeWith: (name) => `和 ${name} 合并`,
  handover: {
    open: '交给新租户',
    title: '把铺位交给新租户',
    tenant: '新租户',
    leaves: (name) => `${name} 注销，新租户在原处申请。`,
    note: [
      '两件一起生效：要另一人批准。',
      '检查、整改单、异议、门牌和联系人都留在原商户，不转给新租户。',
      '地址、位置、市场和门类先照原商户填，可以改。',
    ],
    act: '提交审批，换租户',
    reason: '例：原商户 11月28日 搬走，新租户已签合同。公众看不到这一句。',
  },
  merge: {
    open: '合并到另一家…',
    title: '合并重复登记',
    offer: '合并',
    heads: { before: '重复的', after: '保留的' },
    duplicate: (name, address) => `${name}（${address}）是重复登记：注销，并入保留的一家。`,
    note: ['要另一人批准才生效。', '检查和整改单留在原处；旧门牌码会指到保留的一家。'],
    kept: '保留哪一家',
    perhaps: '可能是同一家的',
    missing: '选保留的一家。',
    act: '提交审批，合并重复',
    reason: '例：两次导入写法不同，实为同一家。公众看不到这一句。',
  },
  notOnList: '只有在名单上的（列入或暂停）可以这样办。',
  reason: '卷内理由',
  reasonMissing: '写一句理由，入卷用。',
  notice: '公告文号',
  optional: '可不填',
};

const en: Words = {
  next: { merged: 'Merged into', 'handed-over': 'Place handed to' },
  former: { merged: 'Merged from', 'handed-over': 'Former tenant:' },
  beyond: 'a shop beyond your scope',
  alike: 'Perhaps the same shop:',
  comma: ', ',
  mergeWith: (name) => `Merge with ${name}`,
  handover: {
    open: 'Hand to a new tenant',
    title: 'Hand the place to a new tenant',
    tenant: 'The new tenant',
    leaves: (name) => `${name} is deregistered, and a new tenant applies in its place.`,
    note: [
      'Both take effect at once, when another person approves.',
      'Visits, fix orders, objections, door code and contact stay with the shop that leaves.',
      'Address, position, market and category are filled in from it, and can be changed.',
    ],
    act: 'Submit for approval: new tenant',
    reason: 'E.g. moved out on 28 Nov, the new tenant has signed. The public does not see it.',
  },
  merge: {
    open: 'Merge into another…',
    title: 'Merge a duplicate',
    offer: 'merge',
    heads: { before: 'Duplicate', after: 'Kept' },
    duplicate: (name, address) =>
      `${name} (${address}) is on file twice: this record is deregistered in favour of the one that is kept.`,
    note: [
      'It takes effect when another person approves.',
      'Visits and fix orders stay where they were made; the old door code leads to the one that is kept.',
    ],
    kept: 'Which one is kept',
    perhaps: 'Perhaps the same shop',
    missing: 'Choose the one that is kept.',
    act: 'Submit for approval: merge',
    reason: 'E.g. written differently in two imports, one shop in truth. The public does not see it.',
  },
  notOnList: 'Only a shop on the list, or suspended, can be handled this way.',
  reason: 'Reason for the file',
  reasonMissing: 'Write a sentence for the file.',
  notice: 'Notice number',
  optional: 'optional',
};

export const words = wordsIn({ zh, en });
