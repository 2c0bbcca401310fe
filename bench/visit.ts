// A clean visit is handed in (POST /visits), majority and journalled: by one phone, and by sixty-four at once.
import { ChecklistModel } from '../models/checklist.ts';
import { VisitModel, type VisitBody } from '../models/visit.ts';
import { ids } from '../server/lib/ids.ts';
import { ask } from './child.ts';
import { printTable, sideBySide, timesAsFast } from './measure.ts';
import { aPerson, someMerchants, type Stage } from './stage.ts';

export async function visit({ mingdan, plain, plainToken, merchants }: Stage): Promise<void> {
  const shops = await someMerchants(2_000);
  const token = (await aPerson('inspector')).sign();
  const sealed = await sealer();
  const bodyOf = (round: number) => sealed(shops[round % shops.length]?._id ?? '');
  const sides = [
    {
      name: 'mingdan',
      ask: (round: number) =>
        ask(`${mingdan.url}/api/v1/visits`, { method: 'POST', token, body: bodyOf(round) }),
    },
    {
      name: 'plain',
      ask: (round: number) =>
        ask(`${plain.url}/visits`, { method: 'POST', token: plainToken, body: bodyOf(round) }),
    },
  ];
  for (const [atOnce, rounds] of [
    [1, 200],
    [64, 3_000],
  ] as const) {
    const [ours, theirs] = await sideBySide(sides, { rounds, atOnce });
    if (!ours || !theirs) return;
    printTable(`Clean visit, ${merchants} merchants, ${atOnce} at once`, [
      { ...ours, ratio: timesAsFast(ours, theirs), budget: atOnce === 64 ? '2.4 × plain' : '' },
      theirs,
    ]);
  }
  await VisitModel.deleteMany({});
}

/** Makes clean visits by a checklist of the ground. */
async function sealer(): Promise<(merchant: string) => VisitBody> {
  const checklist = await ChecklistModel.findOne().sort({ _id: 1 }).lean();
  if (!checklist) throw new Error('there is no checklist');
  const { key, version, items } = checklist;
  const answers = items.map(({ key: item }) => ({ item, outcome: 'pass' as const }));
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  return (merchant) => ({
    id: ids.uuid(),
    kind: 'routine',
    merchant,
    checklist: { key, version },
    arrivedAt: ago(10),
    sealedAt: ago(5),
    location: { lng: 126.64, lat: 45.78, accuracy: 10 },
    answers,
  });
}
