// New versions of this app: they wait until somebody asks for them, and never push.
import { computed, ref, shallowRef } from 'vue';
import { prefersNoUpdate } from './busy.ts';

const waiting = shallowRef<ServiceWorker | null>(null);
const asked = ref(false);

/** A new version is there, and nobody is in the middle of something. */
export const updateReady = computed(() => waiting.value !== null && !prefersNoUpdate.value);

export function takeUpdate(): void {
  asked.value = true;
  waiting.value?.postMessage('take-over');
}

export async function watchForUpdates(): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (asked.value) location.reload();
  });
  const registration = await navigator.serviceWorker.register('/inspect-sw.js', { scope: '/inspect' });
  const look = () => {
    // Without a controller this is the first version, which nobody waits for.
    if (navigator.serviceWorker.controller) waiting.value = registration.waiting;
  };
  look();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', look);
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && navigator.onLine) registration.update().catch(() => undefined);
  });
  await navigator.serviceWorker.ready;
}
