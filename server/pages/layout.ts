// The frame of every first screen: head, the line with the logo, the other language, and the policy that lets nothing else in.
import type { Language } from '../lib/problem.ts';
import { html, Html, type Part } from './html.ts';
import { formStyle, pageStyle } from './style.ts';
import { type PageWords, wordsIn } from './words.ts';

/** Who reads: in which language, when, and whether the language was asked for in the address. */
export type Reader = { language: Language; chosen: boolean; now: Date };

export type Page = {
  title: string;
  /** First line beside the logo, when it is not the list's own name. */
  brand?: Part;
  /** Second line beside the logo. */
  note: Part;
  /** Query of this page without the language, for the link to the other one. */
  query?: Record<string, string>;
  main: Part;
  sheet?: 'page' | 'form';
};

const logo = new Html(
  '<svg class="logo" viewBox="0 0 36 24" aria-hidden="true"><rect width="36" height="24" rx="3"/><circle cx="4.2" cy="12" r="1.1"/>' +
    '<circle cx="31.8" cy="12" r="1.1"/><path d="M11.5 12.4l4.6 4.4 8.6-9.2"/></svg>',
);
const favicon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 36 36'%3E%3Crect y='5' width='36' height='26' rx='4' fill='%23153B66'/%3E" +
  "%3Cpath d='M10 19l6 5 10-12' fill='none' stroke='%23fff' stroke-width='4'/%3E%3C/svg%3E";

const sheets = { page: pageStyle, form: formStyle };
const htmlLanguage: Record<Language, string> = { zh: 'zh-CN', en: 'en' };

/** An address on this server; keeps the language that was asked for. */
export function hrefOf(reader: Reader, path: string, query: Record<string, string> = {}): string {
  const text = new URLSearchParams({ ...query, ...(reader.chosen && { lang: reader.language }) }).toString();
  return text === '' ? path : `${path}?${text}`;
}

export function pageOf(
  reader: Reader,
  { title, brand, note, query = {}, main, sheet = 'page' }: Page,
): string {
  const words = wordsIn[reader.language];
  const other: Language = reader.language === 'zh' ? 'en' : 'zh';
  const otherHref = `?${new URLSearchParams({ ...query, lang: other }).toString()}`;
  return html`<!doctype html>
    <html lang="${htmlLanguage[reader.language]}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="theme-color" content="#ffffff" media="(prefers-color-scheme:light)" />
        <meta name="theme-color" content="#141d24" media="(prefers-color-scheme:dark)" />
        <title>${title} · ${words.site}</title>
        <link rel="icon" href="${new Html(favicon)}" />
        ${sheets[sheet].element}
      </head>
      <body>
        <header class="pub">
          <a href="${hrefOf(reader, '/')}"
            >${logo}<span><b>${brand ?? words.brand}</b><small>${note}</small></span></a
          >
          <a href="${otherHref}" lang="${htmlLanguage[other]}" hreflang="${htmlLanguage[other]}"
            >${words.otherLanguage}</a
          >
        </header>
        <main>${main}</main>
      </body>
    </html>`.text;
}

/** Nothing is loaded, nothing runs; forms go to this server only. */
export function policyOf(sheet: 'page' | 'form' = 'page'): string {
  return `default-src 'none'; style-src ${sheets[sheet].source}; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
}

/** Text that stays Chinese in the English page: names, streets, notices. */
export function chinese(reader: Reader, text: string): Part {
  return reader.language === 'zh' ? text : html`<span lang="zh-CN">${text}</span>`;
}

/** One sheet with a heading. */
export function section(title: Part, ...content: Part[]): Html {
  return html`<section class="sec">
    <h2>${title}</h2>
    ${content}
  </section>`;
}

export function stepsOf(steps: readonly Part[]): Html {
  return html`<ol class="steps">
    ${steps.map((step) => html`<li><span>${step}</span></li>`)}
  </ol>`;
}

/** Things without an order. */
export function listOf(items: readonly Part[]): Html {
  return html`<ul class="list">
    ${items.map((item) => html`<li>${item}</li>`)}
  </ul>`;
}

/** Rows of a name and its value; those without a value are left out. */
export function factsOf(rows: readonly (readonly [string, Part])[]): Html {
  const known = rows.filter(([, value]) => value !== null && value !== '');
  return html`<dl class="facts">
    ${known.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** Look another shop up, or ask a person. */
export function waysOn(reader: Reader, words: PageWords): Html {
  return html`<section class="sec screen">
    <div class="two">
      <a class="btn" href="${hrefOf(reader, '/')}">${words.again}</a
      ><a class="btn" href="tel:12345">${words.call}</a>
    </div>
  </section>`;
}
