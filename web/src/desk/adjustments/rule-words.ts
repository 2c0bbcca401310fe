// The words of a rule as a sentence, and of what it does to whom.
import { countOf, wordsIn } from '../../shared/words.ts';
import type { ItemOf } from '../../shared/server/types.ts';
import type { SelectorField } from './condition.ts';

type Succession = NonNullable<ItemOf<'getAdjustmentsIdLines'>['successor']>['kind'];

type Words = {
  fields: Record<SelectorField, string>;
  values: {
    yes: string;
    no: string;
    never: string;
    risk: (value: string) => string;
    shops: (count: string) => string;
  };
  colon: string;
  comma: string;
  sentence: {
    take: string;
    shops: string;
    and: string;
    except: string;
    byNames: (count: string) => string;
    undoes: (count: string) => string;
    corrects: (count: string) => string;
    imports: (count: string) => string;
    merges: string;
    handsOver: string;
    from: string;
    fromEnd: string;
    atApproval: string;
    atOnce: string;
    become: string;
    until: string;
    lapse: string;
    emergency: string;
    everyShop: string;
    earlier: string;
    basis: (kind: string) => string;
    reason: (reason: string) => string;
  };
  basisKinds: Record<'visit' | 'order' | 'complaint' | 'import' | 'proposal' | 'zone' | 'objection', string>;
  figures: {
    label: string;
    change: string;
    excepted: string;
    already: (status: string) => string;
    alreadyThere: string;
    conflicts: string;
    shops: string;
    unchanged: string;
    first: string;
  };
  conflicts: {
    title: (count: string) => string;
    shown: (shown: string) => string;
    merchant: string;
    subdistrict: string;
    now: string;
    why: string;
    code: Record<string, string>;
    passedOver: string;
    blocks: string;
    already: (count: string) => string;
  };
  lines: {
    title: (count: string) => string;
    rest: (count: string) => string;
    newcomer: string;
    to: string;
    follower: Record<Succession, { link: string; heads: { before: string; after: string } }>;
  };
  changes: { title: string; field: string; before: string; after: string; none: string; missing: string };
};

const zh: Words = {
  fields: {
    status: '状态',
    area: '区域',
    subdistrict: '街道',
    zone: '风险区',
    category: '门类',
    taskForce: '专班',
    site: '场所',
    'site.kind': '场所种类',
    mode: '营业方式',
    risk: '风险',
    uscc: '信用代码',
    doorCode: '门牌码',
    id: '按名单',
    hasOpenOrders: '有未销号的整改单',
    notVisitedSince: '此后没查过',
    visitedSince: '此后查过',
    lastVisit: '最近一次检查',
  },
  values: {
    yes: '有',
    no: '没有',
    never: '还没查过',
    risk: (value) => `${value} 级`,
    shops: (count) => `${count} 家`,
  },
  colon: '：',
  comma: '、',
  sentence: {
    take: '把',
    shops: '的商户',
    and: '且',
    except: '除了',
    byNames: (count) => `按名单 ${count} 家`,
    undoes: (count) => `把一张调整单给 ${count} 家记的去掉，后来另记的不动`,
    corrects: (count) => `更正 ${count} 家的登记信息`,
    imports: (count) => `按导入的文件登记 ${count} 家`,
    merges: '同一家店登记了两次：注销重复的一条，并入保留的一条。检查和整改单留在原处。',
    handsOver:
      '原商户搬走、注销，新租户在原处申请：两件一起生效，或都不生效。检查、整改单、门牌都不转给新租户。',
    from: '自',
    fromEnd: '起',
    atApproval: '批准时',
    atOnce: '提交时',
    become: '',
    until: '到',
    lapse: '，到时自动恢复',
    emergency: '，24 小时内没人确认就自动恢复',
    everyShop: '还没有条件',
    earlier: '看那一张',
    basis: (kind) => `根据${kind}`,
    reason: (reason) => `卷内理由：“${reason}”`,
  },
  basisKinds: {
    visit: '一次检查',
    order: '一张整改单',
    complaint: '投诉',
    import: '导入',
    proposal: '自动提出',
    zone: '区域管控',
    objection: '一件异议',
  },
  figures: {
    label: '试算',
    change: '会变',
    excepted: '除外',
    already: (status) => `已经是${status}`,
    alreadyThere: '已经是',
    conflicts: '不能变',
    shops: '家',
    unchanged: '家，不变',
    first: '家，下面先列',
  },
  conflicts: {
    title: (count) => `不能变的 ${count} 家`,
    shown: (shown) => `列出前 ${shown} 家`,
    merchant: '商户',
    subdistrict: '街道',
    now: '现在',
    why: '为什么',
    code: {
      transition: '从这个状态到不了',
      'needs-recheck': '要先由另一名检查员复查合格',
      'would-erase': '撤销后就没有任何状态了',
      'moved-on': '提交以后又变了',
      'no-follower': '承接的商户已不在名单上，或又指回自己',
      already: '已经是了',
    },
    passedOver: '这些商户不变，其余照办。',
    blocks: '名单里有不能变的，提交不了；去掉它们再提交。',
    already: (count) => `已经是的 ${count} 家`,
  },
  lines: {
    title: (count) => `${count} 家`,
    rest: (count) => `其余 ${count} 家`,
    newcomer: '新登记',
    to: '变为',
    follower: {
      merged: { link: '并入', heads: { before: '重复的', after: '保留的' } },
      'handed-over': { link: '离开，铺位交给', heads: { before: '原商户', after: '新租户' } },
    },
  },
  changes: {
    title: '改了什么',
    field: '项',
    before: '原来',
    after: '改为',
    none: '和现在的登记一样',
    missing: '没有',
  },
};

const en: Words = {
  fields: {
    status: 'Status',
    area: 'Area',
    subdistrict: 'Subdistrict',
    zone: 'Zone',
    category: 'Category',
    taskForce: 'Task force',
    site: 'Site',
    'site.kind': 'Kind of site',
    mode: 'Opening mode',
    risk: 'Risk',
    uscc: 'Credit code',
    doorCode: 'Door code',
    id: 'By name',
    hasOpenOrders: 'Has open fix orders',
    notVisitedSince: 'Not visited since',
    visitedSince: 'Visited since',
    lastVisit: 'Last visit',
  },
  values: {
    yes: 'yes',
    no: 'no',
    never: 'Not yet visited',
    risk: (value) => `Level ${value}`,
    shops: (count) => countOf(count, 'shop'),
  },
  colon: ': ',
  comma: ', ',
  sentence: {
    take: 'Merchants with',
    shops: '',
    and: 'and',
    except: 'except those with',
    byNames: (count) => `${count} by name`,
    undoes: (count) =>
      `Take away what an adjustment wrote for ${countOf(count, 'merchant')}; what was written later stays`,
    corrects: (count) => `Correct the facts of ${countOf(count, 'merchant')}`,
    imports: (count) => `Register ${countOf(count, 'merchant')} as the imported file says`,
    merges:
      'One shop is on file twice: the duplicate is deregistered in favour of the record that is kept. Visits and fix orders stay where they were made.',
    handsOver:
      'The shop that leaves is deregistered, and a new tenant applies in its place: both at once, or neither. No visit, fix order or door code passes to the new tenant.',
    from: 'from',
    fromEnd: '',
    atApproval: 'approval',
    atOnce: 'submission',
    become: 'on go to',
    until: 'until',
    lapse: ', then back by itself',
    emergency: ', and back by itself unless confirmed within 24 hours',
    everyShop: 'no condition yet',
    earlier: 'See that one',
    basis: (kind) => `Based on ${kind}`,
    reason: (reason) => `Reason on file: “${reason}”`,
  },
  basisKinds: {
    visit: 'a visit',
    order: 'a fix order',
    complaint: 'a complaint',
    import: 'an import',
    proposal: 'a proposal',
    zone: 'a zone control',
    objection: 'an objection',
  },
  figures: {
    label: 'Dry run',
    change: 'Will change',
    excepted: 'Excepted',
    already: (status) => `${status} already`,
    alreadyThere: 'There already',
    conflicts: 'Cannot change',
    shops: 'merchants',
    unchanged: 'unchanged',
    first: 'listed first below',
  },
  conflicts: {
    title: (count) => `${count} that cannot change`,
    shown: (shown) => `the first ${shown}`,
    merchant: 'Merchant',
    subdistrict: 'Subdistrict',
    now: 'Now',
    why: 'Why',
    code: {
      transition: 'Cannot get there from this status',
      'needs-recheck': 'Another inspector has to pass it in a recheck first',
      'would-erase': 'Nothing would be left of it',
      'moved-on': 'Has changed since it was submitted',
      'no-follower': 'The shop to follow has left the list, or leads back to this one',
      already: 'Is there already',
    },
    passedOver: 'These stay as they are; the others change.',
    blocks: 'Some of the list cannot change, so it cannot be submitted. Leave them out first.',
    already: (count) => `${count} there already`,
  },
  lines: {
    title: (count) => countOf(count, 'merchant'),
    rest: (count) => `The other ${count}`,
    newcomer: 'New',
    to: 'goes to',
    follower: {
      merged: { link: 'is merged into', heads: { before: 'Duplicate', after: 'Kept' } },
      'handed-over': { link: 'leaves its place to', heads: { before: 'Leaves', after: 'New tenant' } },
    },
  },
  changes: {
    title: 'What changes',
    field: 'Field',
    before: 'Before',
    after: 'After',
    none: 'The same as on file now',
    missing: 'none',
  },
};

export const words = wordsIn({ zh, en });
