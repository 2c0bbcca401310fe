// Which receipts the phone forgets: complete ones that are a week old or too many, never what still has to be sent.
import { expect } from 'chai';
import { outdated } from '../../web/src/inspect/core/outbox/receipts.ts';
import { aRecord } from './phone-model.ts';

const now = Date.parse('2022-12-10T00:00:00Z');
const completed = (id: string, at: string) =>
  aRecord(id, [], { state: 'complete', completedAt: at, sealedAt: at });

describe('the receipts that the phone keeps', () => {
  it('are those of a week', () => {
    const items = [completed('old', '2022-12-02T23:00:00Z'), completed('new', '2022-12-03T01:00:00Z')];
    expect(outdated(items, now)).to.deep.equal(['old']);
  });

  it('are two hundred at most, the newest', () => {
    const items = Array.from({ length: 203 }, (_, minute) =>
      completed(`${minute}`, new Date(now - minute * 60_000).toISOString()),
    );
    expect(outdated(items, now)).to.deep.equal(['200', '201', '202']);
  });

  it('leave alone whatever is not complete, however old', () => {
    const sealedAt = '2022-01-01T00:00:00Z';
    const states = ['sealed', 'sending', 'received', 'conflict', 'refused'] as const;
    expect(
      outdated(
        states.map((state) => aRecord(state, [], { state, sealedAt })),
        now,
      ),
    ).to.deep.equal([]);
  });
});
