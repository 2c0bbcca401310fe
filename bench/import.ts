// Importing a list: reading the file, drafting, enacting; how much memory that takes, and what everybody else waits meanwhile.
import { createWriteStream, openAsBlob } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import mongoose from 'mongoose';
import { environment } from '../server/domain/environment.ts';
import { verifyLedger } from '../server/domain/verify-ledger.ts';
import { ask, startChild } from './child.ts';
import { linesOfList } from './large-list.ts';
import { figuresOf, printTable } from './measure.ts';
import { aPerson, fill, openDatabase, someMerchants } from './stage.ts';

/** Shops on the list before. */
const before = 6_029;
const beforeFrom = 50_000_000;
const everyMillis = 250;

type Sign = () => string;
type Watched = { scans: number[]; pages: number[]; peakBytes: number };
type Progress = { phase: string; rows: number; of: number | null };
type Shown = { id: string; state: string; progress: Progress; adjustment: { id: string } | null };

export async function importList(rows: number): Promise<void> {
  const env = await openDatabase('bench_import');
  await fill(before, beforeFrom);
  const [staff, approver] = [await aPerson('staff'), await aPerson('approver')];
  const codes = (await someMerchants(200)).map(({ doorCode }) => doorCode);
  const file = join(env.DATA_DIR ?? '', 'list.csv');
  await writeLines(file, linesOfList(rows));
  const server = await startChild('server/main.ts', { ...env, PORT: '0', SEED: 'none' });
  const api = `${server.url}/api/v1`;
  /** Does `work` while others scan and read the list. */
  const watched = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const startedAt = performance.now();
    const watch = watching(server.url, staff.sign, codes);
    const done = await work();
    const { scans, pages, peakBytes } = await watch.end();
    const millis = performance.now() - startedAt;
    const memory = `${Math.round(peakBytes / 1_048_576)} MiB at most`;
    const took = `${(millis / 1_000).toFixed(1)} s, ${memory}`;
    printTable(`Import of ${rows} rows into a list of ${before}: ${name}`, [
      { ...figuresOf('door scans meanwhile', scans, millis), ratio: took, budget: '500 MB' },
      figuresOf('pages of the list meanwhile', pages, millis),
    ]);
    return done;
  };
  try {
    await watched('at rest', () => pause(10_000));
    const id = await send(api, staff.sign(), file);
    const look = async (isOver: (shown: Shown) => boolean) => {
      for (;;) {
        const shown = JSON.parse(await ask(`${api}/imports/${id}`, { token: staff.sign() })) as Shown;
        tell(shown);
        if (isOver(shown)) return shown;
        await pause(1_000);
      }
    };
    const read = await watched('dry run', () => look(({ state }) => state !== 'reading'));
    if (read.state !== 'ready') throw new Error(`the import is ${read.state}`);
    const body = { reason: '首次导入' };
    const submitted = await watched('submission', async () => {
      const asked = { method: 'POST', token: staff.sign(), body };
      await ask(`${api}/imports/${id}/submit`, asked);
      return look(({ state }) => state !== 'submitting');
    });
    await watched('enactment', async () => {
      const path = `${api}/adjustments/${submitted.adjustment?.id ?? ''}`;
      const { setHash } = JSON.parse(await ask(path, { token: approver.sign() })) as { setHash: string };
      await ask(`${path}/approve`, { method: 'POST', token: approver.sign(), body: { setHash } });
      await look(({ state }) => state !== 'enacting');
    });
    console.log(JSON.stringify(await verifyLedger({ keys: environment().keys, heads: [] })));
  } finally {
    await server.end();
    await mongoose.disconnect();
  }
}

async function writeLines(path: string, lines: Iterable<string>): Promise<void> {
  const file = createWriteStream(path);
  for (const line of lines) if (!file.write(line)) await once(file, 'drain');
  file.end();
  await once(file, 'finish');
}

async function send(api: string, token: string, file: string): Promise<string> {
  const form = new FormData();
  form.append('file', await openAsBlob(file), '名单.csv');
  const headers = { Authorization: `Bearer ${token}` };
  const response = await fetch(`${api}/imports`, { method: 'POST', headers, body: form });
  if (response.status !== 202) throw new Error(await response.text());
  return ((await response.json()) as { id: string }).id;
}

let told = '';
function tell({ state, progress: { phase, rows, of } }: Shown): void {
  const tenth = of === null || of === 0 ? 0 : Math.floor((10 * rows) / of);
  const now = `${state}, ${phase} ${tenth * 10} %`;
  if (now !== told) console.log(`${new Date().toISOString().slice(11, 19)} ${now}`);
  told = now;
}

/** Scans doors and reads pages of the list, four of each a second, and looks how much memory the server has. */
function watching(url: string, sign: Sign, codes: string[]) {
  const seen: Watched = { scans: [], pages: [], peakBytes: 0 };
  let isOver = false;
  const timed = async (times: number[], page: string, token?: string) => {
    const startedAt = performance.now();
    await ask(page, token === undefined ? {} : { token });
    times.push(performance.now() - startedAt);
  };
  const watch = async () => {
    for (let round = 0; !isOver; round += 1) {
      await timed(seen.scans, `${url}/api/v1/status/${codes[round % codes.length] ?? ''}`);
      await timed(seen.pages, `${url}/api/v1/merchants?subdistrict=230104001`, sign());
      const figures = await ask(`${url}/metrics`);
      const bytes = Number(/^process_resident_memory_bytes (\S+)/m.exec(figures)?.[1] ?? 0);
      seen.peakBytes = Math.max(seen.peakBytes, bytes);
      await pause(everyMillis);
    }
    return seen;
  };
  const ended = watch();
  return {
    end: () => {
      isOver = true;
      return ended;
    },
  };
}
