// Everything that was not handed in, as one file: for the day when nothing else helps.
import type { Database } from './database.ts';
import type { OutboxRecord } from './outbox/record.ts';
import { photosOfDraft } from './photo-names.ts';

type Parts = { database: Database; device: string; madeAt: string; userId: string | null };

/**
 * One visit, or all visits and drafts of this person, with the photos that are still here in base64. Written piece by piece: as
 * one text it might be more than a phone can hold.
 */
export async function exportedFile(
  records: OutboxRecord[],
  withDrafts: boolean,
  { database, device, madeAt, userId }: Parts,
): Promise<Blob> {
  const connection = await database();
  const drafts = withDrafts ? (await connection.getAll('drafts')).filter(({ user }) => user === userId) : [];
  const named = new Set([
    ...records.flatMap(({ photos }) => photos),
    ...drafts.flatMap(({ draft }) => photosOfDraft(draft)),
  ]);
  const head = JSON.stringify({
    format: 'mingdan-phone-export',
    version: 1,
    device,
    madeAt,
    visits: records,
    drafts,
  });
  const pieces: BlobPart[] = [`${head.slice(0, -1)},"photos":{`];
  let separator = '';
  for (const sha256 of named) {
    const kept = await connection.get('photos', sha256);
    if (!kept) continue;
    // As a Blob of its own, so that the browser may lay it aside.
    pieces.push(new Blob([`${separator}"${sha256}":"${base64(kept.bytes)}"`]));
    separator = ',';
  }
  return new Blob([...pieces, '}}'], { type: 'application/json' });
}

function base64(bytes: ArrayBuffer): string {
  const all = new Uint8Array(bytes);
  let binary = '';
  // A call takes only so many arguments.
  for (let at = 0; at < all.length; at += 8_192)
    binary += String.fromCharCode(...all.subarray(at, at + 8_192));
  return btoa(binary);
}
