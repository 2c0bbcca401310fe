// The words of the field for photos.
import { wordsIn } from '../words.ts';

const zh = {
  shoot: '拍照',
  pick: '从相册选',
  choose: '选照片',
  drop: (n: number) => `去掉第 ${n} 张`,
  photo: (n: number) => `第 ${n} 张`,
  unreadable: '这张打不开，换一张。',
};
const en: typeof zh = {
  shoot: 'Take a photo',
  pick: 'From the gallery',
  choose: 'Choose photos',
  drop: (n) => `Remove photo ${n}`,
  photo: (n) => `Photo ${n}`,
  unreadable: 'This one cannot be opened. Take another.',
};

export const words = wordsIn({ zh, en });
