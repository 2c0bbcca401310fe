// Which failures are said as "come again": what went away may be back in a moment; a bug stays a bug.
import { expect } from 'chai';
import mongoose from 'mongoose';
import { asProblem } from '../../server/http/problem-response.ts';

const { MongoBulkWriteError, MongoNetworkError, MongoServerError } = mongoose.mongo;
const bulkOf = (inner: object) => new MongoBulkWriteError(inner as never, {} as never);

describe('a failure of the database', () => {
  it('that went away in the middle of a group of writes is unavailable, like any other', () => {
    const cut = new MongoNetworkError('connection closed');
    expect(asProblem(cut)?.code).to.equal('unavailable');
    expect(asProblem(bulkOf(cut))?.code).to.equal('unavailable');
  });

  it('that was ended by an operator, or by a change of primary, is unavailable', () => {
    for (const code of [11601, 189])
      expect(asProblem(new MongoServerError({ code }))?.code).to.equal('unavailable');
  });

  it('that is our own doing is none', () => {
    expect(asProblem(new MongoServerError({ code: 121 }))).to.equal(null);
    expect(asProblem(bulkOf({ message: 'E11000 duplicate key', code: 11000, writeErrors: [] }))).to.equal(
      null,
    );
  });
});
