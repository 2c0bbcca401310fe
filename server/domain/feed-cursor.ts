// How far a reader has followed the feed, as a text that only this server makes and that fits one scope only.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Problem } from '../lib/problem.ts';
import type { Actor } from './actor.ts';
import { reachKeyOf } from './actor-place.ts';
import { environment } from './environment.ts';

/** `begun`: where the feed was when the reader began with nothing. What changed before that cannot have left his copy. */
export type FeedPosition = { seq: number; begun: number };

const markBytes = 16;

export function cursorOf(actor: Actor, epoch: string, { seq, begun }: FeedPosition): string {
  const text = `${begun.toString(36)}.${seq.toString(36)}`;
  return `${text}.${markOf(actor, epoch, text).toString('base64url')}`;
}

/** Throws `resync` for a cursor of another scope, of another feed, or of no server of ours. */
export function positionIn(actor: Actor, epoch: string, cursor: string): FeedPosition {
  const [begun = '', seq = '', mark = ''] = cursor.split('.');
  const made = markOf(actor, epoch, `${begun}.${seq}`);
  const given = Buffer.from(mark, 'base64url');
  if (given.length !== made.length || !timingSafeEqual(given, made)) throw new Problem('resync');
  return { begun: Number.parseInt(begun, 36), seq: Number.parseInt(seq, 36) };
}

function markOf(actor: Actor, epoch: string, text: string): Buffer {
  return createHmac('sha256', environment().accessKey)
    .update(JSON.stringify(['feed', epoch, reachKeyOf(actor), text]))
    .digest()
    .subarray(0, markBytes);
}
