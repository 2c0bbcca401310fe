// The audit trail as the desk shows it: where a record has its page.
import { expect } from 'chai';
import { pathOf } from '../../web/src/desk/audit/trail.ts';

describe('a row of the audit trail', () => {
  it('leads to its record, as the desk’s addresses have it', () => {
    expect(pathOf({ noun: 'order', record: 'a1' })).to.equal('/orders?order=a1');
    expect(pathOf({ noun: 'adjustment', record: 'b2' })).to.equal('/adjustments/b2');
    expect(pathOf({ noun: 'checklist', record: 'essential/2' })).to.equal('/checklists/essential/2');
    expect(pathOf({ noun: 'settings', record: '230104' })).to.equal('/settings?area=230104');
  });

  it('leads nowhere from what has no page', () => {
    expect(pathOf({ noun: 'session', record: 'c3' })).to.equal(null);
  });
});
