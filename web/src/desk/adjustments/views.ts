// Views of the list of adjustments, and what an adjustment is called by the interface.
import type { ItemOf } from '../../shared/server/types.ts';
import type { Query } from '../server.ts';

export type AdjustmentKind = ItemOf<'getAdjustments'>['kind'];

/** Views of the list: what the address asks of `GET /adjustments`. */
export const views = {
  all: {},
  submitted: { state: ['submitted'] },
  unconfirmed: { unconfirmed: true },
  proposed: { proposed: true, state: ['draft'] },
  draft: { state: ['draft'] },
  enacted: { state: ['enacted'] },
  rejected: { state: ['rejected'] },
  withdrawn: { state: ['withdrawn'] },
  stale: { state: ['stale'] },
} as const satisfies Record<string, Query>;
export type View = keyof typeof views;
