// The words of shops that match a rule later.
import { countOf, wordsIn } from '../../shared/words.ts';

type Words = {
  title: string;
  more: (count: string) => string;
  act: (count: string) => string;
  open: string;
  tooMany: string;
  drafted: string;
};

const zh: Words = {
  title: '后来符合条件的',
  more: (count) => `现在又有 ${count} 家符合，这张单没有动它们。`,
  act: (count) => `给这 ${count} 家起草`,
  open: '已经起草了一张，去看看',
  tooMany: '现在又符合的太多，一张单放不下，这张单没有动它们。请按街道或类别分几张起草。',
  drafted: '草稿已存，还没提交',
};

const en: Words = {
  title: 'Matching since',
  more: (count) =>
    `${countOf(count, 'more merchant matches', 'more merchants match')} now. This adjustment has left them alone.`,
  act: (count) => `Draft for ${count === '1' ? 'this one' : `these ${count}`}`,
  open: 'A draft for them is there already: see it',
  tooMany:
    'More merchants match now than one adjustment holds. This one has left them alone. Draft several, by subdistrict or category for instance.',
  drafted: 'Draft kept, not submitted yet',
};

export const words = wordsIn({ zh, en });
