// The words of what may be done with the original of a photo.
import type { AnswerOf } from '../../shared/server/types.ts';
import { wordsIn } from '../../shared/words.ts';

type Custody = AnswerOf<'getPhotosSha256Custody'>['items'][number];

type Words = {
  original: string;
  custody: string;
  custodyTitle: string;
  custodyAct: Record<Custody['act'], string>;
  custodyColumns: { at: string; act: string; by: string; address: string };
  redact: string;
  redactTitle: string;
  redactNote: string;
  redactAdd: string;
  redactRemove: (number: string) => string;
  rectangle: (number: string) => string;
  side: Record<'x' | 'y' | 'width' | 'height', string>;
  redactReason: string;
  redactMissing: string;
  redactNone: string;
  redactAct: (count: string) => string;
  redacted: string;
  redactedSave: string;
};

const zh: Words = {
  original: '取原图（会记录）',
  custody: '保管记录',
  custodyTitle: '这张原图的保管记录',
  custodyAct: { received: '收到', viewed: '看过原图', packed: '进了证据包', redacted: '做了遮盖副本' },
  custodyColumns: { at: '时间', act: '事情', by: '谁', address: '地址' },
  redact: '做遮盖副本',
  redactTitle: '遮盖照片的一部分',
  redactNote: '在照片上拖出要遮住的地方。原图不变，另存一张副本。',
  redactAdd: '加一块',
  redactRemove: (number) => `去掉第 ${number} 块`,
  rectangle: (number) => `第 ${number} 块`,
  side: { x: '左 %', y: '上 %', width: '宽 %', height: '高 %' },
  redactReason: '理由',
  redactMissing: '写一句理由。',
  redactNone: '先遮住至少一块。',
  redactAct: (count) => `遮住 ${count} 块，另存副本`,
  redacted: '遮盖副本已存好',
  redactedSave: '取副本',
};

const en: Words = {
  original: 'Fetch original (is logged)',
  custody: 'Custody',
  custodyTitle: 'Custody of this original',
  custodyAct: {
    received: 'Received',
    viewed: 'Original viewed',
    packed: 'Put into an evidence package',
    redacted: 'Redacted copy made',
  },
  custodyColumns: { at: 'Time', act: 'Deed', by: 'Who', address: 'Address' },
  redact: 'Make a redacted copy',
  redactTitle: 'Cover parts of the photo',
  redactNote: 'Drag over what is to be covered. The original stays; a copy is made.',
  redactAdd: 'Add a part',
  redactRemove: (number) => `Remove part ${number}`,
  rectangle: (number) => `Part ${number}`,
  side: { x: 'Left %', y: 'Top %', width: 'Width %', height: 'Height %' },
  redactReason: 'Reason',
  redactMissing: 'Write one sentence.',
  redactNone: 'Cover one part at least.',
  redactAct: (count) => `Cover ${count} and save a copy`,
  redacted: 'The redacted copy is made',
  redactedSave: 'Fetch the copy',
};

export const words = wordsIn({ zh, en });
