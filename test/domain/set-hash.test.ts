// The hash of a frozen set, line by line: the content hash of the whole.
import { expect } from 'chai';
import fc from 'fast-check';
import type { Adjustment, AdjustmentLine } from '../../models/adjustment.ts';
import { setHashOf } from '../../server/domain/set-hash.ts';
import { contentHash } from '../../server/lib/canonical.ts';

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('"lines":[]', '\\"lines":[]', ']}'));

describe('the hash of a set', () => {
  it('is the content hash of what it says, whatever stands in it', () => {
    const adjustment = fc.record({
      _id: text,
      kind: text,
      to: fc.option(text),
      ground: text,
      reason: text,
      notice: fc.option(text),
      undoes: fc.option(text),
    });
    const line = fc.record({
      merchant: text,
      rev: fc.nat(),
      factsVersion: fc.nat(),
      to: fc.option(text),
      cancels: fc.array(fc.nat()),
      facts: fc.option(fc.record({ name: text })),
      contactHash: fc.option(text),
      successor: fc.option(fc.record({ kind: text, merchant: text }), { nil: undefined }),
    });
    fc.assert(
      fc.property(
        adjustment,
        fc.array(line),
        fc.date({ noInvalidDate: true }),
        (of, lines, effectiveFrom) => {
          const whole = { ...of, effectiveFrom, effectiveTo: null } as unknown as Adjustment;
          const listed = lines.map((one) => [
            one.merchant,
            one.rev,
            one.factsVersion,
            one.to,
            one.cancels,
            one.facts,
            ...(one.contactHash === null && !one.successor ? [] : [one.contactHash]),
            ...(one.successor ? [one.successor] : []),
          ]);
          expect(setHashOf(whole, lines as unknown as AdjustmentLine[])).to.equal(
            contentHash({
              ...of,
              effectiveFrom: effectiveFrom.toISOString(),
              effectiveTo: null,
              lines: listed,
            }),
          );
        },
      ),
    );
  });
});
