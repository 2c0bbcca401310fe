// Which status may follow which, said once more as a plain table; what ends plans, what may lapse, what one person may do alone.
import { expect } from 'chai';
import { adjustmentKinds } from '../../models/adjustment.ts';
import { type Status, statuses } from '../../models/merchant.ts';
import { endsPlans, isSingleHanded, mayFollow, mayLapse } from '../../server/domain/whitelist-rules.ts';

const atOnce = { effectiveFrom: null, effectiveTo: null };
const legal = [
  'none → applying',
  'none → listed',
  'applying → verifying',
  'verifying → listed',
  'verifying → rejected',
  'listed → suspended',
  'listed → removed',
  'listed → deregistered',
  'suspended → listed',
  'suspended → removed',
  'suspended → deregistered',
  'removed → applying',
  'rejected → applying',
];

describe('the rules of the whitelist', () => {
  it('allow exactly these steps of 56', () => {
    const froms: (Status | null)[] = [null, ...statuses];
    const allowed = froms.flatMap((from) =>
      statuses.filter((to) => mayFollow(from, to)).map((to) => `${from ?? 'none'} → ${to}`),
    );
    expect(allowed.sort()).to.deep.equal(legal.toSorted());
  });

  it('let no status follow itself, and nothing follow deregistration', () => {
    for (const status of statuses) {
      expect(mayFollow(status, status)).to.equal(false);
      expect(mayFollow('deregistered', status)).to.equal(false);
    }
  });

  it('end plans with what takes a shop off the list, or keeps it off', () => {
    expect(statuses.filter(endsPlans)).to.have.members(['removed', 'deregistered', 'rejected']);
    expect(endsPlans(null)).to.equal(false);
  });

  it('let only a listing or a suspension lapse, which fall back on a lawful status', () => {
    expect(statuses.filter(mayLapse)).to.have.members(['listed', 'suspended']);
    expect(mayLapse(null)).to.equal(false);
  });

  it('leave to one person corrections and the steps of an application, and nothing that shuts a shop', () => {
    const kinds = (from: Status | null, to: Status | null) =>
      adjustmentKinds.filter((kind) => isSingleHanded({ kind, ...atOnce }, [{ from, to }]));
    expect(kinds(null, 'applying')).to.deep.equal(['list', 'facts']);
    expect(kinds('applying', 'verifying')).to.include('list');
    expect(kinds('verifying', 'listed')).to.include('list');
    expect(kinds('verifying', 'rejected')).to.include('list');
    expect(kinds('listed', null)).to.deep.equal(['facts']);
    for (const [from, to] of [
      ['suspended', 'listed'],
      ['listed', 'suspended'],
      ['listed', 'removed'],
      ['suspended', 'deregistered'],
      [null, 'listed'],
    ] as const)
      expect(kinds(from, to)).not.to.include('list');
  });

  it('ask for a second person as soon as one line needs one', () => {
    const alone = { from: 'verifying', to: 'listed' } as const;
    const list = { kind: 'list', ...atOnce } as const;
    expect(isSingleHanded(list, [alone, { from: 'listed', to: 'suspended' }])).to.equal(false);
    expect(isSingleHanded(list, [alone, alone])).to.equal(true);
  });

  it('ask for a second person where something takes effect later or for a time', () => {
    const step = [{ from: 'verifying', to: 'listed' } as const];
    const later = new Date('2022-11-30T00:00:00Z');
    expect(isSingleHanded({ kind: 'list', ...atOnce, effectiveFrom: later }, step)).to.equal(false);
    expect(isSingleHanded({ kind: 'list', ...atOnce, effectiveTo: later }, step)).to.equal(false);
  });
});
