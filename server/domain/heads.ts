// The heads file: each signed header on one line of its own, outside the database: the anchor that shows a cut or rolled-back chain.
import { appendFile, readFile } from 'node:fs/promises';
import { type LedgerBlock, LedgerBlockModel } from '../../models/ledger.ts';

export type Head = Omit<LedgerBlock, '_id' | 'at'> & { at: string };

let file: string | undefined;
let written = new Map<string, number>();
let queue: Promise<void> = Promise.resolve();

/** Names the file and reads how far it goes. A last line that was cut off in mid-write is ended, and written anew. */
export async function openHeads(path: string): Promise<void> {
  file = path;
  written = new Map();
  const text = await readFile(path, 'utf8').catch(() => '');
  if (text !== '' && !text.endsWith('\n')) await appendFile(path, '\n');
  for (const { district, height } of readHeads(text))
    written.set(district, Math.max(height, written.get(district) ?? 0));
}

/** The headers of a heads file; lines that were cut off are passed over. */
export function readHeads(text: string): Head[] {
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as Head];
    } catch {
      return [];
    }
  });
}

export function headOf(block: LedgerBlock): Head {
  const { _id, at, ...rest } = block;
  return { ...rest, at: at.toISOString() };
}

/** Appends every header that the file does not have yet, whichever process enacted it. */
export function followHeads(): Promise<void> {
  queue = queue.then(appendMissing, appendMissing);
  return queue;
}

async function appendMissing(): Promise<void> {
  if (file === undefined) return;
  const seen = [...written].map(([district, height]) => ({ district, height: { $gt: height } }));
  const fresh = { district: { $nin: [...written.keys()] } };
  const blocks = await LedgerBlockModel.find({ $or: [...seen, fresh] })
    .sort({ district: 1, height: 1 })
    .lean<LedgerBlock[]>();
  if (blocks.length === 0) return;
  await appendFile(file, blocks.map((block) => `${JSON.stringify(headOf(block))}\n`).join(''), {
    flush: true,
  });
  for (const { district, height } of blocks) written.set(district, height);
}
