// A door is scanned (GET /status/{code}): by one person, and by sixty-four at once.
import { ask } from './child.ts';
import { printTable, sideBySide, timesAsFast } from './measure.ts';
import { someMerchants, type Stage } from './stage.ts';

export async function doorScan({ mingdan, plain, merchants }: Stage): Promise<void> {
  const shops = await someMerchants(500);
  const codeOf = (round: number) => shops[round % shops.length]?.doorCode ?? '';
  const sides = [
    { name: 'mingdan', ask: (round: number) => ask(`${mingdan.url}/api/v1/status/${codeOf(round)}`) },
    { name: 'plain', ask: (round: number) => ask(`${plain.url}/status/${codeOf(round)}`) },
  ];
  for (const [atOnce, rounds] of [
    [1, 500],
    [64, 3_000],
  ] as const) {
    const [ours, theirs] = await sideBySide(sides, { rounds, atOnce });
    if (!ours || !theirs) return;
    printTable(`Door scan, ${merchants} merchants, ${atOnce} at once`, [
      { ...ours, ratio: timesAsFast(ours, theirs), budget: atOnce === 64 ? '8 × plain' : '' },
      theirs,
    ]);
  }
}
