// Times on the printed slip: a due at the very midnight is the end of the day before, and nothing else is.
import { expect } from 'chai';
import { minuteOf } from '../../server/pages/order-slip.ts';

describe('a time on a slip', () => {
  const cases = [
    ['2022-11-29T16:00:00.000Z', '2022-11-29 24:00'],
    ['2022-11-29T16:00:00.001Z', '2022-11-30 00:00'],
    ['2022-11-29T16:00:30.000Z', '2022-11-30 00:00'],
    ['2022-11-29T15:59:59.999Z', '2022-11-29 23:59'],
    ['2022-11-29T11:00:00.000Z', '2022-11-29 19:00'],
  ] as const;
  for (const [at, shown] of cases)
    it(`is ${shown} for ${at}`, () => {
      expect(minuteOf(new Date(at))).to.equal(shown);
    });
});
