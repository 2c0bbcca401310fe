// A draft as the sum of its parts: judged, counted and hashed while they go by, so that it may name any number of shops.
import {
  type Adjustment,
  type AdjustmentLine,
  type Conflict,
  type Remark,
  remarkCodes,
} from '../../models/adjustment.ts';
import type { Merchant } from '../../models/merchant.ts';
import { invalidPart, Problem } from '../lib/problem.ts';
import { shownShops } from './dry-run-remarks.ts';
import { SetHash } from './set-hash.ts';

/** Conflicts that an adjustment keeps; all of them are counted. */
const shownConflicts = 200;

/** What is drafted of some shops. */
export type DraftPart = {
  lines: AdjustmentLine[];
  /** Those that cannot follow. */
  hindered: Conflict[];
  /** Those in the status already. */
  already?: Conflict[];
  touched: Pick<Merchant, 'district' | 'areas' | 'taskForces'>[];
  remarks?: Remark[];
};

export class DraftSum {
  private readonly draft: Adjustment;
  private readonly limit: number;
  private readonly hash: SetHash;
  private readonly hindered = new Shown();
  private readonly already = new Shown();
  private remarks: Remark[] | null = null;
  private isEmpty = true;

  /** `draft` says already what happens, when and why; whom it concerns is added to it. */
  constructor(draft: Adjustment, limit: number) {
    this.draft = draft;
    this.limit = limit;
    this.hash = new SetHash(draft);
  }

  /** Throws `adjustment-too-large`, or `invalid-request` where a shop lies in another district. */
  add({ lines, hindered, already = [], touched, remarks }: DraftPart): void {
    const { draft } = this;
    for (const place of touched) this.share(place);
    for (const line of lines) this.hash.add(line);
    const only = draft.count + lines.length === 1 ? (lines[0]?.merchant ?? draft.merchant) : null;
    draft.merchant = lines.find(({ successor }) => successor)?.merchant ?? only;
    draft.count += lines.length;
    if (draft.count > this.limit) throw new Problem('adjustment-too-large', { limit: this.limit });
    if (lines.some(({ contact }) => contact !== null)) draft.contactsFrom = 0;
    this.hindered.add(hindered);
    this.already.add(already);
    if (remarks) this.remarks = together(this.remarks ?? [], remarks);
  }

  /** The draft, whole. Throws `adjustment-empty` where nobody was meant. */
  total(excepted: number): Adjustment {
    if (this.isEmpty) throw new Problem('adjustment-empty');
    const { draft, hindered, already, remarks } = this;
    return Object.assign(draft, {
      passedOver: { already: already.count, excepted, conflicts: hindered.count },
      conflicts: [...hindered.first, ...already.first].slice(0, shownConflicts),
      setHash: this.hash.digest(),
      ...(remarks && { remarks }),
    });
  }

  private share({ district, areas, taskForces }: DraftPart['touched'][number]): void {
    const { draft } = this;
    if (this.isEmpty) Object.assign(draft, { district, areas, taskForces });
    this.isEmpty = false;
    if (district !== draft.district)
      throw invalidPart('/merchants', '须在同一个区 / must lie in one district');
    draft.areas = draft.areas.filter((area) => areas.includes(area));
    draft.taskForces = draft.taskForces.filter((taskForce) => taskForces.includes(taskForce));
  }
}

/** All are counted, the first are kept. */
class Shown {
  count = 0;
  readonly first: Conflict[] = [];

  add(conflicts: Conflict[]): void {
    this.count += conflicts.length;
    this.first.push(...conflicts.slice(0, shownConflicts - this.first.length));
  }
}

/** Remarks on some shops and on more. */
export function together(one: Remark[], other: Remark[]): Remark[] {
  return remarkCodes.flatMap((code) => {
    const [first, ...more] = [...one, ...other].filter((remark) => remark.code === code);
    return first ? [more.reduce(sumOf, first)] : [];
  });
}

function sumOf({ code, shops, count, merchants }: Remark, more: Remark): Remark {
  return {
    code,
    shops: shops + more.shops,
    count: count + more.count,
    merchants: [...merchants, ...more.merchants].slice(0, shownShops),
  };
}
