// The words of what a dry run points out: what is open at the shops, which plans stay, which end.
import { countOf, wordsIn } from '../../shared/words.ts';
import type { Adjustment } from './adjustment.ts';

type Code = Adjustment['dryRun']['remarks'][number]['code'];
type Words = {
  title: string;
  note: string;
  shown: (shown: string) => string;
  said: Record<Code, (shops: string, times: string) => string>;
};

const zh: Words = {
  title: '还要知道',
  note: '不妨碍提交和批准。',
  shown: (shown) => `列出前 ${shown} 家`,
  said: {
    'open-orders': (shops, times) => `${shops} 家有没销号的整改单，共 ${times} 张，照旧要办`,
    'open-visits': (shops, times) => `${shops} 家有 ${times} 次检查没办完：照片没到齐，或有标记没人看过`,
    'plan-stays': (shops, times) => `${shops} 家另有 ${times} 项计划，到时照样生效`,
    'plan-ends': (shops, times) => `${shops} 家的 ${times} 项计划不再生效`,
    'already-ends': (shops) => `${shops} 家已经是这个状态，但会按计划或到期离开，这次管不到`,
    'later-stays': (shops) => `${shops} 家后来另有决定，撤销后不变`,
    unplaced: (shops) => `${shops} 家没有登记位置，不知道在不在区里，这次管不到`,
    'look-alikes': (shops) => `${shops} 家新商户在名单上已有同名同址的：批准后会重复`,
  },
};

const en: Words = {
  title: 'Also to know',
  note: 'Nothing of it stands in the way.',
  shown: (shown) => `the first ${shown}`,
  said: {
    'open-orders': (shops, times) =>
      `${countOf(shops, 'merchant')} with ${countOf(times, 'open fix order')}, to be fixed all the same`,
    'open-visits': (shops, times) =>
      `${countOf(shops, 'merchant')} with ${countOf(times, 'unsettled visit')}: photos missing, or flags that nobody has looked at`,
    'plan-stays': (shops, times) =>
      `${countOf(shops, 'merchant')} with ${countOf(times, 'other plan')} that still comes into force`,
    'plan-ends': (shops, times) =>
      `${countOf(shops, 'merchant')} with ${countOf(times, 'plan')} that no longer comes into force`,
    'already-ends': (shops) =>
      `${countOf(shops, 'merchant')} there already, but leaving it by a plan or in time: this does not reach them`,
    'later-stays': (shops) =>
      `${countOf(shops, 'merchant')} with a later decision, which stays after the undoing`,
    unplaced: (shops) =>
      `${countOf(shops, 'merchant')} without a place on file: nobody knows whether they lie in the zone, and this does not reach them`,
    'look-alikes': (shops) =>
      `${countOf(shops, 'new merchant')} of the same name and address as one on the list: approved, each would be there twice`,
  },
};

export const words = wordsIn({ zh, en });
