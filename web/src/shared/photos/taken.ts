// Photos that somebody takes or picks: reduced on this device, shown while they are chosen, sent before what names them.
import { onUnmounted, ref } from 'vue';
import { reduceInWorker } from '../../inspect/core/reduce.ts';

type Source = 'camera' | 'gallery';
export type Taken = { sha256: string; bytes: Blob; url: string; takenAt: string | null; source: Source };
const reduce = reduceInWorker();

export function usePhotos(most: number) {
  const photos = ref<Taken[]>([]);
  const unreadable = ref(false);

  let adding = Promise.resolve();

  async function take(files: File[], source: Source): Promise<void> {
    unreadable.value = false;
    for (const file of files.slice(0, most - photos.value.length)) {
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
  function add(files: FileList | null, source: Source): Promise<void> {
    const chosen = [...(files ?? [])];
    return (adding = adding.then(() => take(chosen, source)));
  }
  /** All of them, also those that are still being reduced. */
  async function ready(): Promise<Taken[]> {
    await adding;
    return photos.value;
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
  return { photos, unreadable, add, ready, drop };
}

/** As the server takes them, made anew for each try. */
export const formOf = (photos: Pick<Taken, 'bytes'>[]) => (): FormData => {
  const data = new FormData();
  photos.forEach(({ bytes }, index) => {
    data.append('photo', bytes, `${index + 1}.jpg`);
  });
  return data;
};
