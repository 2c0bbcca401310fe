// Where this phone is, while some page wants to know. Without permission it stays unknown, and everything works all the same.
import { onMounted, onUnmounted, readonly, shallowRef } from 'vue';
import type { Place } from './core/contract.ts';

const place = shallowRef<Place | null>(null);
let wanted = 0;
let watch: number | undefined;

function start(): void {
  if (!('geolocation' in navigator)) return;
  watch = navigator.geolocation.watchPosition(
    ({ coords }) => {
      place.value = { lng: coords.longitude, lat: coords.latitude, accuracy: Math.round(coords.accuracy) };
    },
    ({ code, PERMISSION_DENIED }) => {
      // A position that cannot be had just now is kept from before; one that may not be had is none.
      if (code === PERMISSION_DENIED) place.value = null;
    },
    { enableHighAccuracy: true, maximumAge: 15_000, timeout: 30_000 },
  );
}

export function usePlace() {
  onMounted(() => {
    wanted += 1;
    if (wanted === 1) start();
  });
  onUnmounted(() => {
    wanted -= 1;
    if (wanted === 0 && watch !== undefined) navigator.geolocation.clearWatch(watch);
  });
  return readonly(place);
}
