// When the phone's queue runs: of two tabs one, again for what was sealed meanwhile, and not before the server wants it to.
import { expect } from 'chai';
import { createOutbox } from '../../web/src/inspect/core/outbox/outbox.ts';
import type { Locks } from '../../web/src/shared/server/locks.ts';
import type { Transport } from '../../web/src/inspect/core/outbox/queue.ts';
import { aRecord, aStore } from './phone-model.ts';
import { aServer } from './server-model.ts';

/** Web Locks, as far as they are used. */
function locksOfOneBrowser(): Locks {
  let last: Promise<unknown> = Promise.resolve();
  return {
    request(_name, work) {
      const turn = last.then(work);
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
const changes = {
  tell: () => undefined,
  tellHere: () => undefined,
  tellElsewhere: () => undefined,
  onChange: () => () => false,
  onElsewhere: () => undefined,
};

describe('the outbox', () => {
  const tab = (
    phone: ReturnType<typeof aStore>,
    transport: Transport,
    locks = locksOfOneBrowser(),
    now = () => 0,
  ) => createOutbox({ store: phone.store, transport, locks, changes, now });

  it('sends from one of two tabs', async () => {
    const phone = aStore([aRecord('visit', ['a'])]);
    const server = aServer();
    const locks = locksOfOneBrowser();
    const [one, two] = [tab(phone, server.transport, locks), tab(phone, server.transport, locks)];
    await Promise.all([one.run(), two.run()]);
    expect(server.arrived).to.deep.equal(['visit visit', 'photo a', 'visit visit']);
    expect([one.activity(), two.activity()]).to.deep.equal(['idle', 'idle']);
  });

  it('runs again for what was sealed during a round', async () => {
    const phone = aStore([aRecord('one')]);
    const server = aServer();
    const outbox = tab(phone, server.transport);
    outbox.wake();
    await Promise.resolve();
    await phone.store.write(aRecord('two'));
    outbox.wake();
    await settled();
    expect(phone.all().map(({ state }) => state)).to.deep.equal(['complete', 'complete']);
  });

  it('waits as long as the server asked, but for whoever wants it at once, and never beyond a minute', async () => {
    const phone = aStore([aRecord('visit')]);
    const server = aServer({ weather: [503] });
    const time = { now: 0 };
    const impatient: Transport = {
      ...server.transport,
      async submit(record) {
        const answer = await server.transport.submit(record);
        return answer.kind === 'away' ? { ...answer, retryAfter: 3_600 } : answer;
      },
    };
    const outbox = tab(phone, impatient, locksOfOneBrowser(), () => time.now);
    await outbox.run();
    expect(outbox.activity()).to.equal('waiting');
    time.now = 59_999;
    outbox.wake();
    await settled();
    expect(server.arrived).to.deep.equal([]);
    time.now = 60_000;
    outbox.wake();
    await settled();
    expect(server.arrived).to.deep.equal(['visit visit']);
    expect(outbox.activity()).to.equal('idle');
  });

  it('goes on waiting when its own storage fails', async () => {
    const phone = aStore([aRecord('visit')], ['crash-before']);
    const outbox = tab(phone, aServer().transport);
    await outbox.run();
    expect(outbox.activity()).to.equal('waiting');
    await outbox.run();
    expect(outbox.activity()).to.equal('idle');
  });
});
