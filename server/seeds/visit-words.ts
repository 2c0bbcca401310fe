// What inspectors and merchants write down in the sample visits, item by item.

/** Words for one item of the checklist: what was wrong, how it was put right, what the merchant answers, why it goes back. */
export interface ItemWords {
  fault: readonly string[];
  fixed: readonly string[];
  answer: readonly string[];
  returned: string;
}

/** By key of the checklist item. */
export const itemWords: Readonly<Record<string, ItemWords>> = {
  mask: {
    fault: ['收银员口罩戴在下巴', '一名店员未戴口罩', '理货员口罩未遮住鼻子', '店员口罩挂在耳边'],
    fixed: ['当场戴好，已提醒全体店员', '当场更换新口罩并戴好', '当场改正'],
    answer: ['已给店员发放口罩，班前检查佩戴', '全员戴好，门口备有一次性口罩'],
    returned: '照片只见一人，请拍全体在岗店员',
  },
  scan: {
    fault: ['入口没有场所码', '场所码褪色，扫不出来', '场所码被货箱挡住', '无人提醒进店扫码'],
    fixed: ['当场把场所码挪到入口显眼处', '安排专人在门口提醒扫码', '当场重新张贴场所码'],
    answer: ['新的场所码已贴在入口', '门口摆上扫码牌，专人提醒进店扫码'],
    returned: '照片里的码看不清，请重拍',
  },
  temperature: {
    fault: ['门口无人测温', '额温枪没电，无备用', '测温设备显示不准', '顾客进店未测温'],
    fixed: ['当场换电池，恢复测温', '当场安排店员在门口测温', '换用备用额温枪'],
    answer: ['已买新额温枪两把，专人测温', '测温设备修好，入口专人负责'],
    returned: '未见有人在门口测温，请补拍',
  },
  'no-promotion': {
    fault: ['门口贴有“特价”海报', '店内喇叭叫卖', '堆头悬挂“打折”广告', '有试吃台，引来围观'],
    fixed: ['海报当场撤下', '喇叭当场关闭收起', '试吃台当场撤除'],
    answer: ['促销海报已全部撤下', '店内广告已清理，活动取消'],
    returned: '橱窗仍有一张海报',
  },
  'no-crowding': {
    fault: ['收银台前排队过密', '店内人数超过限定', '称重处顾客扎堆', '取餐口多人聚集'],
    fixed: ['当场疏导，改为分批进店', '增开一个收银台，队伍已散开', '当场贴出一米线'],
    answer: ['地面已贴一米线，门口专人限流', '改为分批进店，限定人数已公示'],
    returned: '一米线只贴到门口，店内仍无间隔',
  },
  entrance: {
    fault: ['入口查验点无人值守', '出入口未分开', '查验点缺消毒用品', '侧门可随意进出'],
    fixed: ['当场派人值守查验点', '当场锁闭侧门，只留一个入口', '补齐免洗消毒液'],
    answer: ['查验点已设桌椅和消毒用品，专人值守', '出入口用隔离带分开'],
    returned: '侧门仍开着，请关闭后再拍',
  },
  supervisor: {
    fault: ['监督员未佩戴红袖标', '无人担任监督员', '监督员不在岗'],
    fixed: ['监督员当场戴上红袖标', '店长当场顶岗担任监督员'],
    answer: ['已指定监督员两名，轮班佩戴红袖标', '红袖标已领，监督员在岗'],
    returned: '袖标看不清字样，请近拍',
  },
  'in-store': {
    fault: ['无场内巡查记录', '巡查记录缺今天上午', '场内无人提醒保持间隔'],
    fixed: ['当场补做一次巡查并记录', '当场安排监督员场内巡查'],
    answer: ['巡查表已上墙，每两小时记录一次', '监督员定时巡查，附今天记录'],
    returned: '记录没有签名，请补签',
  },
};

/** Remarks on a visit as a whole; most visits have none. */
export const visitNotes: readonly string[] = [
  '货源充足，秩序良好',
  '库存可供三天左右',
  '已当面讲解检查要求',
  '门口积雪已请店主清扫',
  '顾客不多，秩序良好',
];

/** Why nobody got in, with a remark. */
export const noEntryNotes: Readonly<Record<'closed' | 'refused' | 'moved', readonly string[]>> = {
  closed: ['卷帘门落锁，电话未接', '门上贴有“今日休息”', '白天未营业，邻店说下午才开'],
  refused: ['店员以负责人不在为由未让进店', '称正在盘点，未让进店'],
  moved: ['门头已换，邻店说上月搬走', '空铺，正在装修'],
};

/** Whom the inspector met: a role, never a person's name. */
export const rolesMet = {
  shop: ['店主', '店员', '收银员', '值班店长', '负责人'],
  stall: ['摊主', '帮工'],
} as const;
