// Merkle trees against the vectors of RFC 6962, and paths that prove what they should and nothing else.
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  merklePath,
  merkleRoot,
  merkleTree,
  verifyMerklePath,
  GrowingTree,
} from '../../server/lib/merkle.ts';

const anyLeaves = fc.array(fc.string(), { minLength: 1, maxLength: 70 });

/** Section 2.1 word for word: split at the largest power of two below the size. */
function rootByDefinition(leaves: string[]): string {
  const hash = (...parts: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
  const treeHash = (part: string[]): Buffer => {
    if (part.length === 0) return hash();
    if (part.length === 1) return hash(Uint8Array.of(0), Buffer.from(part[0] ?? ''));
    const split = 2 ** Math.ceil(Math.log2(part.length) - 1);
    return hash(Uint8Array.of(1), treeHash(part.slice(0, split)), treeHash(part.slice(split)));
  };
  return treeHash(leaves).toString('hex');
}

describe('the Merkle root', () => {
  // The leaves and roots that the reference implementation of Certificate Transparency is tested with.
  const leaves = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ].map((hex) => Buffer.from(hex, 'hex').toString('latin1'));
  const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  roots.forEach((root, size) => {
    it(`of ${size} leaves is the published one`, () => {
      expect(merkleRoot(leaves.slice(0, size))).to.equal(root);
    });
  });

  it('is the one the RFC defines, for every size', () => {
    fc.assert(
      fc.property(anyLeaves, (some) => {
        expect(merkleRoot(some)).to.equal(rootByDefinition(some));
      }),
    );
  });

  it('hashes leaves as UTF-8', () => {
    const leaf = Buffer.concat([Uint8Array.of(0), Buffer.from('名单', 'utf8')]);
    expect(merkleRoot(['名单'])).to.equal(createHash('sha256').update(leaf).digest('hex'));
  });
});

describe('a Merkle path', () => {
  it('proves each leaf in its place', () => {
    fc.assert(
      fc.property(anyLeaves, (leaves) => {
        const tree = merkleTree(leaves);
        leaves.forEach((leaf, index) => {
          expect(verifyMerklePath(leaf, index, leaves.length, tree.path(index), tree.root)).to.equal(true);
        });
      }),
    );
  });

  it('proves no other leaf, place, root or path', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 40 }),
        fc.nat(),
        fc.nat(),
        (leaves, i, j) => {
          const size = leaves.length;
          const [index, other] = [i % size, j % size];
          fc.pre(index !== other);
          const [leaf = '', path, root] = [leaves[index], merklePath(leaves, index), merkleRoot(leaves)];
          expect(verifyMerklePath(leaves[other] ?? '', index, size, path, root)).to.equal(false);
          expect(verifyMerklePath(leaf, other, size, path, root)).to.equal(false);
          expect(verifyMerklePath(leaf, index, size, path, merkleRoot(leaves.slice(1)))).to.equal(false);
          expect(verifyMerklePath(leaf, index, size, path.slice(1), root)).to.equal(false);
          expect(verifyMerklePath(leaf, index, size, [...path, root], root)).to.equal(false);
        },
      ),
    );
  });

  it('cannot pass a node off as a leaf', () => {
    const root = merkleRoot(['a', 'b', 'c', 'd']);
    const [, right = ''] = merklePath(['a', 'b', 'c', 'd'], 0);
    expect(verifyMerklePath(Buffer.from(right, 'hex').toString('latin1'), 1, 2, [right], root)).to.equal(
      false,
    );
  });

  it('is false, not an error, when malformed', () => {
    const leaves = ['a', 'b', 'c'];
    const [root, path] = [merkleRoot(leaves), merklePath(leaves, 0)];
    const upper = path.map((hash) => hash.toUpperCase());
    expect(verifyMerklePath('a', 0, 3, upper, root)).to.equal(false);
    expect(verifyMerklePath('a', 0, 3, ['zz', ''], root)).to.equal(false);
    expect(verifyMerklePath('a', -1, 3, path, root)).to.equal(false);
    expect(verifyMerklePath('a', 3, 3, path, root)).to.equal(false);
    expect(verifyMerklePath('a', 0.5, 3, path, root)).to.equal(false);
    expect(verifyMerklePath('a', 0, NaN, path, root)).to.equal(false);
    expect(verifyMerklePath('a', 0, 0, [], merkleRoot([]))).to.equal(false);
  });

  it('exists only for leaves of the tree', () => {
    for (const index of [-1, 2, 0.5, NaN])
      expect(() => merklePath(['a', 'b'], index), String(index)).to.throw(RangeError);
    expect(() => merklePath([], 0)).to.throw(RangeError);
  });

  it('is had for all of 6,029 leaves from one tree, 13 steps each at most', () => {
    const leaves = Array.from({ length: 6029 }, (_, i) => `{"merchant":"${i}"}`);
    const tree = merkleTree(leaves);
    const paths = leaves.map((_, index) => tree.path(index));
    expect(Math.max(...paths.map((path) => path.length))).to.equal(13);
    expect(verifyMerklePath(leaves[6028] ?? '', 6028, 6029, paths[6028] ?? [], tree.root)).to.equal(true);
  }).timeout(2000);
});

describe('a growing tree', () => {
  it('has the root of the whole tree at every size', () => {
    const leaves = Array.from({ length: 70 }, (_, i) => `leaf ${i}`);
    const tree = new GrowingTree();
    expect(tree.root).to.equal(merkleRoot([]));
    leaves.forEach((leaf, i) => {
      tree.add(leaf);
      expect(tree.root, String(i)).to.equal(merkleRoot(leaves.slice(0, i + 1)));
    });
    expect(tree.size).to.equal(70);
  });
});
