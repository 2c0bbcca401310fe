// What shops of each category look like: how they are called, where they stand, how they open, how they are registered.

/** How a shop serves its customers. */
export type OpeningMode = 'in-store' | 'pick-up' | 'delivery';

/** Where a shop stands: on a street, or in a site of a kind. */
export type Setting = 'street' | 'farm-market' | 'mall' | 'logistics-park';

/** A word for the trade, with the GB/T 4754 class it stands for. */
export type Trade = readonly [word: string, gbt4754: string];

/** How the merchants of one category are made up. Weights and chances are assumptions for the demonstration. */
export interface CategoryProfile {
  trades: readonly Trade[];
  /** Words on a stall's board, after the surname: 王记豆腐. */
  stallTrades?: readonly Trade[];
  settings: Readonly<Partial<Record<Setting, number>>>;
  modes: readonly (readonly OpeningMode[])[];
  /** Customers at once; null where nobody counts. */
  capacity: readonly [min: number, max: number] | null;
  /** Chance of being an enterprise (USCC 91…) rather than an individual shop (92…). */
  enterprise: number;
  /** Chance of belonging to a chain whose outlets share one USCC, and how many such chains there are. */
  chain?: { share: number; brands: number };
  /** `shop` 福满食杂店, `branch` 松江银行靖宇街支行, `firm` 雪原食品有限公司, `point` 道外供水靖宇服务点, `operator` of a market. */
  naming: 'shop' | 'branch' | 'firm' | 'point' | 'operator';
  /** Relative chance of appearing among applicants and the suspended; 1 unless given. */
  churn?: number;
}

const inStore: readonly OpeningMode[] = ['in-store'];
const takeAway: readonly OpeningMode[] = ['pick-up', 'delivery'];
const allModes: readonly OpeningMode[] = ['in-store', 'pick-up', 'delivery'];
const inOrOut: readonly OpeningMode[] = ['in-store', 'pick-up'];
const byOrder: readonly OpeningMode[] = ['delivery'];
const collect: readonly OpeningMode[] = ['pick-up'];

const street = { street: 1 };

/** One profile for each of the 23 categories. */
export const categoryProfiles: Readonly<Record<string, CategoryProfile>> = {
  supermarket: {
    trades: trades('超市:5212 生鲜超市:5212 连锁超市:5212 购物超市:5212'),
    settings: street,
    modes: [allModes, inOrOut],
    capacity: [60, 400],
    enterprise: 1,
    chain: { share: 0.6, brands: 9 },
    naming: 'shop',
  },
  convenience: {
    trades: trades('食杂店:5213 便利店:5213 便民店:5213 小超市:5219 烟酒食杂店:5219 仓买:5213 食品店:5219'),
    settings: { street: 0.97, mall: 0.03 },
    modes: [inStore, inStore, inStore, inOrOut],
    capacity: [4, 15],
    enterprise: 0.08,
    chain: { share: 0.09, brands: 6 },
    naming: 'shop',
  },
  'market-operator': {
    trades: trades('市场管理有限公司:7223'),
    settings: { 'farm-market': 1 },
    modes: [inStore],
    capacity: [150, 600],
    enterprise: 1,
    naming: 'operator',
    churn: 0,
  },
  'wholesale-produce': {
    trades: trades('粮油批发:5121 果品批发:5123 蔬菜批发:5123 肉类批发:5124 水产批发:5124 蛋品批发:5124'),
    stallTrades: trades('粮油批发:5121 果蔬批发:5123 冻品批发:5124 水产批发:5124'),
    settings: { 'logistics-park': 0.8, 'farm-market': 0.12, street: 0.08 },
    modes: [inOrOut, allModes],
    capacity: null,
    enterprise: 0.3,
    naming: 'shop',
  },
  'grain-oil': {
    trades: trades('粮油店:5221 米面粮油店:5221 粮店:5221 杂粮店:5221'),
    stallTrades: trades('粮油:5221 米面:5221 杂粮:5221'),
    settings: { street: 0.55, 'farm-market': 0.45 },
    modes: [inStore, inOrOut],
    capacity: [3, 10],
    enterprise: 0.05,
    naming: 'shop',
  },
  'fruit-vegetable': {
    trades: trades('果蔬店:5223 水果店:5223 蔬菜店:5223 鲜果店:5223 菜店:5223'),
    stallTrades: trades('蔬菜:5223 鲜菜:5223 水果:5223 山野菜:5223 菌菇:5223 豆芽:5223'),
    settings: { street: 0.45, 'farm-market': 0.55 },
    modes: [inStore, inOrOut],
    capacity: [3, 10],
    enterprise: 0.04,
    chain: { share: 0.04, brands: 3 },
    naming: 'shop',
  },
  'meat-egg-aquatic': {
    trades: trades('鲜肉店:5224 冷鲜肉店:5224 水产店:5224 牛羊肉店:5224 蛋品店:5224'),
    stallTrades: trades('鲜肉:5224 牛羊肉:5224 活鱼:5224 白条鸡:5224 鸡蛋:5224 冻品:5224'),
    settings: { street: 0.37, 'farm-market': 0.63 },
    modes: [inStore],
    capacity: [3, 8],
    enterprise: 0.04,
    naming: 'shop',
  },
  'staple-bakery': {
    trades: trades('主食厨房:5222 馒头店:5222 面包房:5222 列巴店:1411 糕点铺:1411 筋饼店:5222'),
    stallTrades: trades('豆腐:5222 馒头:5222 切面:5222 大饼:5222 粘豆包:5222'),
    settings: { street: 0.6, 'farm-market': 0.3, mall: 0.1 },
    modes: [inStore, takeAway],
    capacity: [3, 8],
    enterprise: 0.08,
    chain: { share: 0.08, brands: 2 },
    naming: 'shop',
  },
  pharmacy: {
    trades: trades('大药房:5251 药店:5251 医药商店:5251 中药店:5252 参茸店:5252 兽药店:5253'),
    settings: { street: 0.96, mall: 0.04 },
    modes: [inStore, inStore, allModes],
    capacity: [4, 12],
    enterprise: 0.55,
    chain: { share: 0.45, brands: 8 },
    naming: 'shop',
  },
  'medical-supplies': {
    trades: trades('医疗器械店:5254 康复用品店:5254 防护用品店:5254'),
    settings: { street: 0.92, mall: 0.08 },
    modes: [inStore, inOrOut],
    capacity: [3, 8],
    enterprise: 0.5,
    naming: 'shop',
  },
  catering: {
    trades: trades(
      '饺子馆:6220 面馆:6220 馅饼店:6291 熏酱店:6291 麻辣烫:6291 砂锅店:6220 家常菜馆:6210 饭店:6210 包子铺:6291 烤冷面:6291 铁锅炖:6210 盒饭店:6220',
    ),
    settings: { street: 0.88, mall: 0.12 },
    modes: [takeAway, takeAway, collect],
    capacity: null,
    enterprise: 0.07,
    chain: { share: 0.06, brands: 5 },
    naming: 'shop',
    churn: 1.6,
  },
  'delivery-kitchen': {
    trades: trades('送餐站:6242 团餐配送站:6241 中央厨房:6241'),
    settings: street,
    modes: [byOrder],
    capacity: null,
    enterprise: 0.8,
    naming: 'shop',
  },
  'front-warehouse': {
    trades: trades('前置仓:5292 社区团购仓:5292 同城配送仓:5437'),
    settings: { street: 0.6, 'logistics-park': 0.4 },
    modes: [byOrder, takeAway],
    capacity: null,
    enterprise: 1,
    chain: { share: 0.7, brands: 4 },
    naming: 'shop',
  },
  express: {
    trades: trades('快递驿站:6020 快递营业部:6020 速递网点:6020'),
    settings: { street: 0.88, 'logistics-park': 0.12 },
    modes: [collect, takeAway],
    capacity: [2, 6],
    enterprise: 0.35,
    chain: { share: 0.5, brands: 7 },
    naming: 'shop',
  },
  'freight-park': {
    trades: trades('货运有限公司:5431 物流有限公司:5431 冷链物流有限公司:5432 货运站有限公司:5442'),
    settings: { 'logistics-park': 0.75, street: 0.25 },
    modes: [byOrder],
    capacity: null,
    enterprise: 1,
    naming: 'firm',
  },
  'cold-grain-storage': {
    trades: trades('冷库有限公司:5930 粮库有限公司:5951 仓储有限公司:5920'),
    settings: { 'logistics-park': 0.5, street: 0.5 },
    modes: [byOrder, takeAway],
    capacity: null,
    enterprise: 1,
    naming: 'firm',
  },
  fuel: {
    trades: trades('加油站:5265 加油站:5265 加气站:5266'),
    settings: street,
    modes: [inStore],
    capacity: null,
    enterprise: 1,
    chain: { share: 0.7, brands: 3 },
    naming: 'shop',
  },
  utilities: {
    trades: trades('供水:4610 供电:4420 供热:4430 燃气:4511'),
    settings: street,
    modes: [inStore],
    capacity: [5, 20],
    enterprise: 1,
    chain: { share: 1, brands: 4 },
    naming: 'point',
  },
  bank: {
    trades: trades('商业银行:6621 商业银行:6621 村镇银行:6621 信用社:6623'),
    settings: { street: 0.92, mall: 0.08 },
    modes: [inStore],
    capacity: [8, 25],
    enterprise: 1,
    chain: { share: 1, brands: 7 },
    naming: 'branch',
  },
  telecom: {
    trades: trades('通信:6312'),
    settings: { street: 0.8, mall: 0.2 },
    modes: [inStore],
    capacity: [5, 15],
    enterprise: 1,
    chain: { share: 1, brands: 3 },
    naming: 'branch',
  },
  'sanitation-property': {
    trades: trades('环卫:7820 物业:7020 物业:7020 殡葬服务:8080'),
    settings: street,
    modes: [inStore],
    capacity: null,
    enterprise: 1,
    naming: 'point',
  },
  'primary-care': {
    trades: trades('社区卫生服务站:8421 门诊部:8425'),
    settings: street,
    modes: [inStore],
    capacity: [6, 20],
    enterprise: 0.5,
    naming: 'point',
    churn: 0,
  },
  'essential-production': {
    trades: trades('肉制品有限公司:1353 食品有限公司:1411 制药有限公司:2720 卫生材料有限公司:2770'),
    settings: street,
    modes: [byOrder],
    capacity: null,
    enterprise: 1,
    naming: 'firm',
    churn: 0.5,
  },
};

function trades(text: string): readonly Trade[] {
  return text.split(' ').map((pair): Trade => {
    const [word = '', gbt4754 = ''] = pair.split(':');
    return [word, gbt4754];
  });
}
