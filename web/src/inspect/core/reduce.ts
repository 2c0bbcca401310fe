// Photos reduced in a worker, beside the page that goes on.
import type { PhotoJob, PhotoResult, ReducedPhoto } from './photo-messages.ts';

export type Reduce = (picture: Blob, wantsExif: boolean) => Promise<ReducedPhoto | null>;

/** The worker is made with the first photo, and anew after it broke down: a huge picture may take it along. */
export function reduceInWorker(): Reduce {
  let worker: Worker | null = null;
  let last = 0;
  const waiting = new Map<number, (reduced: ReducedPhoto | null) => void>();

  function settle({ id, reduced }: PhotoResult): void {
    waiting.get(id)?.(reduced);
    waiting.delete(id);
  }
  function giveUp(): void {
    worker?.terminate();
    worker = null;
    for (const id of [...waiting.keys()]) settle({ id, reduced: null });
  }
  function start(): Worker {
    const fresh = new Worker(new URL('./photo.worker.ts', import.meta.url), { type: 'module' });
    fresh.addEventListener('message', ({ data }: MessageEvent<PhotoResult>) => {
      settle(data);
    });
    fresh.addEventListener('error', giveUp);
    return fresh;
  }

  return (picture, wantsExif) =>
    new Promise((resolve) => {
      const job: PhotoJob = { id: ++last, picture, wantsExif };
      waiting.set(job.id, resolve);
      worker ??= start();
      worker.postMessage(job);
    });
}
