// Visits and photos as a phone makes them.
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { VisitBody } from '../../models/visit.ts';
import { ids } from '../../server/lib/ids.ts';

let shade = 0;

/** A real JPEG with EXIF, different each time. */
export async function aPhoto({ width = 640, height = 480, orientation = 1 } = {}): Promise<{
  bytes: Buffer;
  sha256: string;
}> {
  shade += 1;
  const background = { r: shade % 256, g: (shade * 7) % 256, b: (shade >> 8) % 256 };
  const bytes = await sharp({ create: { width, height, channels: 3, background } })
    .withExif({
      IFD0: { Make: 'Sample', Model: `Phone ${shade}` },
      IFD2: { DateTimeOriginal: '2022:11:29 10:00:00' },
    })
    .withMetadata({ orientation })
    .jpeg()
    .toBuffer();
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** A clean visit of a merchant. */
export function aVisit(merchant: string, changes: Partial<VisitBody> = {}): VisitBody {
  return {
    id: ids.uuid(),
    kind: 'routine',
    merchant,
    checklist: { key: 'essential', version: 1 },
    arrivedAt: minutesAgo(10),
    sealedAt: minutesAgo(5),
    location: { lng: 126.64, lat: 45.78, accuracy: 10 },
    answers: [
      { item: 'mask', outcome: 'pass' },
      { item: 'scan', outcome: 'pass' },
      { item: 'temperature', outcome: 'pass' },
    ],
    ...changes,
  };
}

/** Masks failed and fixed on the spot, scan failed with a timed order, temperature passed. */
export function aFaultyVisit(
  merchant: string,
  photos: { before: string; after: string; scan: string },
  changes: Partial<VisitBody> = {},
): VisitBody {
  const { before, after, scan } = photos;
  return aVisit(merchant, {
    answers: [
      {
        item: 'mask',
        outcome: 'fail',
        note: '店员未戴口罩',
        photos: [before],
        fix: { kind: 'on-site', photos: [after] },
      },
      { item: 'scan', outcome: 'fail', note: '未张贴场所码', photos: [scan], fix: { kind: 'timed' } },
      { item: 'temperature', outcome: 'pass' },
    ],
    photos: [...new Set([before, after, scan])].map((sha256) => ({
      sha256,
      takenAt: minutesAgo(8),
      source: 'camera' as const,
    })),
    acknowledgement: { name: '王某', refused: false },
    ...changes,
  });
}
