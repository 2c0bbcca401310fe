// PDF with Chinese text, drawn in a process of its own: cutting the fonts and setting the pages take a third of a second, in which
// the server goes on answering.
import { type ChildProcess, fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A pdfmake node made of plain values; its texts are plain strings. The table layout `lines` has thin lines between rows. */
export type PdfNode =
  | string
  | PdfNode[]
  | { [key: string]: unknown; text?: PdfNode; stack?: PdfNode[]; columns?: PdfNode[]; table?: PdfTable };
type PdfTable = { body: PdfNode[][]; [key: string]: unknown };
export type PdfContent = {
  title: string;
  pageSize: 'A4' | 'A5';
  content: PdfNode[];
  /** May name `{page}` and `{pages}`. */
  footer: string;
  styles?: Record<string, object>;
};

/** What the drawing process is asked, and answers. */
export type Drawing = { job: number; content: PdfContent };
export type Drawn = { job: number } & ({ bytes: Uint8Array } | { failure: string });

const program = fileURLToPath(new URL(`./draw-pdf${extname(import.meta.url)}`, import.meta.url));
/** Of JavaScript's own memory; fonts and pictures lie beside it. */
const mostMegabytes = 512;
const mostMillis = 30_000;
/** It stays at hand for the next document, and then gives its memory back. */
const idleMillis = 20_000;

let drawing: ChildProcess | undefined;
let leaving: NodeJS.Timeout | undefined;
let jobs = 0;

/** The document as bytes. One at a time: callers take turns. */
export async function makePdf(content: PdfContent): Promise<Buffer> {
  clearTimeout(leaving);
  drawing ??= start();
  const child = drawing;
  child.channel?.ref();
  const job = ++jobs;
  try {
    const bytes = await answerOf(child, { job, content });
    child.channel?.unref();
    leaving = setTimeout(() => {
      forget(child);
    }, idleMillis).unref();
    return bytes;
  } catch (error) {
    forget(child);
    throw error;
  }
}

function start(): ChildProcess {
  const child = fork(program, {
    // Nothing of ours that it does not need: no secrets of the environment.
    env: {},
    execArgv: [...process.execArgv, `--max-old-space-size=${mostMegabytes}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  // Where it cannot be started at all there is more than one error: none may go unheard, or it would end the server.
  child.on('error', () => {
    forget(child);
  });
  child.unref();
  return child;
}

/** Gives back what is kept at hand. */
export function stopDrawing(): void {
  if (drawing) forget(drawing);
}

/** The next document gets a new one. */
function forget(child: ChildProcess): void {
  if (drawing === child) drawing = undefined;
  child.kill('SIGKILL');
}

function answerOf(child: ChildProcess, drawn: Drawing): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const tooLong = setTimeout(() => {
      fail(new Error(`drawing a PDF took longer than ${mostMillis} ms`));
    }, mostMillis);
    const answered = (message: unknown) => {
      const answer = message as Drawn;
      if (answer.job !== drawn.job) return;
      if ('failure' in answer) return fail(new Error(`a PDF cannot be drawn: ${answer.failure}`));
      settle();
      resolve(Buffer.from(answer.bytes));
    };
    const ended = (code: number | null, signal: string | null) => {
      fail(new Error(`drawing a PDF ended with ${signal ?? code ?? '?'} and no answer`));
    };
    const fail = (error: Error) => {
      settle();
      reject(error);
    };
    const settle = () => {
      clearTimeout(tooLong);
      child.off('message', answered).off('error', fail).off('exit', ended);
    };
    child.on('message', answered).on('error', fail).on('exit', ended);
    child.send(drawn, (error) => {
      if (error) fail(error);
    });
  });
}
