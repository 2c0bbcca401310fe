// Writing the audit trail, in the transaction of the deed: when it cannot be written, the deed does not happen.
import { AuditRecordModel } from '../../models/audit-record.ts';
import { clock } from '../lib/clock.ts';
import { currentContext } from '../lib/context.ts';
import { ids } from '../lib/ids.ts';
import { type Actor, byOf } from './actor.ts';

/** `of` is the record whose areas and task forces decide who may read the trail; without it only an admin does. */
type Change = { before?: unknown; after?: unknown; of?: { areas: string[]; taskForces: string[] } };

/** Records `action` (past tense, `order.verified`) by `actor` on one record. */
export async function recordAudit(
  actor: Actor,
  action: string,
  record: string,
  change: Change = {},
): Promise<void> {
  const context = currentContext();
  await AuditRecordModel.create({
    _id: ids.uuid(),
    at: clock.now(),
    by: byOf(actor),
    action,
    noun: action.split('.')[0] ?? action,
    record,
    areas: change.of?.areas ?? [],
    taskForces: change.of?.taskForces ?? [],
    before: change.before ?? null,
    after: change.after ?? null,
    requestId: context?.requestId ?? null,
    address: context?.address ?? null,
  });
}
