// Dues of objections that ran into a year without a holiday notice: counted anew once it is published.
import { type Objection, ObjectionModel } from '../../models/objection.ts';
import { addWorkingDays } from '../lib/calendar.ts';
import { publishedYears } from './order-recounts.ts';
import { settingsOf } from './settings.ts';
import { workingDays } from './working-days.ts';

const atOnce = 500;

/** Nobody who decides gets less time than was said. Answers how many this process counted; the rest wait for the next round. */
export async function recountProvisionalObjections(): Promise<number> {
  const waiting = await ObjectionModel.find({
    state: 'open',
    unpublishedYear: { $in: publishedYears(), $type: 'int' },
  })
    .limit(atOnce)
    .lean<Objection[]>();
  if (waiting.length === 0) return 0;
  const recounts = waiting.map(({ _id, rev, filedAt, due, areas }) => {
    const { objectionDecisionWorkingDays } = settingsOf(areas);
    const { at, unpublishedYear } = addWorkingDays(workingDays(), filedAt, objectionDecisionWorkingDays);
    const counted = { due: at > due ? at : due, unpublishedYear };
    return {
      updateOne: {
        filter: { _id, rev, state: 'open' as const },
        update: { $set: counted, $inc: { rev: 1 } },
      },
    };
  });
  const { modifiedCount } = await ObjectionModel.bulkWrite(recounts, { ordered: false });
  return modifiedCount;
}
