// Merkle trees as in RFC 6962 (section 2.1): a block's root, and the path by which anyone checks one entry against it.
import { createHash } from 'node:crypto';
import { sha256 } from './canonical.ts';

/** The root of a tree and the path of each of its leaves, hashes in lower-case hex. */
export type MerkleTree = { root: string; path(index: number): string[] };

// Different first bytes for leaves and nodes, so that no node can be passed off as a leaf.
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

const hashBytes = 32;

/** The hashes of one level side by side: a large tree takes a third of what as many buffers would. */
class Level {
  private bytes: Buffer;
  length = 0;

  constructor(expected: number) {
    this.bytes = Buffer.alloc(Math.max(1, expected) * hashBytes);
  }

  push(hash: Buffer): void {
    const from = this.length * hashBytes;
    if (from === this.bytes.length) this.bytes = Buffer.concat([this.bytes, Buffer.alloc(this.bytes.length)]);
    hash.copy(this.bytes, from);
    this.length += 1;
  }

  at(index: number): Buffer | null {
    if (index < 0 || index >= this.length) return null;
    return this.bytes.subarray(index * hashBytes, (index + 1) * hashBytes);
  }
}

/** The leaves of a tree as they come: none is kept but as its hash. */
export class MerkleLeaves {
  private readonly level = new Level(1_024);

  get size(): number {
    return this.level.length;
  }

  add(leaf: string): void {
    this.level.push(leafHash(leaf));
  }

  /**
   * The tree over the leaves in their order; each was hashed once (as UTF-8), however many paths are asked for. An empty tree's
   * root is the SHA-256 of nothing. `path` throws RangeError for an index that is no leaf's.
   */
  tree(): MerkleTree {
    const levels = [this.level];
    for (let level = this.level; level.length > 1; levels.push(level)) level = levelAbove(level);
    return {
      root: levels.at(-1)?.at(0)?.toString('hex') ?? sha256(''),
      path: (index) => pathIn(levels, index),
    };
  }
}

/** The tree over leaves that are at hand. */
export function merkleTree(leaves: string[]): MerkleTree {
  const made = new MerkleLeaves();
  for (const leaf of leaves) made.add(leaf);
  return made.tree();
}

/** The root of the tree over the leaves, lower-case hex. */
export function merkleRoot(leaves: string[]): string {
  return merkleTree(leaves).root;
}

/** The root of a tree of any size, leaf by leaf: of what came before only the roots of whole subtrees are kept. */
export class GrowingTree {
  private readonly subtrees: { size: number; hash: Buffer }[] = [];
  size = 0;

  add(leaf: string): void {
    this.size += 1;
    let node = { size: 1, hash: leafHash(leaf) };
    for (let last = this.subtrees.at(-1); last?.size === node.size; last = this.subtrees.at(-1)) {
      this.subtrees.pop();
      node = { size: node.size * 2, hash: nodeHash(last.hash, node.hash) };
    }
    this.subtrees.push(node);
  }

  /** Lower-case hex, as `merkleRoot` of the same leaves. */
  get root(): string {
    const [last, ...before] = this.subtrees.map(({ hash }) => hash).toReversed();
    if (!last) return sha256('');
    return before.reduce((right, left) => nodeHash(left, right), last).toString('hex');
  }
}

/** One leaf's path, from its sibling upwards; for many paths of one tree make a `merkleTree` once. Throws RangeError as `path`. */
export function merklePath(leaves: string[], index: number): string[] {
  return merkleTree(leaves).path(index);
}

/**
 * Whether `leaf` is number `index` of the `size` leaves under `root` (RFC 9162, section 2.1.3.2). False, never an error, for a
 * malformed path.
 */
export function verifyMerklePath(
  leaf: string,
  index: number,
  size: number,
  path: string[],
  root: string,
): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  let hash = leafHash(leaf);
  let place = index;
  let last = size - 1;
  for (const step of path) {
    if (last === 0 || !/^[0-9a-f]{64}$/.test(step)) return false;
    const sibling = Buffer.from(step, 'hex');
    if (place % 2 === 1) {
      hash = nodeHash(sibling, hash);
    } else if (place === last) {
      // The last of an odd level has no sibling: it rises unchanged until it is a right child.
      while (place % 2 === 0) [place, last] = [place / 2, Math.floor(last / 2)];
      hash = nodeHash(sibling, hash);
    } else {
      hash = nodeHash(hash, sibling);
    }
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 && hash.toString('hex') === root;
}

/** Pairs are joined and an odd last node rises unchanged: the same tree as the RFC's split at the largest power of two. */
function levelAbove(level: Level): Level {
  const above = new Level(Math.ceil(level.length / 2));
  for (let i = 0; i < level.length; i += 2) {
    const [left, right] = [level.at(i), level.at(i + 1)];
    if (left) above.push(right ? nodeHash(left, right) : left);
  }
  return above;
}

function pathIn(levels: Level[], index: number): string[] {
  const size = levels[0]?.length ?? 0;
  if (!Number.isInteger(index) || index < 0 || index >= size)
    throw new RangeError(`no leaf ${String(index)} among ${String(size)}`);
  const path: string[] = [];
  let place = index;
  for (const level of levels) {
    const sibling = level.at(place % 2 === 1 ? place - 1 : place + 1);
    if (sibling) path.push(sibling.toString('hex'));
    place = Math.floor(place / 2);
  }
  return path;
}

function leafHash(leaf: string): Buffer {
  return createHash('sha256').update(LEAF).update(leaf).digest();
}

function nodeHash(left: Buffer, right: Buffer): Buffer {
  return createHash('sha256').update(NODE).update(left).update(right).digest();
}
