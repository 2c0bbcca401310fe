// A draft as somebody writes it at the desk, and what of it goes to the server.
import { expect } from 'chai';
import { statuses } from '../../models/merchant.ts';
import {
  chosenGrounds as grounds,
  mayFollow,
  mayLapse as lapses,
  ownGround,
} from '../../server/domain/whitelist-rules.ts';
import {
  chosenGrounds,
  draftBodyOf,
  dryRunBodyOf,
  formFromQuery,
  hasOwnGround,
  instantOf,
  localOf,
  mayLapse,
  missingIn,
  nextStatuses,
  targetsFrom,
} from '../../web/src/desk/adjustments/drafting.ts';

const shop = '01930f2e-0000-7000-8000-000000000001';

describe('a draft at the desk', () => {
  it('offers the very transitions, grounds and ends that the server allows', () => {
    for (const from of statuses)
      expect([...nextStatuses[from]].sort()).to.deep.equal(
        statuses.filter((to) => mayFollow(from, to)).sort(),
      );
    for (const to of statuses) {
      expect(mayLapse(to)).to.equal(lapses(to));
      expect(hasOwnGround(to)).to.equal(ownGround(to, false) !== null);
    }
    expect(chosenGrounds).to.deep.equal(grounds);
    expect(targetsFrom(['suspended'])).to.deep.equal(['listed', 'removed', 'deregistered']);
  });

  it('begins from the address: a list by hand, or the fields of a list as a rule', () => {
    expect(formFromQuery({ merchant: [shop, shop], basis: `order:${shop}` })).to.include({
      by: 'names',
      basisKind: 'order',
      basisId: shop,
      ground: 'order',
    });
    const form = formFromQuery({ category: ['pharmacy', 'mall'], hasOpenOrders: 'true', nonsense: 'x' });
    expect(form.by).to.equal('rule');
    expect(dryRunBodyOf(form)).to.deep.equal({
      to: 'suspended',
      effectiveFrom: null,
      effectiveTo: null,
      rule: { where: { category: ['pharmacy', 'mall'], hasOpenOrders: true } },
    });
  });

  it('says what it lacks, and is not sent before', () => {
    const form = formFromQuery({});
    expect(missingIn(form)).to.deep.equal(['whom', 'ground', 'reason']);
    expect(draftBodyOf(form)).to.equal(null);
    Object.assign(form, { by: 'names', merchants: [shop], ground: 'notice', reason: ' 未测温 ' });
    expect(missingIn(form)).to.deep.equal([]);
    expect(draftBodyOf(form)).to.deep.include({ reason: '未测温', notice: null, merchants: [shop] });
  });

  it('asks no ground of an emergency, and gives it no times', () => {
    const form = formFromQuery({ merchant: shop, emergency: 'true' });
    Object.assign(form, { reason: '聚集', from: '2022-12-02T00:00' });
    expect(draftBodyOf(form)).to.deep.equal({
      to: 'suspended',
      merchants: [shop],
      emergency: true,
      reason: '聚集',
      notice: null,
    });
  });

  it('reads and writes Shanghai time', () => {
    expect(instantOf('2022-12-02T00:00')).to.equal('2022-12-02T00:00:00+08:00');
    expect(localOf('2022-12-01T16:00:00.000Z')).to.equal('2022-12-02T00:00');
    expect(instantOf('')).to.equal(null);
  });
});
