// Tables as CSV for spreadsheets: with a mark that says UTF-8, and no cell that starts a formula.

/** A cell that begins so would be worked out; a figure may. */
const formula = /^[=+\-@\t\r]/;

export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csvFile = (rows: Parameters<typeof csvOf>[0]): Blob =>
  new Blob([csvOf(rows)], { type: 'text/csv;charset=utf-8' });
