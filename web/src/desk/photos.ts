// Pictures of evidence, as the desk fetches them.
import { usePicture } from '../shared/use-picture.ts';
import { getBytes } from './server.ts';

export type PhotoSize = '320' | '1600' | 'original';

/** An object URL of a photo, made anew when it is another one; given back when the page is left. */
export const usePhoto = (sha256: () => string, size: () => PhotoSize) =>
  usePicture(() => `/photos/${sha256()}?size=${size()}`, getBytes);
