// Measuring side by side: in turns within one run, so that whatever else the machine does falls on all sides alike.

/** One way to do a thing; `ask` does it once, for the so-manieth time. */
export type Side = { name: string; ask: (round: number) => Promise<unknown> };
/** Times in milliseconds; `perSecond` counts what was done in the time that this side had. */
export type Figures = { name: string; n: number; p50: number; p95: number; perSecond: number };
/** A line of a table: a figure, and how it stands to another one. */
export type Line = Figures & { ratio?: string; budget?: string };

const turns = 10;

/** Each side asks `rounds` times, `atOnce` of them side by side; a tenth of that before it counts. */
export async function sideBySide(
  sides: Side[],
  { rounds, atOnce = 1 }: { rounds: number; atOnce?: number },
): Promise<Figures[]> {
  const each = Math.max(1, Math.ceil(rounds / turns));
  const taken = sides.map(() => ({ times: [] as number[], millis: 0 }));
  for (let turn = -1; turn < turns; turn += 1)
    for (const [index, side] of sides.entries()) {
      const startedAt = performance.now();
      const times = await inTurn(side, each, atOnce, Math.max(0, turn) * each);
      if (turn < 0) continue;
      taken[index]?.times.push(...times);
      if (taken[index]) taken[index].millis += performance.now() - startedAt;
    }
  return sides.map(({ name }, index) =>
    figuresOf(name, taken[index]?.times ?? [], taken[index]?.millis ?? 0),
  );
}

async function inTurn({ ask }: Side, count: number, atOnce: number, from: number): Promise<number[]> {
  const times: number[] = [];
  let next = from;
  const worker = async () => {
    while (next < from + count) {
      const startedAt = performance.now();
      await ask(next++);
      times.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return times;
}

export function figuresOf(name: string, times: number[], millis: number): Figures {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { name, n: sorted.length, p50: at(0.5), p95: at(0.95), perSecond: (sorted.length / millis) * 1_000 };
}

/** How many times as fast as another one: of what is done in a second, or of one alone. */
export const timesAsFast = (one: Figures, other: Figures): string =>
  `${((one.perSecond || 0) / (other.perSecond || NaN)).toFixed(1)} × ${other.name}`;
export const timesAsLong = (one: Figures, other: Figures): string =>
  `${(one.p50 / other.p50).toFixed(2)} × the time of ${other.name}`;

export function printTable(title: string, lines: Line[]): void {
  const head = ['', 'n', 'p50 ms', 'p95 ms', 'per s', 'ratio', 'to reach'];
  const rows = lines.map(({ name, n, p50, p95, perSecond, ratio = '', budget = '' }) => [
    name,
    String(n),
    p50.toFixed(1),
    p95.toFixed(1),
    perSecond.toFixed(perSecond < 10 ? 1 : 0),
    ratio,
    budget,
  ]);
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => widthOf(row[column] ?? ''))),
  );
  console.log(`\n${title}`);
  for (const row of [head, ...rows])
    console.log(
      row
        .map((cell, column) => `${cell}${' '.repeat((widths[column] ?? 0) - widthOf(cell))}`)
        .join('  ')
        .trimEnd(),
    );
}

/** Chinese characters take two places. */
const widthOf = (text: string): number => text.replace(/[\u3000-\u9fff\uff00-\uffef]/g, '  ').length;
