// Sends photos before what names them.
import { formOf, type Taken } from '../shared/photos/taken.ts';
import type { AnswerOf } from '../shared/server/types.ts';
import { send } from './session.ts';

/** Sending one again is harmless. */
export async function sendPhotos(photos: Pick<Taken, 'bytes'>[]): Promise<string[]> {
  if (photos.length === 0) return [];
  const held = await send<AnswerOf<'postPhotos'>>('/photos', undefined, { form: formOf(photos) });
  return held.map(({ sha256 }) => sha256);
}
