// What a merchant may object to: the decision against its shop that shows now.
import type { AnswerOf, ItemOf } from '../shared/server/types.ts';

export type Shop = AnswerOf<'getMerchantsId'>;
export type Objection = ItemOf<'getObjections'>;

const against: Shop['status'][] = ['suspended', 'removed', 'rejected', 'deregistered'];

export const isAgainst = ({ status }: Pick<Shop, 'status'>): boolean => against.includes(status);

/** The objection to the decision that shows now which waits for its answer, or was upheld: it needs no other. */
export const standingAgainst = (
  { layer }: Pick<Shop, 'layer'>,
  objections: Objection[],
): Objection | undefined =>
  objections.find(
    ({ state, decision }) =>
      (state === 'open' || state === 'upheld') && decision.adjustment === layer.adjustment,
  );
