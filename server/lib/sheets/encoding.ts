// In which encoding a text file was saved, found by reading it once to its end: a long list may be plain ASCII for many rows.
import { createReadStream } from 'node:fs';
import { Unreadable } from './unreadable.ts';

type Decoder = InstanceType<typeof TextDecoder>;
export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

/** UTF-8 with or without a mark, UTF-16 with one, otherwise GB18030 (which holds GBK). Throws `Unreadable` for anything else. */
export async function encodingOf(path: string): Promise<Encoding> {
  const decoders: Partial<Record<Encoding, Decoder>> = {
    'utf-8': new TextDecoder('utf-8', { fatal: true }),
    gb18030: new TextDecoder('gb18030', { fatal: true }),
  };
  let isFirst = true;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    if (isFirst && chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
    if (isFirst && chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be';
    isFirst = false;
    if (chunk.includes(0)) throw new Unreadable('not-a-table');
    tryAll(decoders, chunk);
  }
  tryAll(decoders);
  const [found] = Object.keys(decoders) as Encoding[];
  if (found === undefined) throw new Unreadable('unknown-encoding');
  return found;
}

/** Drops the decoders to which these bytes mean nothing; without bytes, those that wait for more. */
function tryAll(decoders: Partial<Record<Encoding, Decoder>>, chunk?: Buffer): void {
  for (const [encoding, decoder] of Object.entries(decoders))
    try {
      if (chunk) decoder.decode(chunk, { stream: true });
      else decoder.decode();
    } catch {
      Reflect.deleteProperty(decoders, encoding);
    }
}

/** The text of a file piece by piece, without its byte order mark. `onBytes` hears how many bytes were taken. */
export async function* textOf(
  path: string,
  encoding: Encoding,
  onBytes: (count: number) => void = () => undefined,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    onBytes(chunk.length);
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}
