// What one may object to, until when, by when it is decided, and by whom not.
import { expect } from 'chai';
import { hadPart, isOverdue, layerObjectedTo, objectionClock } from '../../server/domain/objection-rules.ts';
import { makeCalendar } from '../../server/lib/calendar.ts';
import type { Status } from '../../models/merchant.ts';

const day = (n: number) => new Date(Date.UTC(2022, 10, n));
const layer = (n: number, to: Status, changes: object = {}) => ({
  n,
  to,
  facts: n === 1 ? 1 : null,
  effectiveFrom: day(n),
  effectiveTo: null,
  cancels: [] as number[],
  height: n,
  adjustment: `a${n}`,
  ...changes,
});

describe('what one may object to', () => {
  const listed = layer(1, 'listed');

  it('is a decision against the shop that shows now, or showed before', () => {
    const layers = [listed, layer(2, 'suspended'), layer(3, 'listed')];
    expect(layerObjectedTo(layers, 'a2', day(2))?.n).to.equal(2);
    expect(layerObjectedTo(layers, 'a2', day(20))?.n).to.equal(2);
    for (const to of ['removed', 'deregistered'] as const)
      expect(layerObjectedTo([listed, layer(2, to)], 'a2', day(3))?.to).to.equal(to);
  });

  it('is not being listed, not what is only planned, and not what was called off before it began', () => {
    const planned = layer(2, 'suspended', { effectiveFrom: day(9) });
    const off = { ...layer(3, 'listed'), to: null, cancels: [2] };
    expect(layerObjectedTo([listed], 'a1', day(5))).to.equal(null);
    expect(layerObjectedTo([listed, planned], 'a2', day(8))).to.equal(null);
    expect(layerObjectedTo([listed, planned], 'a2', day(9))?.n).to.equal(2);
    expect(layerObjectedTo([listed, planned, off], 'a2', day(20))).to.equal(null);
  });

  it('is an emergency from when it was made to last', () => {
    const first = layer(2, 'suspended', { effectiveTo: day(3) });
    const lasting = layer(3, 'suspended', {
      adjustment: 'a2',
      effectiveFrom: new Date(day(3).getTime() - 1),
    });
    expect(layerObjectedTo([listed, first, lasting], 'a2', day(5))?.n).to.equal(3);
  });
});

describe('the clock of an objection', () => {
  const times = { objectionDays: 15, objectionDecisionWorkingDays: 5 };
  const clockOf = (effectiveFrom: string, filedAt: string) =>
    objectionClock(
      makeCalendar([]),
      { effectiveFrom: new Date(effectiveFrom), filedAt: new Date(filedAt) },
      times,
    );

  it('ends the period after exact days', () => {
    expect(clockOf('2022-11-01T08:00:00Z', '2022-11-16T08:00:00Z').late).to.equal(false);
    expect(clockOf('2022-11-01T08:00:00Z', '2022-11-16T08:00:00.001Z').late).to.equal(true);
  });

  it('is due at the end of the fifth working day, by the published holidays and make-up days', () => {
    // Friday before the holidays of 1 to 7 October, of which 8 and 9 October are made up for.
    const { due, unpublishedYear } = clockOf('2022-09-29T00:00:00Z', '2022-09-30T17:00:00+08:00');
    expect(due.toISOString()).to.equal('2022-10-12T16:00:00.000Z');
    expect(unpublishedYear).to.equal(null);
    expect(clockOf('2098-12-30T00:00:00Z', '2098-12-30T00:00:00Z').unpublishedYear).to.be.a('number');
  });

  it('has run out from the due on, unless somebody has decided', () => {
    const due = day(5);
    expect(isOverdue({ state: 'open', due }, day(4))).to.equal(false);
    expect(isOverdue({ state: 'open', due }, day(5))).to.equal(true);
    expect(isOverdue({ state: 'dismissed', due }, day(6))).to.equal(false);
  });
});

describe('who had part in a decision', () => {
  const by = (id: string) => ({ kind: 'user' as const, id, role: 'staff', name: id });
  const doers = {
    draftedBy: by('drafter'),
    submittedBy: by('submitter'),
    decidedBy: by('decider'),
    confirmedBy: by('confirmer'),
  };

  it('is everybody who wrote it, and who found what it rests on', () => {
    for (const one of ['drafter', 'submitter', 'decider', 'confirmer', 'finder'])
      expect(hadPart(one, doers, ['finder']), one).to.equal(true);
    expect(hadPart('somebody else', doers, ['finder'])).to.equal(false);
    const alone = { ...doers, submittedBy: null, decidedBy: null, confirmedBy: null };
    expect(hadPart('decider', alone, [])).to.equal(false);
  });
});
