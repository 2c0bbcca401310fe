// Reads QR codes from the camera: with the browser's own reader, or with one of ours that is fetched when first needed.
import readerAddress from '@zxing-reader?url';

export type Reader = { detect(image: HTMLVideoElement): Promise<{ rawValue: string }[]> };
type Detector = {
  new (options: { formats: string[] }): Reader;
  getSupportedFormats(): Promise<string[]>;
};

const own = (globalThis as { BarcodeDetector?: Detector }).BarcodeDetector;

export async function openReader(): Promise<Reader> {
  const formats = await own?.getSupportedFormats().catch((): string[] => []);
  if (own && formats?.includes('qr_code')) return new own({ formats: ['qr_code'] });
  const { BarcodeDetector, prepareZXingModule } = await import('barcode-detector/ponyfill');
  // From our own origin: by itself it would ask another host.
  prepareZXingModule({
    overrides: {
      locateFile: (path: string, prefix: string) => (path.endsWith('.wasm') ? readerAddress : prefix + path),
    },
  });
  return new BarcodeDetector({ formats: ['qr_code'] });
}

/** Fetched in a quiet moment while there is a network, so that scanning works without one. The service worker keeps it. */
export async function fetchReaderAhead(): Promise<void> {
  if (own || !navigator.onLine) return;
  await fetch(readerAddress, { cache: 'force-cache' });
}
