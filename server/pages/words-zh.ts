// The words of the first screens in Chinese. `words-en.ts` holds the same keys.
import type { Ground } from '../../models/adjustment.ts';
import type { Mode } from '../../models/merchant.ts';
import type { Severity } from '../../models/order.ts';
import type { VisitResult } from '../../models/visit.ts';
import type { PublishedStatus } from '../domain/status.ts';
import { html, type Html } from './html.ts';

const word: Record<PublishedStatus, string> = {
  listed: '可以营业',
  suspended: '暂停营业',
  removed: '已移出名单',
  deregistered: '已注销',
};
const chip: Record<PublishedStatus, string> = {
  listed: '在名单',
  suspended: '暂停',
  removed: '已移出',
  deregistered: '已注销',
};
const meaning: Record<PublishedStatus, string> = {
  listed: '在白名单上，可以开门。',
  suspended: '仍在白名单上，但现在不能营业。',
  removed: '不在白名单上了，不能营业；可以重新申请。',
  deregistered: '登记已经注销，这家店不再经营。',
};
const ground: Record<Ground, string> = {
  application: '商户申请',
  verified: '核验合格',
  seed: '首批名单',
  import: '报送名单',
  visit: '检查结果',
  order: '整改单',
  complaint: '投诉核查',
  notice: '公告',
  zone: '区域防控要求',
  closure: '停业',
  correction: '登记更正',
  objection: '异议处理结果',
  undo: '撤销先前的调整',
  emergency: '紧急处置',
  other: '其他',
};
/** Why a shop is off the list, for everybody to read. */
const why: Record<Ground, string> = {
  application: '商户自己申请。',
  verified: '核验时不符合条件。',
  seed: '首批名单这样确定。',
  import: '报送的名单这样确定。',
  visit: '检查时发现问题，需要改好。',
  order: '整改单到期没有完成。',
  complaint: '投诉核查后认定有问题。',
  notice: '按公告执行。',
  zone: '所在区域有防控要求。',
  closure: '这家店已经停业。',
  correction: '登记信息更正。',
  objection: '异议处理后这样决定。',
  undo: '先前的调整已经撤销。',
  emergency: '情况紧急，先暂停 24 小时，另一名负责人确认后才继续有效。',
  other: '其他原因，详见公告。',
};
const result: Record<VisitResult, string> = {
  passed: '全部合格',
  fixed: '有问题，当场改好',
  orders: '有问题，限期整改',
  'no-entry': '到了门口，没能进店检查',
};
const mode: Record<Mode, string> = { 'in-store': '到店', 'pick-up': '自提', delivery: '配送' };
const severity: Record<Severity, string> = { minor: '一般', major: '较重', critical: '严重' };

const call = html`<a href="tel:12345">12345</a>`;

export const zh = {
  brand: '保供白名单',
  brandNote: '名单 Mingdan',
  otherLanguage: 'English',
  site: '名单',
  call: '问 12345',
  again: '再查一家',
  join: '、',
  word,
  chip,
  meaning,
  ground,
  why,
  result,
  mode,
  status: {
    since: (at: Html) => html`自 ${at} 起`,
    listedSince: (at: Html) => html`在白名单上，自 ${at}起`,
    until: (at: Html) => html`到 ${at} 为止`,
    lastVisit: '上次检查',
    forged: '带你来的二维码不是本单位发的，这张门牌可能是假的。请核对店名和地址，并拨打 12345。',
    follower: {
      merged: {
        known: (shop: Html) => html`这家店重复登记，已并入 ${shop}。能不能营业，看那一条。`,
        unknown: '这家店重复登记，已并入另一条登记。',
      },
      'handed-over': {
        known: (shop: Html) => html`这个铺位已换商户，现在是 ${shop}。`,
        unknown: '这个铺位已换商户。新商户能不能营业，请按店名查。',
      },
    },
    neverVisited: '还没查过',
    neverVisitedNote: '这不等于合格，也不等于不合格。',
    whyTitle: '为什么',
    groundTitle: '依据',
    organTitle: '决定机关',
    issuerTitle: '发布机关',
    addressTitle: '地址',
    categoryTitle: '门类',
    codeTitle: '信用代码',
    registerTitle: '登记号',
    doorTitle: '门牌码',
    nextTitle: '接下来',
    backTitle: '怎样恢复',
    objectTitle: '不同意？',
    nextListed: '检查人员会继续到店检查，结果写在本页。进店请戴口罩、扫码、测温。',
    nextEnds: (at: Html) => html`这一状态到 ${at} 自动结束，之后看本页。`,
    nextDeregistered: '要再开店，先办营业登记，再重新申请进名单。',
    stepsRecheck: ['商户按要求改好', '另一名检查人员到店复查', '合格后恢复，本页随即更新'],
    stepsNotice: ['按公告的要求执行', '主管部门核对后提出恢复', '另一人审批后恢复，本页随即更新'],
    stepsEmergency: ['24 小时内由另一名负责人确认', '没有确认，自动恢复', '确认了，改好并复查合格后恢复'],
    stepsRemoved: ['达到条件后重新申请', '检查人员到店核验', '另一人审批后重新进名单'],
    object: (organ: Html, days: number, workingDays: number) =>
      html`商户可以向${organ}提出异议：用商户账号登录<a href="/shop">我的店</a>，${days}
        天内写明理由，可附照片，由没有参与这个决定的人在 ${workingDays} 个工作日内答复。没有账号，请拨
        ${call}。`,
    several: (count: number) => `同一个信用代码有 ${count} 家店`,
    severalNote: '请按地址找到这一家。',
    queried: (at: Html, organ: Html) =>
      html`${at}查询。状态由${organ}发布。以本页当时显示的为准，不以门口的纸为准。`,
    address: '本页地址',
  },
  none: {
    word: '没有查到',
    since: '名单里没有这个码。这不等于被移出，也不等于可以营业。',
    perhaps: '也许是',
    typo: '码不对：有一位对不上校验，可能输错或印坏了',
    reasons: ['码输错了一位', '这家店登记在别的区', '还没有进名单'],
    again: '再查一次',
    join: '想进名单？向所在区的主管部门申请，或拨 12345 咨询。',
  },
  search: {
    title: '这家店能不能营业？',
    label: '店名、拼音首字母、信用代码或街道',
    example: '例：康宁药店、kn、靖宇街',
    button: '查询',
    found: (count: number) => `查到 ${count} 家`,
    foundMany: (count: number) => `查到 ${count} 家以上`,
    nearly: '没有查到，相近的有',
    nearlyNote: (q: string) => `没有一家店含“${q}”。下面的只差一个字，请核对店名和地址。`,
    nothing: '没有查到',
    nothingNote: '没有查到不等于被移出，也不等于可以营业。少写几个字，或换用信用代码再查。',
    narrow: '只列出前 50 家。多写几个字，会更准。',
    more: '后面的',
    back: '前面的',
    wordsTitle: '会看到的四个词',
    aboutTitle: '名单是什么',
    about:
      '名单（Mingdan）记着本区哪些保供单位可以营业：药店、超市、便利店、加油站等。扫门口的二维码，打开的是同一页。不用登录。',
    api: '给程序用的接口',
    none: '不收录：还在申请或核验的店。',
  },
  fix: {
    title: '整改单',
    to: (shop: string) => `发给${shop}`,
    left: '还剩',
    late: '已超过',
    before: '前',
    was: '应在',
    elapsed: '已过的时间',
    yellow: '黄牌：已经过期',
    red: (days: number) => `红牌：过期 ${days} 天以上`,
    lateNote: '现在改好仍然要交，越早越好。',
    foundAt: (at: Html) => html`${at} 记录`,
    photoAlt: '检查人员拍的照片',
    severity,
    returned: '上次没有通过',
    returnedNote: '请按下面的话再改，再交一次。',
    answer: '拍照回复',
    photos: (most: number) => `至少 1 张，最多 ${most} 张`,
    photosLabel: '改好以后的照片',
    note: '补充说明（可不填）',
    submit: '改好了，提交',
    foot: (ends: Html) =>
      html`来不及，或者不同意？请打 ${call}，报上面的单号。此链接只能看这一张单，${ends}失效，不用登录。`,
    sent: '已提交，等核验',
    sentPhotos: (count: number) => `交了 ${count} 张照片`,
    sentAt: (at: Html) => html`${at} 收到`,
    next: '接下来',
    clockStands: '等核验的时候不计时。',
    steps: ['商户改好，交照片', '另一人核验', '合格就销号；不合格会退回，写明原因'],
    nothingToDo: '现在不用再做什么。这个链接可以随时再打开看。',
    refused: {
      needsPhoto: '还没有选照片。至少要一张改好以后的照片。',
      kind: '这种照片格式不支持。请用 JPEG、PNG 或 WebP；苹果手机请在“设置－相机－格式”选“兼容性最佳”。',
      damaged: '有一张照片打不开，或像素太多。请重新拍。',
      large: (most: number) => `照片太大或太多。每张最多 15 MB，一次最多 ${most} 张。`,
      state: '这张单刚才已经交过了，没有重复提交。',
      full: '现在存不下照片。请留好照片，过一会儿再交。',
      other: '没有交上。请再试一次。',
    },
  },
  problem: {
    'link-ended': {
      word: '链接已失效',
      since: '整改单已经办完或取消，或者链接过期、被收回了。',
      title: '怎么办',
      steps: ['已经交过照片：不用再做什么', '还没有改好：请检查人员重新发链接', '想知道店能不能营业：查店名'],
    },
    'door-code-renewed': {
      word: '门牌已作废',
      since: '这家店换了新门牌码。旧门牌说明不了什么。',
      title: '怎么办',
      steps: ['请店家出示新门牌，扫新码', '或者查店名', '旧门牌还挂在门上：拨 12345'],
    },
    'not-found': {
      word: '链接打不开',
      since: '没有这张整改单。链接可能不完整。',
      title: '怎么办',
      steps: [
        '从短信或纸条上重新打开，不要少了后面的字',
        '还是打不开：请检查人员重新发链接',
        '找不到检查人员：拨 12345',
      ],
    },
    'too-many-requests': {
      word: '太频繁了',
      since: '刚才请求太多。',
      title: '怎么办',
      steps: ['等一会儿再打开这一页'],
    },
    unavailable: {
      word: '暂时打不开',
      since: '服务器现在答不了。名单没有变。',
      title: '怎么办',
      steps: ['过一两分钟再打开', '急用请拨 12345'],
    },
    'invalid-request': {
      word: '看不懂',
      since: '地址或填写的内容有误。',
      title: '怎么办',
      steps: ['回到首页重新查'],
    },
    other: {
      word: '没有办成',
      since: '这一步没有做成。',
      title: '怎么办',
      steps: ['退回上一页再试一次', '还是不行：拨 12345'],
    },
  },
};

export type PageWords = typeof zh;
