// What the log keeps of an error.
import { expect } from 'chai';
import { briefError } from '../../server/lib/logger.ts';

describe('an error in the log', () => {
  it('keeps what an operator needs, and nothing of the documents that a driver hangs on it', () => {
    const cause = Object.assign(new Error('E11000'), {
      code: 11000,
      writeErrors: [{ op: { phone: '138' } }],
    });
    const error = Object.assign(new TypeError('no', { cause }), { results: [{ phone: '138' }] });
    const brief = briefError(error);
    expect(brief).to.include({ type: 'TypeError', message: 'no' });
    expect(brief).to.have.nested.property('cause.code', 11000);
    expect(JSON.stringify(brief)).to.not.contain('138');
  });

  it('keeps what was thrown and is no error', () => {
    expect(briefError('a text')).to.equal('a text');
  });
});
