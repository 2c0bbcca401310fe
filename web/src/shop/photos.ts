// Photos that a merchant takes: reduced on the phone, shown while they are chosen, sent before what names them.
import { onUnmounted, ref } from 'vue';
import { reduceInWorker } from '../inspect/core/photos.ts';
import type { AnswerOf } from '../shared/server/types.ts';
import { send } from './session.ts';

export type Taken = { sha256: string; bytes: Blob; url: string; takenAt: string | null; source: Source };
type Source = 'camera' | 'gallery';
const reduce = reduceInWorker();

export function usePhotos(most: number) {
  const photos = ref<Taken[]>([]);
  const unreadable = ref(false);

  async function add(files: FileList | null, source: Source): Promise<void> {
    unreadable.value = false;
    for (const file of [...(files ?? [])].slice(0, most - photos.value.length)) {
      const reduced = await reduce(file, source === 'gallery');
      if (!reduced) {
        unreadable.value = true;
        continue;
      }
      if (photos.value.some(({ sha256 }) => sha256 === reduced.sha256)) continue;
      const bytes = new Blob([reduced.bytes], { type: 'image/jpeg' });
      const takenAt = source === 'camera' ? new Date().toISOString() : reduced.takenAt;
      photos.value.push({ sha256: reduced.sha256, bytes, url: URL.createObjectURL(bytes), takenAt, source });
    }
  }
  function drop(index: number): void {
    const [gone] = photos.value.splice(index, 1);
    if (gone) URL.revokeObjectURL(gone.url);
  }
  onUnmounted(() => {
    photos.value.forEach(({ url }) => {
      URL.revokeObjectURL(url);
    });
  });
  return { photos, unreadable, add, drop };
}

/** Sending one again is harmless. */
export async function sendPhotos(photos: Pick<Taken, 'bytes'>[]): Promise<string[]> {
  if (photos.length === 0) return [];
  const form = () => {
    const data = new FormData();
    photos.forEach(({ bytes }, index) => {
      data.append('photo', bytes, `${index + 1}.jpg`);
    });
    return data;
  };
  const held = await send<AnswerOf<'postPhotos'>>('/photos', undefined, { form });
  return held.map(({ sha256 }) => sha256);
}
