// Shops as rows that lead to their pages: results of a search, outlets of one code. Twelve at a time, to stay small.
import type { PublicStatus } from '../domain/status.ts';
import { html, type Html } from './html.ts';
import { hrefOf, type Reader } from './layout.ts';
import { chipOf, chipShapes } from './plate.ts';
import { wordsIn } from './words.ts';

export const rowsAtOnce = 12;

export function rowsOf(reader: Reader, shops: PublicStatus[], skip: number): Html {
  const { chip } = wordsIn[reader.language];
  const rows = shops.slice(skip, skip + rowsAtOnce).map(
    ({ doorCode, name, subdistrictName, address, status }) =>
      html`<li>
        <a href="${hrefOf(reader, `/s/${doorCode}`)}">
          <span lang="zh-CN"><b>${name}</b><small>${subdistrictName} ${address}</small></span
          >${chipOf(status, chip[status])}
        </a>
      </li>`,
  );
  return html`${chipShapes}
    <ul class="rows">
      ${rows}
    </ul>`;
}

/** Links to the rows before and after; nothing when all are shown. */
export function turnPages(
  reader: Reader,
  path: string,
  query: Record<string, string>,
  count: number,
  skip: number,
): Html | null {
  const { more, back } = wordsIn[reader.language].search;
  const link = (to: number, word: string) =>
    html`<a class="btn" href="${hrefOf(reader, path, { ...query, skip: String(to) })}"
      >${word} ${to + 1}–${Math.min(count, to + rowsAtOnce)}</a
    >`;
  const [before, after] = [skip > 0, skip + rowsAtOnce < count];
  if (!before && !after) return null;
  return html`<div class="two screen">
    ${before && link(Math.max(0, skip - rowsAtOnce), back)}${after && link(skip + rowsAtOnce, more)}
  </div>`;
}
