// What time alone makes of an order: which steps have fallen due, in their order, each with its nominal instant.
import { expect } from 'chai';
import { stepsDue } from '../../server/domain/order-steps.ts';
import { holderOf } from '../../server/domain/order-states.ts';

const at = (hour: number) => new Date(Date.UTC(2022, 10, 1, hour));
const order = { _id: 'o', redAt: at(4), proposalAt: at(8) };

describe('the steps that are due', () => {
  const told = (level: 'none' | 'yellow' | 'red', nextAt: Date | null, now: Date) => {
    const { events, ...reached } = stepsDue({ ...order, level, nextAt }, now);
    return {
      ...reached,
      steps: events.map(({ act, level: to, nominalAt }) => [act, to, nominalAt?.getTime()]),
    };
  };

  it('are none before the next instant, and none where the clock stands', () => {
    expect(told('none', at(2), at(1))).to.deep.equal({ level: 'none', nextAt: at(2), steps: [] });
    expect(told('yellow', null, at(9))).to.deep.equal({ level: 'yellow', nextAt: null, steps: [] });
  });

  it('begin at the very instant', () => {
    expect(told('none', at(2), at(2))).to.deep.equal({
      level: 'yellow',
      nextAt: at(4),
      steps: [['escalate', 'yellow', at(2).getTime()]],
    });
    expect(told('yellow', at(4), at(4))).to.deep.equal({
      level: 'red',
      nextAt: at(8),
      steps: [['escalate', 'red', at(4).getTime()]],
    });
  });

  it('are all that fell due meanwhile, up to red: what follows is a proposal', () => {
    expect(told('none', at(2), at(9))).to.deep.equal({
      level: 'red',
      nextAt: at(8),
      steps: [
        ['escalate', 'yellow', at(2).getTime()],
        ['escalate', 'red', at(4).getTime()],
      ],
    });
    expect(told('red', at(8), at(9))).to.deep.equal({ level: 'red', nextAt: at(8), steps: [] });
  });

  it('are taken by the system, now', () => {
    const [event] = stepsDue({ ...order, level: 'none', nextAt: at(2) }, at(3)).events;
    expect(event).to.deep.include({ at: at(3), note: null, photos: [], due: null, adjustment: null });
    expect(event?.by).to.include({ kind: 'system' });
  });
});

describe('the holder of an order', () => {
  it('is the merchant while it is open, the bureau while it is answered, and nobody after', () => {
    expect(holderOf('open')).to.equal('merchant');
    expect(holderOf('submitted')).to.equal('bureau');
    expect(holderOf('closed')).to.equal(null);
    expect(holderOf('cancelled')).to.equal(null);
  });
});
