// The difference of two instants is what the lists as of these instants differ by, whoever asks and wherever the instants lie.
import { expect } from 'chai';
import { MerchantPeriodModel, openEnd } from '../../models/merchant-period.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { clock } from '../../server/lib/clock.ts';
import { isProblem } from '../support/app.ts';
import {
  approved,
  enacted,
  hours,
  minutes,
  passTime,
  releaseClock,
  shownIn,
  undone,
} from '../support/desk.ts';
import {
  aDesk,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  listedMerchants,
  type Person,
} from '../support/world.ts';

type Move = { merchant: string; name: string; from: string | null; to: string | null };
type Difference = {
  items: Move[];
  total: number;
  moves: { from: string | null; to: string | null; count: number }[];
};

describe('the difference of two instants', () => {
  let desk: Desk;
  let shops: Merchant[];
  let instants: Date[];

  before(async () => {
    await emptyWorld();
    await layGround();
    releaseClock();
    desk = await aDesk();
    shops = await listedMerchants(
      desk,
      Array.from({ length: 7 }, () => ({})),
    );
    const [still, several, brief, street, back, kind, planned] = shops.map(({ _id }) => _id);
    passTime(minutes);
    const first = await enacted(desk, { merchants: [several] });
    await enacted(desk, { merchants: [brief], effectiveTo: inFuture(10 * minutes) });
    await corrected(still, { name: '改名药店（示例）' });
    await corrected(street, { subdistrict: '230104005' });
    await corrected(back, { subdistrict: '230104005' });
    passTime(minutes);
    await enacted(desk, { to: 'removed', merchants: [several] });
    await enacted(desk, { merchants: [planned], effectiveFrom: inFuture(hours) });
    await corrected(kind, { category: 'supermarket' });
    passTime(minutes);
    await enacted(desk, { merchants: [street, back] });
    await undone(desk, first);
    await corrected(back, { subdistrict: '230104001' });
    passTime(20 * minutes);
    instants = await everyBoundary();
  });

  after(releaseClock);

  const inFuture = (millis: number) => new Date(clock.now().getTime() + millis).toISOString();

  async function corrected(id: string | undefined, changes: object): Promise<void> {
    const rev = (await MerchantModel.findById(id).lean())?.rev ?? 0;
    const answer = await desk.staff.api.patch(`/merchants/${id}`).set('If-Match', `"${rev}"`).send(changes);
    if (answer.status === 202) await approved(desk.approver, shownIn(answer));
    else expect(answer.status).to.equal(200);
  }

  /** Each instant at which something began or ended, and the last one before it. */
  async function everyBoundary(): Promise<Date[]> {
    const periods = await MerchantPeriodModel.find().lean();
    const at = new Set(periods.flatMap(({ from, to }) => [from.getTime(), to.getTime()]));
    at.delete(openEnd.getTime());
    return [...at].flatMap((millis) => [new Date(millis - 1), new Date(millis)]);
  }

  async function listAsOf({ api }: Person, at: Date): Promise<Map<string, { name: string; status: string }>> {
    const { body } = await api.get(`/merchants?asOf=${at.toISOString()}`).expect(200);
    const { items } = body as { items: { id: string; name: string; status: string }[] };
    return new Map(items.map((item) => [item.id, item]));
  }

  async function difference({ api }: Person, from: Date, to: Date): Promise<Difference> {
    const span = `from=${from.toISOString()}&to=${to.toISOString()}`;
    return (await api.get(`/ledger/diff?${span}`).expect(200)).body as Difference;
  }

  async function isOfTheLists(person: Person): Promise<number> {
    const ordered = instants.toSorted((a, b) => a.getTime() - b.getTime());
    const lists = new Map<Date, Awaited<ReturnType<typeof listAsOf>>>();
    for (const at of ordered) lists.set(at, await listAsOf(person, at));
    let seen = 0;
    for (const [place, from] of ordered.entries())
      for (const to of ordered.slice(place)) {
        const [before, after] = [lists.get(from), lists.get(to)];
        const expected = shops.flatMap(({ _id }) => {
          const move = { from: before?.get(_id)?.status ?? null, to: after?.get(_id)?.status ?? null };
          return move.from === move.to ? [] : [{ merchant: _id, ...move }];
        });
        const { items, total, moves } = await difference(person, from, to);
        const told = items.map((item) => ({ merchant: item.merchant, from: item.from, to: item.to }));
        expect(told, `${from.toISOString()} ${to.toISOString()}`).to.have.deep.members(expected);
        expect(total).to.equal(expected.length);
        expect(moves.reduce((sum, { count }) => sum + count, 0)).to.equal(total);
        for (const { merchant, name } of items) {
          const shown = after?.get(merchant) ?? before?.get(merchant);
          if (after?.has(merchant)) expect(name).to.equal(shown?.name);
          else expect(name).not.to.equal('');
        }
        seen += total;
      }
    return seen;
  }

  it('is that of the two lists, at each boundary, for a whole district', async () => {
    expect(await isOfTheLists(desk.staff)).to.be.above(100);
  }).timeout(60_000);

  it('is so for one street, which shops leave and come back to', async () => {
    expect(await isOfTheLists(await aPerson('auditor', { areas: ['230104001'] }))).to.be.above(100);
    expect(await isOfTheLists(await aPerson('auditor', { areas: ['230104005'] }))).to.be.above(20);
  }).timeout(60_000);

  it('is so for one task force, whose kind of shop one becomes', async () => {
    const trade = await aPerson('approver', { areas: ['230104'], taskForce: 'trade' });
    expect(await isOfTheLists(trade)).to.be.above(0);
  }).timeout(60_000);

  it('is refused where the later instant comes first: it would say that nothing moved', async () => {
    const [from, to] = [instants[0], clock.now()].map((at) => at?.toISOString());
    await desk.staff.api.get(`/ledger/diff?from=${to}&to=${from}`).expect(isProblem(400, 'invalid-request'));
  });
});
