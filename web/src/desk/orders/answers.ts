// What somebody at the desk does with an order, and the photos that go with it.
import { formOf, type Taken } from '../../shared/photos/taken.ts';
import type { AnswerOf } from '../../shared/server/types.ts';
import { send } from '../server.ts';

export type DeskAct = 'verify' | 'return' | 'extend' | 'cancel';
export type Deed = { note: string; due: Date | null; photos: Pick<Taken, 'bytes'>[] };
type Shown = AnswerOf<'getOrdersId'>;

export const mostPhotos = 10;

/** The photos first: an act names them by their hashes. What nobody filled in is left out. */
export async function act(id: string, verb: DeskAct, { note, due, photos }: Deed): Promise<Shown> {
  const sent = photos.length === 0 ? [] : await sendPhotos(photos);
  return send<Shown>(`/orders/${id}/${verb}`, {
    ...(note !== '' && { note }),
    ...(due && { due: due.toISOString() }),
    ...(sent.length > 0 && { photos: sent }),
  });
}

async function sendPhotos(photos: Deed['photos']): Promise<string[]> {
  const kept = await send<AnswerOf<'postPhotos'>>('/photos', undefined, {
    form: formOf(photos),
    seconds: 300,
  });
  return [...new Set(kept.map(({ sha256 }) => sha256))];
}
