// What taking in a visit may cost: counted by what MongoDB's profiler saw, so that nothing creeps in.
import { expect } from 'chai';
import type { Merchant } from '../../models/merchant.ts';
import { submitVisit } from '../../server/domain/visits.ts';
import { type Operation, watched } from '../support/plans.ts';
import { aFaultyVisit, aPhoto, aVisit } from '../support/visits.ts';
import { aDesk, aListedMerchant, aPerson, emptyWorld, layGround, type Person } from '../support/world.ts';

describe('the cost of a visit', () => {
  let inspector: Person;
  let merchant: Merchant;

  before(async () => {
    await emptyWorld();
    await layGround();
    merchant = await aListedMerchant(await aDesk());
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    // The checklist is read once in a process's life.
    await submitVisit(inspector.actor, aVisit(merchant._id));
  });

  const told = (operations: Operation[]) =>
    operations.map(
      ({ op, ns, command }) =>
        `${op === 'command' ? Object.keys(command ?? {})[0] : op} ${ns.split('.').at(-1)}`,
    );

  it('is one read and one insert when it is clean and without photos', async () => {
    const operations = await watched(() => submitVisit(inspector.actor, aVisit(merchant.doorCode)));
    expect(told(operations)).to.deep.equal(['query merchants', 'insert visits']);
    expect(operations[0]?.docsExamined).to.equal(1);
  });

  it('is two reads when the same comes again, and no further write', async () => {
    const visit = aVisit(merchant._id);
    await submitVisit(inspector.actor, visit);
    const operations = await watched(() => submitVisit(inspector.actor, visit));
    const kinds = told(operations);
    expect(kinds.filter((one) => one.startsWith('query'))).to.have.length(2);
    expect(kinds.filter((one) => one.startsWith('insert'))).to.have.length(1);
    expect(kinds).to.have.length(3);
  });

  it('touches no other record of the shop when it is clean', async () => {
    const operations = await watched(() =>
      inspector.api.post('/visits').send(aVisit(merchant._id)).expect(201),
    );
    const written = operations.filter(({ op }) => op === 'insert' || op === 'update' || op === 'remove');
    expect(told(written)).to.deep.equal(['insert visits']);
  });

  it('is one transaction with the visit, its orders, one count and one mark for the feed when it is faulty', async () => {
    const [before, after, scan] = [await aPhoto(), await aPhoto(), await aPhoto()];
    const visit = aFaultyVisit(merchant._id, {
      before: before.sha256,
      after: after.sha256,
      scan: scan.sha256,
    });
    const operations = await watched(() => submitVisit(inspector.actor, visit));
    const written = operations.filter(({ op }) => op === 'insert' || op === 'update');
    expect(told(written).sort()).to.deep.equal([
      'insert feedmarks',
      'insert orders',
      'insert visits',
      'update merchants',
    ]);
  });
});
