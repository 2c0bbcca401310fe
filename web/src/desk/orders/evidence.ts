// What an order's photos show: the fault as the visit found it, and everything that was sent to show that it is fixed. Pure.
import type { AnswerOf } from '../../shared/server/types.ts';
import type { Order } from './lanes.ts';

type Visit = Pick<AnswerOf<'getVisitsId'>, 'photos' | 'distanceMeters'>;
type Event = Order['history'][number];

/** A photo with who took it, when, how, and how far from the shop, as far as anybody said. */
export type Shot = {
  sha256: string;
  present: boolean;
  lost: boolean;
  at: string;
  by: Event['by'];
  act: Event['act'];
  source: 'camera' | 'gallery' | null;
  distanceMeters: number | null;
};

export function shotsOf({ history }: Pick<Order, 'history'>, visit: Visit | undefined) {
  const shots = history.flatMap(({ act, by, at, photos }) =>
    photos.map((photo): Shot => {
      const taken = visit?.photos.find(({ sha256 }) => sha256 === photo.sha256);
      return {
        ...photo,
        at: taken?.takenAt ?? at,
        by,
        act,
        source: taken?.source ?? null,
        distanceMeters: taken ? (visit?.distanceMeters ?? null) : null,
      };
    }),
  );
  return {
    before: shots.filter(({ act }) => act === 'open'),
    after: shots.filter(({ act }) => act !== 'open'),
  };
}
