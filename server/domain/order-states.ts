// The order's state machine (立行立改): state × act, as a table. Who may act is said in abilities. Pure.
import type { OrderState } from '../../models/order.ts';

export type Move = 'submit' | 'verify' | 'return' | 'extend' | 'cancel';

const moves: Record<Move, { from: OrderState[]; to: OrderState }> = {
  submit: { from: ['open'], to: 'submitted' },
  verify: { from: ['submitted'], to: 'closed' },
  return: { from: ['submitted'], to: 'open' },
  extend: { from: ['open'], to: 'open' },
  cancel: { from: ['open', 'submitted'], to: 'cancelled' },
};

export const orderMoves = Object.keys(moves) as Move[];

export function isLegalMove(state: OrderState, move: Move): boolean {
  return moves[move].from.includes(state);
}

export function stateAfter(move: Move): OrderState {
  return moves[move].to;
}

/** Who has to act next: the merchant while it is open, the bureau while an answer waits to be looked at. */
export function holderOf(state: OrderState): 'merchant' | 'bureau' | null {
  const holders = { open: 'merchant', submitted: 'bureau', closed: null, cancelled: null } as const;
  return holders[state];
}
