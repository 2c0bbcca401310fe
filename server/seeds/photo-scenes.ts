// What each sample photo shows: one scene for each item of the checklist, before (fault) and after (fixed or ok).
import type { Palette } from './photo-parts.ts';
import {
  banner,
  bottle,
  codeStand,
  counter,
  front,
  notice,
  person,
  poster,
  room,
  shelf,
  table,
} from './photo-parts.ts';
import {
  barrier,
  clerk,
  crowd,
  display,
  emptyStand,
  guest,
  loudspeaker,
  openDoor,
  otherGuest,
  queue,
  stool,
  tapeMarks,
} from './photo-props.ts';

/** The items of the checklist `essential`, which are the scenes too. */
export type PhotoScene =
  'mask' | 'scan' | 'temperature' | 'no-promotion' | 'no-crowding' | 'entrance' | 'supervisor' | 'in-store';

/** The fault, the fault put right, or a shop that was in order from the start. */
export type PhotoState = 'fault' | 'fixed' | 'ok';

/** SVG of a scene, 960 by 720, without the marks that label it as a sample. */
export function drawScene(scene: PhotoScene, palette: Palette, state: PhotoState, serial: number): string {
  return scenes[scene](palette, state, serial).join('');
}

type Draw = (palette: Palette, state: PhotoState, serial: number) => string[];

const scenes: Readonly<Record<PhotoScene, Draw>> = {
  mask: (palette, state, serial) => [
    room(palette),
    shelf(30, 492, 9, 4, palette),
    shelf(610, 492, 9, 4, palette),
    state === 'ok' ? notice(384, 84, '请戴口罩') : '',
    person(480, 300, 2, {
      ...clerk(palette),
      mask: state !== 'fault' ? 'on' : serial % 2 === 0 ? 'chin' : 'none',
      hat: palette.hair === '#4b3a30',
    }),
    counter(60, 560, 840, palette),
  ],

  scan: (palette, state, serial) => [
    front(palette),
    ...(state === 'fault'
      ? [emptyStand(140, 320), person(540, 330, 1, guest(palette))]
      : [codeStand(140, 320, serial), person(430, 330, 1, { ...guest(palette), holding: 'phone' })]),
    state === 'ok' ? person(730, 330, 1, { ...clerk(palette), armband: true }) : '',
  ],

  temperature: (palette, state) => [
    front(palette),
    table(60, 500, 230, '测温处'),
    ...(state === 'fault'
      ? [person(480, 320, 1.05, guest(palette))]
      : [
          bottle(90, 490),
          person(420, 320, 1.05, { ...clerk(palette), holding: 'thermometer', armband: state === 'ok' }),
          person(640, 322, 1.05, guest(palette)),
          display(),
        ]),
  ],

  'no-promotion': (palette, state) => [
    room(palette),
    shelf(40, 492, 7, state === 'fault' ? 3 : 4, palette),
    shelf(660, 492, 7, state === 'fault' ? 3 : 4, palette),
    ...(state === 'fault'
      ? [poster(60, 106, '特价', 3), poster(376, 96, '促销', -3), poster(690, 112, '打折', -4)]
      : [state === 'fixed' ? tapeMarks() : notice(384, 110, '间隔一米')]),
    person(420, 330, 1, guest(palette)),
    state === 'fault' ? person(560, 336, 1, otherGuest(palette)) : '',
    state === 'fault' ? loudspeaker(730, 560) : '',
  ],

  'no-crowding': (palette, state, serial) => [
    room(palette),
    shelf(30, 492, 9, 4, palette),
    state === 'ok' ? notice(440, 90, '间隔一米') : '',
    person(720, 270, 1.05, clerk(palette)),
    counter(560, 440, 380, palette),
    state === 'fault' ? crowd(palette, serial) : queue(palette),
  ],

  entrance: (palette, state) => [
    front(palette),
    openDoor(),
    ...(state === 'fault'
      ? [person(480, 330, 0.98, guest(palette))]
      : [
          banner(286, 222, '入口查码'),
          barrier(),
          person(400, 340, 0.98, { ...clerk(palette), vest: state === 'ok' }),
          table(60, 500, 230, '入口'),
          bottle(86, 490),
          bottle(134, 490),
        ]),
  ],

  supervisor: (palette, state) => [
    front(palette),
    stool(740, 480),
    ...(state === 'fault'
      ? [person(440, 330, 1, guest(palette)), person(560, 334, 1, otherGuest(palette))]
      : [
          banner(290, 222, '监督员'),
          person(580, 300, 1.12, { ...clerk(palette), armband: true, vest: state === 'ok' }),
        ]),
  ],

  'in-store': (palette, state) => [
    room(palette),
    shelf(10, 540, 9, 5, palette),
    shelf(632, 540, 9, 5, palette),
    ...(state === 'fault'
      ? [
          person(430, 320, 1.1, { ...guest(palette), mask: 'chin' }),
          person(540, 330, 1.1, { ...otherGuest(palette), mask: 'none' }),
        ]
      : [
          notice(424, 84, '巡查'),
          person(480, 300, 1.2, {
            ...clerk(palette),
            armband: true,
            vest: state === 'ok',
            holding: 'clipboard',
          }),
        ]),
  ],
};
