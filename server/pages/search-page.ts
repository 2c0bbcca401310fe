// The first page: one field, what it finds, and what the words mean.
import type { Found } from '../domain/status.ts';
import { html, type Html } from './html.ts';
import { icon } from './icons.ts';
import { hrefOf, pageOf, type Reader, section } from './layout.ts';
import { chipOf, chipShapes } from './plate.ts';
import { rowsAtOnce, rowsOf, turnPages } from './shop-rows.ts';
import { type PageWords, wordsIn } from './words.ts';

/** The search finds no more than this. */
const mostFound = 50;
export const longestQuery = 64;

export function searchPage(reader: Reader, q: string, found: Found, skip: number): string {
  const words = wordsIn[reader.language];
  const { search } = words;
  const main = html`
    <section class="sec">
      <h1>${search.title}</h1>
      ${searchForm(reader, q)}
    </section>
    ${q === '' ? aboutParts(reader, words) : resultsOf(reader, q, found, skip, words)}
  `;
  return pageOf(reader, {
    title: q === '' ? search.title : q,
    note: words.brandNote,
    query: q === '' ? {} : { q },
    main,
  });
}

export function searchForm(reader: Reader, q = ''): Html {
  const { search } = wordsIn[reader.language];
  return html`<form action="/" role="search">
    <label for="q" class="q note">${search.label}</label>
    <input
      id="q"
      name="q"
      type="search"
      value="${q}"
      maxlength="${longestQuery}"
      placeholder="${search.example}"
      required
      autocomplete="off"
      enterkeyhint="search"
    />
    ${reader.chosen && html`<input type="hidden" name="lang" value="${reader.language}" />`}
    <button class="btn p">${icon('magnifying-glass')}${search.button}</button>
  </form>`;
}

function resultsOf(
  reader: Reader,
  q: string,
  { shops, nearly }: Found,
  skip: number,
  { search, none }: PageWords,
): Html {
  if (shops.length === 0)
    return html`${section(search.nothing, html`<p>${search.nothingNote}</p>`)}
      <p class="pad note q">${none.join}</p>`;
  const count = shops.length < mostFound ? search.found(shops.length) : search.foundMany(mostFound);
  const isCut = shops.length >= mostFound && skip + rowsAtOnce >= mostFound;
  return section(
    nearly ? search.nearly : count,
    nearly && html`<p class="note q">${search.nearlyNote(q)}</p>`,
    rowsOf(reader, shops, skip),
    turnPages(reader, '/', { q }, shops.length, skip),
    isCut && html`<p class="note q">${search.narrow}</p>`,
  );
}

function aboutParts(reader: Reader, words: PageWords): Html {
  const { search } = words;
  const meanings = (['listed', 'suspended', 'removed', 'deregistered'] as const).map(
    (status) =>
      html`<div class="entry">
        <dt>${chipOf(status, words.word[status])}</dt>
        <dd class="note q">${words.meaning[status]}</dd>
      </div>`,
  );
  return html`
    ${section(search.wordsTitle, chipShapes, html`<dl class="facts">${meanings}</dl>`, html`<p class="note q">${search.none}</p>`)}
    ${section(search.aboutTitle, html`<p>${search.about}</p>`, html`<p class="note"><a href="${hrefOf(reader, '/docs')}">${search.api}</a></p>`)}
  `;
}
