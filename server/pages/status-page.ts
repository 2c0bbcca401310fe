// "May this shop open?": the public page behind a door's QR code, for one shop, for several of one credit code, or for none.
import type { PublicStatus } from '../domain/status.ts';
import { spacedDoorCode } from '../lib/door-code.ts';
import { html, type Html, type Part } from './html.ts';
import { icon } from './icons.ts';
import { chinese, factsOf, hrefOf, pageOf, type Reader, section, stepsOf, waysOn } from './layout.ts';
import { plateOf } from './plate.ts';
import { rowsOf, turnPages } from './shop-rows.ts';
import { dayOf, instantOf } from './times.ts';
import { type PageWords, wordsIn } from './words.ts';

/** `isForged`: it was opened by a paper that the bureau did not issue. */
export function statusPage(reader: Reader, shop: PublicStatus, address: string, isForged = false): string {
  const words = wordsIn[reader.language];
  const organ = html`<span class="n">${chinese(reader, shop.organ)}</span>`;
  const parts = shop.mayOpen
    ? [
        lastVisitOf(reader, shop, words),
        html`<section class="sec">${shopFacts(reader, shop, words)}</section>`,
        nextOf(reader, shop, words),
      ]
    : [
        whyOf(reader, shop, words),
        nextOf(reader, shop, words),
        section(
          words.status.objectTitle,
          html`<p>${words.status.object(organ, shop.objectionDays, shop.objectionDecisionWorkingDays)}</p>`,
        ),
        lastVisitOf(reader, shop, words),
        html`<section class="sec">${shopFacts(reader, shop, words)}</section>`,
      ];
  const main = html`
    ${isForged ? forgedNote(words) : null} ${followerNote(reader, shop, words)}
    ${plateOf({ look: shop.status, name: html`<h1>${chinese(reader, shop.name)}</h1>`, word: words.word[shop.status], since: sinceOf(reader, shop, words) })}
    ${parts} ${waysOn(reader, words)}
    <p class="pad note q">${words.status.queried(dayOf(reader.now, reader.language), organ)}</p>
    <p class="pad paper">${words.status.address} <span class="mono">${address}</span></p>
  `;
  return pageOf(reader, { title: `${shop.name} ${words.word[shop.status]}`, note: organ, main });
}

/** Above all else: the paper may hang on another shop's door. */
const forgedNote = ({ status }: PageWords): Html =>
  html`<p class="say bad" role="alert">${icon('warning-circle')}<span>${status.forged}</span></p>`;

/** Above the plate: whoever scans an old door wants the shop that is there now. */
function followerNote(reader: Reader, { successor }: PublicStatus, { status }: PageWords): Html | null {
  if (!successor) return null;
  const { kind, shop } = successor;
  const says = status.follower[kind];
  const link =
    shop && html`<a href="${hrefOf(reader, `/s/${shop.doorCode}`)}">${chinese(reader, shop.name)}</a>`;
  return html`<p class="say">
    ${icon('arrow-right')}<span>${link ? says.known(link) : says.unknown}</span>
  </p>`;
}

function sinceOf({ language }: Reader, { status, since, until }: PublicStatus, words: PageWords): Part {
  const { status: says } = words;
  const begin =
    status === 'listed' ? says.listedSince(dayOf(since, language)) : says.since(instantOf(since, language));
  return until ? html`${begin}<br />${says.until(instantOf(until, language))}` : begin;
}

function whyOf(reader: Reader, shop: PublicStatus, words: PageWords): Html {
  const { status: says } = words;
  const facts = factsOf([
    [says.groundTitle, groundOf(reader, shop, words)],
    [says.organTitle, chinese(reader, shop.organ)],
  ]);
  return section(says.whyTitle, html`<p>${words.why[shop.ground]}</p>`, facts);
}

/** The notice where there is one; what kind of ground it is, the sentence above has said. */
function groundOf(reader: Reader, { ground, notice }: PublicStatus, words: PageWords): Part {
  return notice === null ? words.ground[ground] : chinese(reader, notice);
}

function lastVisitOf({ language }: Reader, { lastVisit }: PublicStatus, words: PageWords): Html {
  const { status: says } = words;
  if (!lastVisit) {
    const mark = html`<p class="mk">
      <i class="ring"></i><span>${says.neverVisited}<br /><small>${says.neverVisitedNote}</small></span>
    </p>`;
    return section(says.lastVisit, mark);
  }
  const marks = {
    passed: 'check-circle',
    fixed: 'wrench',
    orders: 'x-square',
    'no-entry': 'warning-circle',
  } as const;
  const when = html`<span class="note q">${instantOf(lastVisit.at, language)}</span>`;
  return section(
    html`${says.lastVisit} ${when}`,
    html`<p class="mk ${lastVisit.result}">
      ${icon(marks[lastVisit.result])}<span>${words.result[lastVisit.result]}</span>
    </p>`,
  );
}

function shopFacts(reader: Reader, shop: PublicStatus, words: PageWords): Html {
  const { status: says } = words;
  const modes = shop.mode.map((mode) => words.mode[mode]).join(words.join);
  const category = shop.categoryName?.[reader.language] ?? shop.category;
  return factsOf([
    [says.addressTitle, chinese(reader, `${shop.subdistrictName} ${shop.address}`)],
    [says.categoryTitle, modes === '' ? category : html`${category}<br /><small>${modes}</small>`],
    ...(shop.mayOpen
      ? ([
          [says.groundTitle, groundOf(reader, shop, words)],
          [says.issuerTitle, chinese(reader, shop.organ)],
        ] as const)
      : []),
    [says.codeTitle, shop.uscc && html`<span class="mono">${shop.uscc}</span>`],
    [says.registerTitle, shop.registerNumber && html`<span class="mono">${shop.registerNumber}</span>`],
    [says.doorTitle, html`<span class="mono n">${spacedDoorCode(shop.doorCode)}</span>`],
  ]);
}

function nextOf({ language }: Reader, shop: PublicStatus, words: PageWords): Html | null {
  const { status, ground, until, successor, nextStep } = shop;
  const { status: says } = words;
  const ends = until && html`<p>${says.nextEnds(instantOf(until, language))}</p>`;
  if (status === 'listed') return section(says.nextTitle, html`<p>${says.nextListed}</p>`, ends);
  // The shop goes on under the other record: there is nothing that it would have to do.
  if (successor?.kind === 'merged') return null;
  if (status === 'deregistered') return section(says.nextTitle, html`<p>${says.nextDeregistered}</p>`);
  if (status === 'removed') return section(says.backTitle, stepsOf(says.stepsRemoved));
  if (ground === 'emergency') return section(says.backTitle, stepsOf(says.stepsEmergency));
  if (ends) return section(says.nextTitle, ends);
  return section(
    says.backTitle,
    stepsOf(nextStep === 'fix-and-recheck' ? says.stepsRecheck : says.stepsNotice),
  );
}

/** The outlets of one credit code. */
export function outletsPage(reader: Reader, code: string, shops: PublicStatus[], skip: number): string {
  const words = wordsIn[reader.language];
  const main = html`
    <section class="sec">
      <h1>${words.status.several(shops.length)}</h1>
      <p class="q"><span class="mono">${code}</span><br />${words.status.severalNote}</p>
      ${rowsOf(reader, shops, skip)}
      ${turnPages(reader, `/s/${encodeURIComponent(code)}`, {}, shops.length, skip)}
    </section>
    ${waysOn(reader, words)}
  `;
  return pageOf(reader, {
    title: words.status.several(shops.length),
    note: html`${chinese(reader, shops[0]?.organ ?? '')}`,
    main,
  });
}
