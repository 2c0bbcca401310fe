// What our printed sheets are made of: headings, tables with thin lines, times.
import type { PdfNode } from '../lib/chinese-pdf.ts';

export const severities = { minor: '一般', major: '较重', critical: '严重' } as const;

export const styles = {
  title: { fontSize: 18, bold: true, margin: [0, 0, 0, 2] },
  heading: { fontSize: 12, bold: true, margin: [0, 10, 0, 4] },
  head: { bold: true, color: '#4a5565' },
  small: { fontSize: 8, color: '#4a5565' },
};

/** Shanghai's time, whatever the server's zone is. */
export function timeText(at: Date | string | null | undefined): string {
  if (at == null) return '—';
  const local = new Date(new Date(at).getTime() + 8 * 3_600_000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 19)}`;
}

export const heading = (text: string): PdfNode => ({ text, style: 'heading' });
export const small = (text: string): PdfNode => ({ text, style: 'small' });
export const table = (widths: (string | number)[], body: PdfNode[][], headerRows = 0): PdfNode => ({
  table: { widths, headerRows, body },
  layout: 'lines',
  margin: [0, 0, 0, 8],
});
export const head = (...names: string[]): PdfNode[] => names.map((text) => ({ text, style: 'head' }));
