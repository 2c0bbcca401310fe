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

/** What the drawing process answers. */
export type Drawn = { bytes: Uint8Array } | { failure: string };

const program = fileURLToPath(new URL(`./draw-pdf${extname(import.meta.url)}`, import.meta.url));
/** A document of twenty pictures takes a tenth of either. */
const mostMegabytes = 512;
const mostMillis = 30_000;
/** It stays at hand for the next document, and then gives its memory back. */
const idleMillis = 20_000;

let drawing: ChildProcess | undefined;
let leaving: NodeJS.Timeout | undefined;

/** The document as bytes. One at a time: callers take turns. */
export async function makePdf(content: PdfContent): Promise<Buffer> {
  clearTimeout(leaving);
  drawing = drawing?.connected ? drawing : start();
  const child = drawing;
  child.channel?.ref();
  const tooLong = setTimeout(() => child.kill('SIGKILL'), mostMillis);
  try {
    return await answerOf(child, content);
  } finally {
    clearTimeout(tooLong);
    child.channel?.unref();
    leaving = setTimeout(() => {
      if (child.connected) child.disconnect();
    }, idleMillis).unref();
  }
}

function start(): ChildProcess {
  const child = fork(program, {
    // Nothing of ours that it does not need: no secrets of the environment, not more memory than this.
    env: {},
    execArgv: [...process.execArgv, `--max-old-space-size=${mostMegabytes}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.unref();
  return child;
}

function answerOf(child: ChildProcess, content: PdfContent): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      child.off('message', answered).off('error', failed).off('exit', ended);
      act();
    };
    const answered = (drawn: unknown) => {
      const answer = drawn as Drawn;
      if ('failure' in answer) failed(new Error(`a PDF cannot be drawn: ${answer.failure}`));
      else
        settle(() => {
          resolve(Buffer.from(answer.bytes));
        });
    };
    const failed = (error: Error) => {
      settle(() => {
        reject(error);
      });
    };
    const ended = (code: number | null, signal: string | null) => {
      failed(new Error(`drawing a PDF ended with ${signal ?? code ?? '?'} and no answer`));
    };
    child.on('message', answered).on('error', failed).on('exit', ended);
    child.send(content);
  });
}
