// The fold of ledger entries against a plain second telling of the rules, over random histories on a small clock of ticks.
import { expect } from 'chai';
import fc from 'fast-check';
import type { Status } from '../../models/merchant.ts';
import type { Successor } from '../../models/words.ts';
import {
  type Layer,
  liveLayers,
  presentStretch,
  statusAt,
  stretchAt,
  stretchesOf,
} from '../../server/domain/ledger-fold.ts';

const lastTick = 24;
const ticks = Array.from({ length: lastTick + 4 }, (_, tick) => tick);
const at = (tick: number) => new Date(Date.UTC(2022, 10, 29) + tick * 1_000);

const someStatus = fc.constantFrom<Status>('listed', 'suspended', 'removed', 'applying');

/** What an adjustment may bring: a status, facts, or the undoing of earlier entries; at once or planned, for ever or for a time. */
const wish = fc.record({
  kind: fc.constantFrom('status', 'status', 'facts', 'undo'),
  to: someStatus,
  from: fc.nat(lastTick),
  lasts: fc.option(fc.integer({ min: 1, max: 8 })),
  cancels: fc.uniqueArray(fc.nat(9), { maxLength: 3 }),
  follower: fc.option(fc.constantFrom<Successor['kind']>('merged', 'handed-over')),
});
type Wish = typeof wish extends fc.Arbitrary<infer T> ? T : never;

/** Entries as enacting would number them. The first gives status and facts and is never cancelled. */
function historyOf(wishes: Wish[], earlier: Layer[] = []): Layer[] {
  const layers = [...earlier];
  for (const { kind, to, from, lasts, cancels, follower } of wishes) {
    const n = layers.length + 1;
    const first = n === 1;
    layers.push({
      n,
      to: first || kind === 'status' ? to : null,
      facts: first || kind === 'facts' ? n : null,
      effectiveFrom: at(first ? 0 : from),
      effectiveTo: first || lasts === null || kind !== 'status' ? null : at(from + lasts),
      cancels: kind === 'undo' ? cancels.filter((one) => one > 1 && one < n) : [],
      height: n * 2,
      ...(follower !== null && { successor: { kind: follower, merchant: `follower ${n}` } }),
    });
  }
  return layers;
}

const history = fc.array(wish, { minLength: 1, maxLength: 10 }).map((wishes) => historyOf(wishes));

/** The same rules once more, as a person would say them. */
function isLive(layers: Layer[], layer: Layer, tick: number): boolean {
  const now = at(tick).getTime();
  const begun = layer.effectiveFrom.getTime() <= now;
  const ended = layer.effectiveTo !== null && layer.effectiveTo.getTime() <= now;
  const cancelled = layers.some((other) => other.cancels.includes(layer.n) && isLive(layers, other, tick));
  return begun && !ended && !cancelled;
}

type Told = { status: Status; entry: number; facts: number; successor?: Successor };

function naive(layers: Layer[], tick: number): Told | null {
  let top: Layer | undefined;
  let described: Layer | undefined;
  for (const layer of layers) {
    if (!isLive(layers, layer, tick)) continue;
    const covers = (below: Layer | undefined) =>
      below === undefined || layer.effectiveFrom >= below.effectiveFrom;
    if (layer.to !== null && covers(top)) top = layer;
    if (layer.facts !== null && covers(described)) described = layer;
  }
  if (!top?.to || !described?.facts) return null;
  const told = { status: top.to, entry: top.n, facts: described.facts };
  return top.successor ? { ...told, successor: top.successor } : told;
}

function whatShows({ status, entry, facts, successor }: Told): Told {
  return { status, entry, facts, ...(successor && { successor }) };
}

describe('the fold of ledger entries', () => {
  it('gives the status, its layer and the facts that the rules give, at every instant', () => {
    fc.assert(
      fc.property(history, (layers) => {
        for (const tick of ticks) expect(statusAt(layers, at(tick))).to.deep.equal(naive(layers, tick));
      }),
      { numRuns: 400 },
    );
  });

  it('does not depend on the order in which entries are read', () => {
    fc.assert(
      fc.property(history, fc.nat(lastTick), (layers, tick) => {
        const shuffled = layers.toSorted((a, b) => (a.n % 3) - (b.n % 3) || b.n - a.n);
        expect(statusAt(shuffled, at(tick))).to.deep.equal(statusAt(layers, at(tick)));
        expect(stretchesOf(shuffled)).to.deep.equal(stretchesOf(layers));
      }),
    );
  });

  it('is told in stretches that agree with it at every instant, without gap or overlap', () => {
    fc.assert(
      fc.property(history, (layers) => {
        const stretches = stretchesOf(layers);
        for (const tick of ticks) {
          const found = stretchAt(stretches, at(tick));
          const told = found && whatShows(found);
          expect(told).to.deep.equal(naive(layers, tick));
        }
        stretches.forEach(({ from, to }, index) => {
          const next = stretches[index + 1];
          expect(to?.getTime()).to.equal(next?.from.getTime());
          if (to) expect(from.getTime()).to.be.lessThan(to.getTime());
        });
        expect(stretches.at(-1)?.to).to.equal(null);
      }),
      { numRuns: 400 },
    );
  });

  it('says since when the status has been this without a break; one that is undone by then is none', () => {
    fc.assert(
      fc.property(history, (layers) => {
        const stretches = stretchesOf(layers);
        for (const tick of ticks) {
          const shown = naive(layers, tick);
          if (!shown) continue;
          const undone = layers.flatMap((layer) => (isLive(layers, layer, tick) ? layer.cancels : []));
          const standing = layers.filter(({ n }) => !undone.includes(n));
          let since = tick;
          while (since > 0 && naive(standing, since - 1)?.status === shown.status) since -= 1;
          expect(stretchAt(stretches, at(tick))?.since.getTime()).to.equal(at(since).getTime());
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never changes what it said about the past, whatever is enacted later', () => {
    fc.assert(
      fc.property(
        history,
        fc.array(wish, { minLength: 1, maxLength: 6 }),
        fc.nat(lastTick),
        (layers, wishes, now) => {
          const later = wishes.map((one) => ({ ...one, from: Math.max(one.from, now) }));
          const all = historyOf(later, layers);
          for (let tick = 0; tick < now; tick++)
            expect(statusAt(all, at(tick))).to.deep.equal(statusAt(layers, at(tick)));
          const past = (of: Layer[]) =>
            stretchesOf(of)
              .filter(({ from }) => from < at(now))
              .map(({ to, ...stretch }) => ({ ...stretch, to: to && to < at(now) ? to : 'later' }));
          expect(past(all)).to.deep.equal(past(layers));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('takes an undone layer away and nothing else, and brings it back when the undoing is undone', () => {
    fc.assert(
      fc.property(history, fc.nat(8), (layers, pick) => {
        const victim = layers[1 + (pick % Math.max(1, layers.length - 1))];
        if (!victim) return;
        const cancelling = (n: number, cancels: number[]): Layer => ({
          n,
          to: null,
          facts: null,
          effectiveFrom: at(lastTick + 1),
          effectiveTo: null,
          cancels,
          height: n * 2,
        });
        const undo = cancelling(layers.length + 1, [victim.n]);
        const redo = cancelling(layers.length + 2, [undo.n]);
        const after = at(lastTick + 2);
        const live = (of: Layer[]) => liveLayers(of, after).map(({ n }) => n);
        // What the victim itself had cancelled comes back: its deed is undone as well.
        const without = layers.map((layer) =>
          layer === victim ? { ...layer, effectiveTo: layer.effectiveFrom } : layer,
        );
        const expected = live(without).filter((n) => n !== victim.n);
        expect(live([...layers, undo]).filter((n) => n !== undo.n)).to.have.members(expected);
        expect(live([...layers, undo, redo]).filter((n) => n <= layers.length)).to.have.members(live(layers));
      }),
      { numRuns: 300 },
    );
  });

  it('says that somebody follows only while the entry which says so is in force', () => {
    fc.assert(
      fc.property(history, (layers) => {
        for (const tick of ticks) {
          const shown = statusAt(layers, at(tick));
          const said = layers.find(({ n }) => n === shown?.entry)?.successor;
          expect(shown?.successor).to.deep.equal(said);
          const cancelled = liveLayers(layers, at(tick)).flatMap(({ cancels }) => cancels);
          for (const n of cancelled) expect(shown?.successor?.merchant).not.to.equal(`follower ${n}`);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('knows nothing before the first entry, but a server a moment behind shows the first stretch', () => {
    const layers = historyOf([
      { kind: 'status', to: 'listed', from: 0, lasts: null, cancels: [], follower: null },
    ]);
    const before = new Date(at(0).getTime() - 1);
    expect(statusAt(layers, before)).to.equal(null);
    expect(stretchAt(stretchesOf(layers), before)).to.equal(null);
    expect(presentStretch(stretchesOf(layers), before)).to.include({ status: 'listed' });
    expect(presentStretch([], before)).to.equal(null);
  });
});
