// PDF with Chinese text, drawn in a process of its own: cutting the fonts and setting the pages take a third of a second, in which
// the server goes on answering.
import { fork } from 'node:child_process';
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

const program = fileURLToPath(new URL(`./draw-pdf${extname(import.meta.url)}`, import.meta.url));
/** A document of twenty pictures takes a tenth of either. */
const mostMegabytes = 512;
const mostMillis = 30_000;

/** The document as bytes. Callers take turns, so that there is one at a time. */
export function makePdf(content: PdfContent): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const drawing = fork(program, {
      // Nothing of ours that it does not need: no secrets of the environment, not more memory than this.
      env: {},
      execArgv: [...process.execArgv, `--max-old-space-size=${mostMegabytes}`],
      serialization: 'advanced',
      timeout: mostMillis,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    drawing.once('message', (bytes: Uint8Array) => {
      resolve(Buffer.from(bytes));
    });
    drawing.once('error', reject);
    drawing.once('exit', (code, signal) => {
      reject(new Error(`drawing a PDF ended with ${signal ?? code ?? '?'} and no answer`));
    });
    drawing.send(content);
  });
}
