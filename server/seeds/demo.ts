// The demonstration list: two districts with a month of history, told through the domain functions with a clock and ids of its own.
import { AreaModel } from '../../models/area.ts';
import { DeploymentModel } from '../../models/deployment.ts';
import { allModels } from '../../models/index.ts';
import { UserModel } from '../../models/user.ts';
import { followHeads } from '../domain/heads.ts';
import { projectVisits } from '../domain/visit-projection.ts';
import { makeRandom } from './random.ts';
import { seedGround } from './seed-ground.ts';
import { seedList } from './seed-list.ts';
import { giveMerchantAccount, seedPeople } from './seed-people.ts';
import { seedVisits } from './seed-visits.ts';
import { claimSeeding } from './seeding-claim.ts';
import { Story } from './story.ts';

/** The instant everything is told for, the accounts' one password (none are made without it), and where progress is said. */
export type SeedOptions = { now: Date; password: string | undefined; say: (line: string) => void };

const seedName = 'mingdan-daowai-2022';

/**
 * Fills an empty database; does nothing to one that holds anything. One that was killed while it was being filled is begun
 * anew. Under the same `now` two seedings give equal lists, visits, orders and block hashes.
 */
export async function seedDemo({
  now,
  password,
  say,
}: SeedOptions): Promise<{ seeded: boolean; accounts: string[] }> {
  if (await isInUse()) return { seeded: false, accounts: [] };
  const claim = await claimSeeding(say);
  if ('state' in claim) return { seeded: false, accounts: claim.accounts };
  try {
    if (claim.again) {
      say('The demonstration list was cut off while it was being filled: beginning anew');
      for (const model of allModels) if (!holdsClaim(model)) await model.deleteMany({});
    }
    const random = makeRandom(seedName);
    const { accounts } = await tell(new Story(now, random.fork('ids')), random, password, say);
    await followHeads();
    await claim.done(accounts);
    return { seeded: true, accounts };
  } finally {
    claim.stop();
  }
}

const holdsClaim = (model: (typeof allModels)[number]) =>
  model.collection.name === DeploymentModel.collection.name;

/** Somebody's own data: filled by hand, never by a demonstration. */
async function isInUse(): Promise<boolean> {
  if (await DeploymentModel.exists({ _id: 'demo' })) return false;
  return (await AreaModel.exists({})) !== null || (await UserModel.exists({})) !== null;
}

async function tell(
  story: Story,
  random: ReturnType<typeof makeRandom>,
  password: string | undefined,
  say: (line: string) => void,
) {
  say('Filling the empty database with the demonstration list of Daowai District');
  const sites = await story.do('ground', story.daysBefore(41, 0), () => seedGround(random));
  const people = await story.do('people', story.daysBefore(40, 0), () => seedPeople(story, password));
  const merchants = await seedList(story, random, people, sites);
  say(`  ${merchants.daowai.length + merchants.second.length} merchants in two districts`);
  const { visits, photos } = seedVisits(story, random, people, merchants);
  await story.tellUntilNow();
  say(`  ${visits} visits with ${photos} sample photos, and their orders`);
  await projectVisits();
  await giveMerchantAccount(people);
  return people;
}
