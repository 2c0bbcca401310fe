// The camera in the page: the rear one, its light where it has one, and a picture of what it sees.
import { onUnmounted, ref, shallowRef, type ShallowRef } from 'vue';

type Torched = MediaTrackCapabilities & { torch?: boolean };

export function useCamera(video: Readonly<ShallowRef<HTMLVideoElement | null>>) {
  const state = ref<'starting' | 'on' | 'none'>('starting');
  const stream = shallowRef<MediaStream | null>(null);
  const hasTorch = ref(false);
  const torch = ref(false);
  const several = ref(false);
  const facing = ref<'environment' | 'user'>('environment');
  let left = false;

  function stop(): void {
    stream.value?.getTracks().forEach((track) => {
      track.stop();
    });
    stream.value = null;
    torch.value = false;
  }

  async function start(): Promise<void> {
    stop();
    state.value = 'starting';
    try {
      const opened = await open(facing.value);
      // Closed while the permission was being asked for.
      if (left || !video.value) {
        opened.getTracks().forEach((track) => {
          track.stop();
        });
        return;
      }
      stream.value = opened;
      video.value.srcObject = opened;
      await video.value.play();
      const track = opened.getVideoTracks()[0];
      const abilities: Torched = track?.getCapabilities() ?? {};
      hasTorch.value = abilities.torch === true;
      const devices = await navigator.mediaDevices.enumerateDevices();
      several.value = devices.filter(({ kind }) => kind === 'videoinput').length > 1;
      state.value = 'on';
    } catch {
      stop();
      state.value = 'none';
    }
  }

  async function switchTorch(): Promise<void> {
    const track = stream.value?.getVideoTracks()[0];
    const constraint: MediaTrackConstraintSet & { torch: boolean } = { torch: !torch.value };
    try {
      await track?.applyConstraints({ advanced: [constraint] });
      torch.value = !torch.value;
    } catch {
      hasTorch.value = false;
    }
  }

  async function flip(): Promise<void> {
    facing.value = facing.value === 'environment' ? 'user' : 'environment';
    await start();
  }

  async function take(): Promise<Blob | null> {
    const source = video.value;
    if (!source || source.videoWidth === 0) return null;
    const canvas = document.createElement('canvas');
    canvas.width = source.videoWidth;
    canvas.height = source.videoHeight;
    canvas.getContext('2d')?.drawImage(source, 0, 0);
    return new Promise((resolve) => {
      canvas.toBlob(resolve, 'image/jpeg', 0.92);
    });
  }

  onUnmounted(() => {
    left = true;
    stop();
  });
  return { state, hasTorch, torch, several, start, stop, switchTorch, flip, take };
}

async function open(facing: 'environment' | 'user'): Promise<MediaStream> {
  // Absent where the page is not served securely.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) throw new Error('no camera');
  return devices.getUserMedia({
    audio: false,
    video: { facingMode: { ideal: facing }, width: { ideal: 1920 }, height: { ideal: 1440 } },
  });
}
