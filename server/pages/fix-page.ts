// The merchant's one order by its signed link: what was found, how much time is left, and a form that needs no script.
import type { Order } from '../../models/order.ts';
import type { LinkedOrder } from '../domain/linked-orders.ts';
import { standardLimits } from '../lib/deadlines.ts';
import { html, type Html } from './html.ts';
import { icon } from './icons.ts';
import { chinese, pageOf, type Reader, section } from './layout.ts';
import { instantOf, nearDayOf, spanOf, timeOf } from './times.ts';
import { type PageWords, wordsIn } from './words.ts';

export const mostPhotos = 6;
export type Refused = keyof PageWords['fix']['refused'];

/** `photo` is the picture of the fault as a JPEG; `refused` says why the last answer was not taken, `note` is what it said. */
export type FixView = LinkedOrder & { photo: Uint8Array | null; refused?: Refused; note?: string };

export function fixPage(reader: Reader, view: FixView): string {
  const words = wordsIn[reader.language];
  const { order, merchant } = view;
  const isOpen = order.state === 'open';
  const parts = isOpen
    ? [clockOf(reader, order, words), returnedOf(reader, order, words)]
    : [sentOf(reader, order, words)];
  const main = html`
    ${view.refused && refusal(words, view.refused)} ${parts} ${faultOf(reader, view, words)}
    ${isOpen && answerForm(reader, view, words)}
  `;
  return pageOf(reader, {
    title: `${words.fix.title} ${numberOf(order)}`,
    sheet: 'form',
    main,
    brand: html`${words.fix.title} <span class="n">${numberOf(order)}</span>`,
    note: words.fix.to(merchant.name),
  });
}

/** What a merchant says on the phone. */
const numberOf = ({ _id }: Order) => _id.slice(0, 8);

function refusal({ fix }: PageWords, refused: Refused): Html {
  const text = fix.refused[refused];
  return html`<p class="say ${refused === 'state' ? '' : 'bad'}" role="alert">
    ${icon('warning-circle')}<span>${typeof text === 'string' ? text : text(mostPhotos)}</span>
  </p>`;
}

function clockOf({ language, now }: Reader, order: Order, { fix }: PageWords): Html | null {
  const { due, level, limits } = order;
  if (!due) return null;
  const left = due.getTime() - now.getTime();
  const isLate = left < 0;
  const cardText =
    level === 'red' ? fix.red(limits?.redAfterDays ?? standardLimits.redAfterDays) : fix.yellow;
  const card =
    level !== 'none' &&
    html`<p class="note"><span class="st ${level}">${icon('warning-circle')}${cardText}</span></p>`;
  const day = nearDayOf(due, now, language);
  const time = html`<b>${timeOf(due)}</b>`;
  const by =
    language === 'zh'
      ? html`${isLate && fix.was}${day}<br />${time} ${fix.before}`
      : html`${isLate ? fix.was : fix.before} ${day}<br />${time}`;
  return html`<section class="sec">
    <div class="due ${isLate ? 'late' : ''}">
      <p><span class="q">${isLate ? fix.late : fix.left}</span><b>${spanOf(left, language)}</b></p>
      <small>${by}</small>
    </div>
    ${
      isLate
        ? html`${card}
            <p class="note">${fix.lateNote}</p>`
        : elapsedBar(order, due, now, fix.elapsed)
    }
  </section>`;
}

/** Drawn, not styled: the policy of the page allows no style attribute. */
function elapsedBar({ history, openedAt }: Order, due: Date, now: Date, label: string): Html {
  const begun =
    history.findLast(({ act, due: given }) => act !== 'recount' && given?.getTime() === due.getTime())?.at ??
    openedAt;
  const share = Math.min(
    1,
    Math.max(0, (now.getTime() - begun.getTime()) / (due.getTime() - begun.getTime())),
  );
  const percent = `${Math.round(share * 100)}%`;
  return html`<svg class="bar" role="img" aria-label="${label} ${percent}">
    <rect y="4" width="100%" height="8" rx="2" fill="var(--sunk)" />
    <rect y="4" width="${percent}" height="8" rx="2" fill="var(--off)" />
    <svg x="${percent}" overflow="visible"><rect x="-1.5" width="3" height="16" fill="var(--ink)" /></svg>
  </svg>`;
}

function returnedOf(reader: Reader, { history }: Order, { fix }: PageWords): Html | null {
  const last = history.findLast(({ act }) => act === 'return');
  if (!last) return null;
  return html`<div class="say warn">
    ${icon('warning-circle')}
    <p>
      <b>${fix.returned}</b><br />${last.note && html`${chinese(reader, last.note)}<br />`}${fix.returnedNote}
    </p>
  </div>`;
}

function faultOf(reader: Reader, { order, photo }: FixView, { fix }: PageWords): Html {
  const picture =
    photo &&
    html`<img src="data:image/jpeg;base64,${Buffer.from(photo).toString('base64')}" alt="${fix.photoAlt}" />`;
  const { openedAt } = order;
  const item = order.itemText[reader.language];
  const seen = html`<p class="note q">
    ${fix.severity[order.severity]} ·
    ${fix.foundAt(html`${nearDayOf(openedAt, reader.now, reader.language)} ${timeOf(openedAt)}`)}
  </p>`;
  const words = html`<div>
    <h2>${order.note === null ? item : chinese(reader, order.note)}</h2>
    ${order.note !== null && html`<p>${item}</p>`}${seen}
  </div>`;
  return html`<section class="sec"><div class="fault">${picture}${words}</div></section>`;
}

function answerForm(reader: Reader, { note = '', linkEndsAt }: FixView, { fix }: PageWords): Html {
  return html`<form class="answer" method="post" enctype="multipart/form-data">
    <section class="sec">
      <h2>
        <label for="photo">${fix.answer} <span class="q note">${fix.photos(mostPhotos)}</span></label>
      </h2>
      <input
        id="photo"
        type="file"
        name="photo"
        accept="image/jpeg,image/png,image/webp"
        multiple
        required
        aria-label="${fix.photosLabel}"
      />
      <label for="note" class="q">${fix.note}</label
      ><textarea id="note" name="note" maxlength="2000" rows="2">${note}</textarea>
    </section>
    <p class="pad note q">${fix.foot(nearDayOf(linkEndsAt, reader.now, reader.language))}</p>
    <div class="foot"><button class="btn p big">${icon('paper-plane-tilt')}${fix.submit}</button></div>
  </form>`;
}

function sentOf(reader: Reader, { history }: Order, { fix }: PageWords): Html {
  const sent = history.findLast(({ act }) => act === 'submit');
  const [done, ...rest] = fix.steps;
  const receipt =
    sent &&
    html`<p>${fix.sentAt(instantOf(sent.at, reader.language))}</p>
      <p>${fix.sentPhotos(sent.photos.length)}</p>`;
  const note = sent?.note && html`<p class="note q">${chinese(reader, sent.note)}</p>`;
  return html`
    <section class="sec" role="status">
      <h1 class="got">${icon('hourglass-medium')}<span>${fix.sent}</span></h1>
      ${receipt}${note}
    </section>
    ${section(
      fix.next,
      html`<ol class="steps">
        <li class="done"><span>${done}</span></li>
        ${rest.map((step) => html`<li><span>${step}</span></li>`)}
      </ol>`,
      html`<p class="note q">${fix.clockStands}</p>
        <p class="note q">${fix.nothingToDo}</p>`,
    )}
  `;
}
