// Search by part of a name, pinyin, initials, code or street, beside a regular expression on the same records.
import { ask } from './child.ts';
import { type Line, printTable, sideBySide, timesAsFast } from './measure.ts';
import { someMerchants, type Stage } from './stage.ts';
import { searchTextOf } from '../server/lib/search-text.ts';

const rounds = 10;

export async function search({ mingdan, plain, merchants }: Stage): Promise<void> {
  const names = (await someMerchants(20)).map(({ name }) => name);
  const pick = (make: (name: string) => string) => names.map(make);
  const kinds = {
    'whole names': pick((name) => name),
    'parts of names': pick((name) => name.slice(2, 6)),
    'two characters': pick((name) => name.slice(3, 5)),
    'the end of names': pick((name) => name.slice(-3)),
    pinyin: pick((name) => partOf(name, 1).slice(3, 14)),
    initials: pick((name) => partOf(name, 2).slice(0, 6)),
    'with one slip': pick((name) => `${name.slice(0, 3)}某${name.slice(4)}`),
    'what no shop has': pick((name) => `${name.slice(0, 2)}饕餮${name.slice(2, 4)}`),
  };
  const lines: Line[] = [];
  for (const [kind, queries] of Object.entries(kinds)) {
    const q = (round: number) => encodeURIComponent(queries[round % queries.length] ?? '');
    const [ours, theirs] = await sideBySide(
      [
        { name: `mingdan, ${kind}`, ask: (round) => ask(`${mingdan.url}/api/v1/status?q=${q(round)}`) },
        { name: `plain, ${kind}`, ask: (round) => ask(`${plain.url}/search?q=${q(round)}`) },
      ],
      { rounds },
    );
    if (ours && theirs)
      lines.push({ ...ours, ratio: timesAsFast(ours, theirs), budget: budgetAt(merchants) }, theirs);
  }
  printTable(`Search, ${merchants} merchants`, lines);
}

const budgetAt = (merchants: number) => `${merchants > 100_000 ? 30 : 5} × plain`;

/** The pinyin of a name, or its initials. */
const partOf = (name: string, part: number): string => searchTextOf({ name }).text.split('\n')[part] ?? name;
