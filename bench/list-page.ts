// A page of fifty of the list: the present one beside a peer's, and the list as of an instant beside the present one.
import { MerchantPeriodModel } from '../models/merchant-period.ts';
import { ask } from './child.ts';
import { type Line, printTable, sideBySide, timesAsFast, timesAsLong } from './measure.ts';
import { aPerson, type Stage } from './stage.ts';

const rounds = 20;
const filters = ['', 'subdistrict=230104001', 'subdistrict=230104022&status=listed', 'category=pharmacy'];

export async function listPage({ mingdan, plain, plainToken, merchants }: Stage): Promise<void> {
  const token = (await aPerson('staff')).sign();
  const lines: Line[] = [];
  for (const filter of filters.slice(0, 3)) {
    const [ours, theirs] = await sideBySide(
      [
        {
          name: `mingdan ?${filter}`,
          ask: () => ask(`${mingdan.url}/api/v1/merchants?${filter}`, { token }),
        },
        {
          name: `plain ?${filter}`,
          ask: () => ask(`${plain.url}/merchants?${filter}`, { token: plainToken }),
        },
      ],
      { rounds },
    );
    if (ours && theirs)
      lines.push({ ...ours, ratio: timesAsFast(ours, theirs), budget: '1.5 × plain' }, theirs);
  }
  printTable(`A page of the list, ${merchants} merchants`, lines);
}

export async function asOfList({ mingdan, merchants }: Stage): Promise<void> {
  const token = (await aPerson('staff')).sign();
  const first = await MerchantPeriodModel.findOne({}, { from: 1 }).sort({ merchant: 1 }).lean();
  const asOf = new Date((first?.from.getTime() ?? 0) + 60_000).toISOString();
  const lines: Line[] = [];
  for (const filter of [...filters, 'sort=name', 'sort=-since'])
    for (const next of [false, true]) {
      const present = `${mingdan.url}/api/v1/merchants?${filter}`;
      const past = `${present}&asOf=${asOf}`;
      const [now, then] = await Promise.all([present, past].map((page) => pageOf(page, token, next)));
      const [today, before] = await sideBySide(
        [
          { name: `today ?${filter}${next ? ', page 2' : ''}`, ask: () => ask(now ?? '', { token }) },
          { name: `as of ?${filter}${next ? ', page 2' : ''}`, ask: () => ask(then ?? '', { token }) },
        ],
        { rounds },
      );
      if (today && before)
        lines.push(today, { ...before, ratio: timesAsLong(before, today), budget: '2 × today' });
    }
  printTable(`The list as of an instant, ${merchants} merchants`, lines);
}

/** The address of the first page, or of the second. */
async function pageOf(first: string, token: string, isSecond: boolean): Promise<string> {
  if (!isSecond) return first;
  const { nextCursor } = JSON.parse(await ask(first, { token })) as { nextCursor: string | null };
  return nextCursor === null ? first : `${first}&cursor=${nextCursor}`;
}
