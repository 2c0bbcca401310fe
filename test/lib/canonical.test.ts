// Canonical JSON, content hashes and the paths at which two values differ.
import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalJson, contentHash, differingPaths, sha256 } from '../../server/lib/canonical.ts';

describe('canonical JSON', () => {
  it('spells the sample of RFC 8785, section 3.2.2, as the RFC does', () => {
    const sample = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(sample)).to.equal(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts keys by UTF-16 unit, leaves undefined members out and writes dates as text', () => {
    expect(canonicalJson({ 名: 1, b: undefined, a: new Date(0), A: -0 })).to.equal(
      '{"A":0,"a":"1970-01-01T00:00:00.000Z","名":1}',
    );
  });

  it('refuses what JSON cannot hold', () => {
    expect(() => canonicalJson(undefined)).to.throw(TypeError);
    expect(() => canonicalJson({ n: 1n })).to.throw(TypeError);
    expect(() => canonicalJson([NaN])).to.throw();
    expect(() => canonicalJson(Infinity)).to.throw();
  });

  it('does not depend on the order of keys, and reads back as the same value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).to.equal(canonicalJson(value));
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).to.equal(canonicalJson(value));
      }),
    );
  });
});

describe('the content hash', () => {
  it('is SHA-256 in lower-case hex, of the UTF-8 bytes', () => {
    expect(sha256('')).to.equal('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(sha256('名单')).to.equal(sha256(new TextEncoder().encode('名单')));
    expect(contentHash({ b: 1, a: 2 })).to.equal(sha256('{"a":2,"b":1}'));
  });
});

describe('differing paths', () => {
  it('names each differing leaf as a JSON pointer, in canonical order', () => {
    const sent = {
      note: 'a',
      answers: [{ item: 'mask', outcome: 'pass' }, { item: 'scan' }],
      gone: { x: 1 },
    };
    const kept = { answers: [{ item: 'mask', outcome: 'fail' }], note: 'b', extra: null };
    expect(differingPaths(sent, kept)).to.deep.equal([
      '/answers/0/outcome',
      '/answers/1',
      '/extra',
      '/gone',
      '/note',
    ]);
  });

  it('escapes tilde and slash, and points at the whole when the kinds differ', () => {
    expect(differingPaths({ 'a/b~c': 1 }, { 'a/b~c': 2 })).to.deep.equal(['/a~1b~0c']);
    expect(differingPaths([], {})).to.deep.equal(['']);
    expect(differingPaths(null, {})).to.deep.equal(['']);
  });

  it('compares items by index, past the tenth', () => {
    const items = Array.from({ length: 12 }, (_, i) => i);
    expect(differingPaths(items, items.with(2, -1).with(10, -1))).to.deep.equal(['/2', '/10']);
  });

  it('stops at fifty', () => {
    const zeros = new Array<number>(200).fill(0);
    expect(differingPaths({ a: zeros, b: 1 }, { a: zeros.map(() => 1), b: 2 })).to.have.length(50);
  });

  it('is empty exactly when the hashes are equal, and the same whichever side comes first', () => {
    const small = fc.jsonValue({ maxDepth: 2 });
    fc.assert(
      fc.property(small, small, (a, b) => {
        expect(differingPaths(a, b).length === 0).to.equal(contentHash(a) === contentHash(b));
        expect(differingPaths(a, b)).to.deep.equal(differingPaths(b, a));
        expect(differingPaths(a, a)).to.deep.equal([]);
      }),
    );
  });

  it('sees a member called __proto__ like any other', () => {
    expect(differingPaths(JSON.parse('{"__proto__":1}'), {})).to.deep.equal(['/__proto__']);
  });
});
