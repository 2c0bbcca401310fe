// The parts of a ZIP file one by one, never unpacked whole: their sizes are checked before, and counted while they are unpacked.
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { Unreadable } from './unreadable.ts';

/** A workbook has a few dozen parts; what unpacks to more than this is no list of shops. */
const mostEntries = 2_000;
const mostBytes = 1_073_741_824;

export class ZipParts {
  private readonly zip: ZipFile;
  private readonly entries: Map<string, Entry>;
  private unpacked = 0;

  private constructor(zip: ZipFile, entries: Map<string, Entry>) {
    this.zip = zip;
    this.entries = entries;
  }

  static async open(path: string): Promise<ZipParts> {
    const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch(() => {
      throw new Unreadable('damaged');
    });
    try {
      return new ZipParts(zip, await entriesOf(zip));
    } catch (error) {
      zip.close();
      throw error instanceof Unreadable ? error : new Unreadable('damaged');
    }
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** How many bytes a part says it unpacks to. */
  sizeOf(name: string): number {
    return this.entries.get(name)?.uncompressedSize ?? 0;
  }

  /** The text of a part (UTF-8) piece by piece. Nothing where there is no such part. */
  async *text(name: string, onBytes: (count: number) => void = () => undefined): AsyncGenerator<string> {
    const entry = this.entries.get(name);
    if (!entry) return;
    const decoder = new TextDecoder('utf-8');
    try {
      const stream = await this.zip.openReadStreamPromise(entry);
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        this.unpacked += chunk.length;
        if (this.unpacked > mostBytes) throw new Unreadable('unpacks-too-large');
        onBytes(chunk.length);
        yield decoder.decode(chunk, { stream: true });
      }
    } catch (error) {
      // Broken packing, a wrong length or a password: what is in there cannot be had.
      throw error instanceof Unreadable ? error : new Unreadable('damaged');
    }
  }

  close(): Promise<void> {
    this.zip.close();
    return Promise.resolve();
  }
}

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > mostEntries) throw new Unreadable('unpacks-too-large');
  const entries = new Map<string, Entry>();
  let announced = 0;
  for await (const entry of zip.eachEntry()) {
    announced += entry.uncompressedSize;
    if (entries.size >= mostEntries || announced > mostBytes) throw new Unreadable('unpacks-too-large');
    entries.set(entry.fileName, entry);
  }
  return entries;
}
