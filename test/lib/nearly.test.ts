// One slip of the finger, held against every slip there is.
import { expect } from 'chai';
import fc from 'fast-check';
import { holdsNearly } from '../../server/lib/nearly.ts';

const some = fc.string({
  unit: fc.constantFrom('药', '店', '康', '𠮷', 'a'),
  minLength: 1,
  maxLength: 8,
});

/** Every text within one edit of a query: a character left out, put in, or replaced. */
function slips(query: string): string[] {
  const letters = [...query];
  const made = [query];
  for (let at = 0; at <= letters.length; at += 1) {
    made.push([...letters.slice(0, at), ...letters.slice(at + 1)].join(''));
    for (const other of ['药', '店', '康', '𠮷', 'a']) {
      made.push([...letters.slice(0, at), other, ...letters.slice(at)].join(''));
      made.push([...letters.slice(0, at), other, ...letters.slice(at + 1)].join(''));
    }
  }
  return made;
}

describe('a search that forgives one character', () => {
  it('finds exactly the texts that hold a query with one slip', () => {
    fc.assert(
      fc.property(some, some, (text, query) => {
        const expected = slips(query).some((slip) => text.includes(slip));
        expect(holdsNearly(text, query)).to.equal(expected);
      }),
    );
  });

  it('does not reach over from one part of a text to the next', () => {
    expect(holdsNearly('康宁\n药店', '康宁药店')).to.equal(false);
    expect(holdsNearly('靖宇街\n康宇药店', '康宁药店')).to.equal(true);
  });
});
