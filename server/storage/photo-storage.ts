// Where the bytes of photos live. One interface, so that a disk and an object store are the same to the domain.
import type { Readable } from 'node:stream';

/** Bytes that have arrived whole and were hashed on the way, but are not evidence yet. */
export type StagedPhoto = { sha256: string; bytes: number; path: string };

export type CopySize = 320 | 1600;

export type PhotoStorage = {
  /** Streams to a staging place while hashing. Throws Problem `too-large` or `storage-full`; leaves nothing behind then. */
  stage(stream: Readable, maxBytes: number): Promise<StagedPhoto>;
  /** Puts a staged photo in its place for good, durable before it returns. Keeping the same bytes twice is harmless. */
  keep(staged: StagedPhoto): Promise<void>;
  discard(staged: StagedPhoto): Promise<void>;
  has(sha256: string): Promise<boolean>;
  /** The path of an original on this machine. */
  original(sha256: string): Promise<string>;
  /** An upright copy without metadata, made once by `make` and kept as a cache. */
  copy(sha256: string, size: CopySize, make: (original: string) => Promise<Buffer>): Promise<Buffer>;
  /** Takes an original out of its place, so that it can be removed or, where somebody sent it again meanwhile, put back. */
  setAside(sha256: string): Promise<{ putBack(): Promise<void>; remove(): Promise<void> }>;
  /** Removes staged bytes older than the instant: what a cut-off upload or a kill left behind, and what was set aside. */
  sweepStaging(olderThan: Date): Promise<number>;
};
