// Shops as rows that lead to their pages: results of a search, outlets of one code. Twenty at a time, to stay small.
import type { PublicStatus } from '../domain/status.ts';
import { html, type Html } from './html.ts';
import { chinese, hrefOf, type Reader } from './layout.ts';
import { chipOf, chipShapes } from './plate.ts';
import { wordsIn } from './words.ts';

const atOnce = 20;

export function rowsOf(reader: Reader, shops: PublicStatus[], skip: number): Html {
  const words = wordsIn[reader.language];
  const rows = shops.slice(skip, skip + atOnce).map(
    ({ doorCode, name, subdistrictName, address, status }) =>
      html`<li>
        <a href="${hrefOf(reader, `/s/${doorCode}`)}">
          <span
            ><b>${chinese(reader, name)}</b
            ><small>${chinese(reader, `${subdistrictName} ${address}`)}</small></span
          >${chipOf(status, words)}
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
      >${word} ${to + 1}–${Math.min(count, to + atOnce)}</a
    >`;
  const [before, after] = [skip > 0, skip + atOnce < count];
  if (!before && !after) return null;
  return html`<div class="two screen">
    ${before && link(Math.max(0, skip - atOnce), back)}${after && link(skip + atOnce, more)}
  </div>`;
}
