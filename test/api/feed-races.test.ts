// The feed under 64 writers at once and scopes that change meanwhile: no reader misses anything, none sees beyond his scope.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { MerchantFactsModel } from '../../models/merchant-facts.ts';
import { type Facts, type Merchant, MerchantModel } from '../../models/merchant.ts';
import { UserModel } from '../../models/user.ts';
import { draftAdjustment } from '../../server/domain/adjustment-drafts.ts';
import { approveAdjustment, submitAdjustment } from '../../server/domain/adjustments.ts';
import { factsOf } from '../../server/domain/facts.ts';
import { sequenceChanges } from '../../server/domain/feed-sequencer.ts';
import { projectVisits } from '../../server/domain/visit-projection.ts';
import { submitVisit } from '../../server/domain/visits.ts';
import { withinASecond } from '../support/accounts.ts';
import { listOf, Reader } from '../support/feed.ts';
import { aVisit } from '../support/visits.ts';
import {
  adjust,
  aDesk,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  listedMerchants,
  type Person,
} from '../support/world.ts';

const writers = 64;
const streets = ['230104001', '230104005'];
const categories = ['pharmacy', 'supermarket'];
const taskForceOf: Record<string, string> = { pharmacy: 'market', supermarket: 'trade' };

type Followed = { person: Person; reader: Reader; scopes: { area: string; taskForce: string | null }[] };

describe('the feed under many hands', () => {
  let desk: Desk;
  let visitor: Person;
  let merchants: Merchant[];

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    visitor = await aPerson('inspector');
    merchants = await listedMerchants(
      desk,
      Array.from({ length: writers }, (_, index) => ({
        subdistrict: streets[index % 2] ?? '',
        category: categories[(index >> 1) % 2] ?? '',
      })),
    );
  });

  async function rewrite(id: string, change: (facts: Facts) => Partial<Facts>): Promise<void> {
    const merchant = await MerchantModel.findById(id).lean<Merchant>();
    if (!merchant) throw new Error('the merchant is gone');
    const facts = { ...factsOf(merchant), ...change(merchant) };
    const draft = await draftAdjustment(desk.staff.actor, {
      kind: 'facts',
      to: null,
      ground: 'correction',
      reason: '',
      corrections: [{ merchant: id, rev: merchant.rev, facts }],
    });
    const { state, setHash } = await submitAdjustment(desk.staff.actor, draft._id);
    if (state === 'submitted') await approveAdjustment(desk.approver.actor, draft._id, { setHash });
  }

  const other = (values: string[], value: string) => values.find((one) => one !== value) ?? value;

  /** Each writer has a shop of its own and a task; several of them touch it by visits besides. */
  async function write(index: number): Promise<void> {
    const id = merchants[index]?._id ?? '';
    const neighbour = merchants[(index + 7) % writers]?._id ?? '';
    await submitVisit(visitor.actor, aVisit(neighbour));
    const acts = [
      () => adjust(desk, id, 'suspended'),
      () => rewrite(id, ({ name }) => ({ name: `${name}二` })),
      () => rewrite(id, ({ subdistrict }) => ({ subdistrict: other(streets, subdistrict) })),
      () => rewrite(id, ({ category }) => ({ category: other(categories, category) })),
    ];
    // Every second one only visits: enactments of a district take turns.
    if (index % 8 < 4) await acts[index % 4]?.();
    else await projectVisits();
  }

  async function follower(role: 'staff' | 'inspector' | 'auditor', area: string, taskForce: string | null) {
    const person = await aPerson(role, { areas: [area], taskForce });
    return { person, reader: new Reader(person, 9), scopes: [{ area, taskForce }] };
  }

  const lies = (
    { subdistrict, taskForce }: { subdistrict: string; taskForce: string },
    { scopes }: Followed,
  ) =>
    scopes.some(
      (scope) =>
        subdistrict.startsWith(scope.area) && (scope.taskForce === null || scope.taskForce === taskForce),
    );

  /** Merchants that lay within a scope at any time, by all versions of their facts. */
  async function everWithin(followed: Followed): Promise<Set<string>> {
    const versions = await MerchantFactsModel.find().lean();
    const within = versions.filter(({ facts: { subdistrict, category } }) =>
      lies({ subdistrict, taskForce: taskForceOf[category] ?? '' }, followed),
    );
    return new Set(within.map(({ merchant }) => merchant));
  }

  it('is followed without a miss and without a glimpse beyond', async () => {
    const moving = await follower('inspector', streets[0] ?? '', 'market');
    const all: Followed[] = [
      await follower('staff', '230104', null),
      await follower('auditor', '2301', 'trade'),
      await follower('inspector', streets[0] ?? '', 'market'),
      await follower('inspector', streets[1] ?? '', null),
      await follower('staff', '230199', null),
      moving,
    ];
    let written = false;
    const until = async (isOver: () => boolean, deed: () => Promise<unknown>) => {
      while (!isOver()) {
        await deed();
        await sleep(10);
      }
    };
    const sequencers = [1, 2].map(() => until(() => written, sequenceChanges));
    const readers = all.map(({ reader }) =>
      until(
        () => written,
        () => reader.follow(),
      ),
    );
    const scopeChange = async () => {
      // One that has not begun has nothing to begin anew.
      while (moving.reader.next === undefined) await sleep(10);
      const area = streets[1] ?? '';
      const [scope] = moving.person.user.scopes;
      await UserModel.updateOne({ _id: moving.person.user._id }, { scopes: [{ ...scope, areas: [area] }] });
      moving.scopes.push({ area, taskForce: 'market' });
    };
    await Promise.all([...Array.from({ length: writers }, (_, index) => write(index)), scopeChange()]);
    written = true;
    await Promise.all([...sequencers, ...readers]);
    await projectVisits();
    await sequenceChanges();
    await withinASecond();

    for (const followed of all) {
      const { person, reader } = followed;
      await reader.follow();
      const who = JSON.stringify(followed.scopes);
      expect(reader.held(), who).to.deep.equal(await listOf(person));
      const ever = await everWithin(followed);
      for (const item of reader.heard)
        if (item.gone) expect(ever.has(item.id), who).to.equal(true);
        else expect(lies(item, followed), `${who} ${JSON.stringify(item)}`).to.equal(true);
    }
    expect(moving.reader.resyncs).to.equal(1);
    expect(all[0]?.reader.copy.size).to.equal(writers);
    expect(all[4]?.reader.heard).to.deep.equal([]);
  }).timeout(60_000);
});
