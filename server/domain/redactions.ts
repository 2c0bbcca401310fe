// Redaction (遮盖): a copy of a photo with parts painted black. The original stays as it is; what becomes public is a copy like this.
import { Readable } from 'node:stream';
import { PhotoBlobModel, type Rectangle } from '../../models/photo.ts';
import { clock } from '../lib/clock.ts';
import { maxPhotoBytes, redactedCopy } from '../lib/images.ts';
import { Problem } from '../lib/problem.ts';
import { inTransaction } from '../lib/transaction.ts';
import { requireAbility } from './abilities.ts';
import type { Actor } from './actor.ts';
import { recordAudit } from './audit.ts';
import { environment } from './environment.ts';
import { useOf } from './evidence.ts';
import { inTurn } from './turns.ts';

export type Redaction = {
  sha256: string;
  of: string;
  width: number;
  height: number;
  rectangles: Rectangle[];
};

/**
 * Makes a copy with these rectangles painted over; the same ones again give the same copy. They are fractions of the upright
 * picture, from its upper left corner. Throws `not-found`, `invalid-request`, `photo-damaged`.
 */
export async function redactPhoto(
  actor: Actor,
  sha256: string,
  { rectangles, reason }: { rectangles: Rectangle[]; reason: string },
): Promise<Redaction> {
  const use = await useOf(actor, sha256);
  requireAbility(actor, 'photo.redact', use);
  requireInside(rectangles);
  const { storage } = environment();
  const original = await storage.original(sha256);
  const made = await inTurn('picture', () => redactedCopy(original, rectangles));
  const staged = await storage.stage(Readable.from([made.bytes]), maxPhotoBytes);
  try {
    await storage.keep(staged);
  } finally {
    await storage.discard(staged);
  }
  const { width, height } = made;
  const now = clock.now();
  await inTransaction(async () => {
    await PhotoBlobModel.updateOne(
      { _id: staged.sha256 },
      {
        // It is shown where its original is, and stays as long.
        $set: { state: 'used', touchedAt: now, redactionOf: sha256, rectangles },
        $setOnInsert: {
          bytes: staged.bytes,
          mediaType: 'image/jpeg',
          width,
          height,
          takenAt: null,
          createdAt: now,
        },
      },
      { upsert: true },
    );
    await recordAudit(actor, 'photo.redacted', sha256, {
      of: use,
      after: { derived: staged.sha256, rectangles, reason },
    });
  });
  return { sha256: staged.sha256, of: sha256, width, height, rectangles };
}

function requireInside(rectangles: Rectangle[]): void {
  const errors = rectangles.flatMap(({ x, y, width, height }, index) =>
    x + width <= 1 && y + height <= 1
      ? []
      : [{ path: `/rectangles/${index}`, message: '超出照片 / reaches beyond the picture' }],
  );
  if (errors.length > 0) throw new Problem('invalid-request', {}, { errors });
}
