// Photos kept on this phone: reduced by the worker, stored under their hash, shown by an address of the page's own.
import type { KeepOutcome, Place } from './contract.ts';
import { type Database, isFull } from './database.ts';
import type { Reduce } from './reduce.ts';

/** Addresses hold their bytes in memory, so only so many are kept. */
const mostAddresses = 100;

export type Photos = {
  keep: (picture: Blob, from: { source: 'camera' | 'gallery'; place: Place | null }) => Promise<KeepOutcome>;
  url: (sha256: string) => Promise<string | undefined>;
  bytes: (sha256: string) => Promise<ArrayBuffer | undefined>;
};
type Parts = { database: Database; reduce: Reduce; now: () => number };

export function createPhotos({ database, reduce, now }: Parts): Photos {
  const addresses = new Map<string, string>();

  const bytes = async (sha256: string) => (await (await database()).get('photos', sha256))?.bytes;

  function remember(sha256: string, address: string): void {
    addresses.set(sha256, address);
    const [oldest] = addresses;
    if (addresses.size <= mostAddresses || !oldest) return;
    URL.revokeObjectURL(oldest[1]);
    addresses.delete(oldest[0]);
  }

  return {
    bytes,
    async keep(picture, { source, place }) {
      const isCamera = source === 'camera';
      const reduced = await reduce(picture, !isCamera);
      if (!reduced) return { kind: 'unreadable' };
      const { sha256 } = reduced;
      const taken = isCamera ? { takenAt: new Date(now()).toISOString(), place } : reduced;
      try {
        await (await database()).put('photos', { sha256, bytes: reduced.bytes, keptAt: now() });
      } catch (error) {
        if (isFull(error)) return { kind: 'full' };
        throw error;
      }
      return {
        kind: 'kept',
        photo: {
          sha256,
          bytes: reduced.bytes.byteLength,
          takenAt: taken.takenAt,
          source,
          place: taken.place,
        },
      };
    },
    async url(sha256) {
      const known = addresses.get(sha256);
      if (known !== undefined) return known;
      const kept = await bytes(sha256);
      if (!kept) return undefined;
      const address = URL.createObjectURL(new Blob([kept], { type: 'image/jpeg' }));
      remember(sha256, address);
      return address;
    },
  };
}
