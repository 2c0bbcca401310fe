// PDFs are drawn one at a time: fonts and pictures of one take a hundred megabytes while it is made.
import { makePdf, type PdfContent } from '../lib/chinese-pdf.ts';
import { inShortLine } from './turns.ts';

const mostInLine = 20;

/** The document as bytes; what it holds is gathered when its turn comes. Throws `unavailable` where too many wait already. */
export function drawInLine(content: () => PdfContent | Promise<PdfContent>): Promise<Buffer> {
  return inShortLine('pdf', mostInLine, async () => makePdf(await content()));
}
