// The plate: solid colour edge to edge, one icon, one word, since when. Once on a page.
import type { PublishedStatus } from '../domain/status.ts';
import { html, type Html, type Part } from './html.ts';
import { icon, type IconName, iconShapes, iconUse } from './icons.ts';

const icons: Record<PublishedStatus, IconName> = {
  listed: 'check-circle',
  suspended: 'pause',
  removed: 'x-square',
  deregistered: 'archive',
};

type Plate = { look: PublishedStatus | 'none'; name: Part; word: string; since: Part };

export function plateOf({ look, name, word, since }: Plate): Html {
  return html`<section class="plate ${look}">
    ${name}
    <p class="word">${icon(look === 'none' ? 'magnifying-glass' : icons[look])}<span>${word}</span></p>
    <p class="since">${since}</p>
  </section>`;
}

/** Put once before chips. */
export const chipShapes: Html = iconShapes(Object.values(icons));

/** The status in a row: quiet when listed, solid when not. */
export function chipOf(status: PublishedStatus, word: string): Html {
  return html`<span class="st ${status}">${iconUse(icons[status])}${word}</span>`;
}
