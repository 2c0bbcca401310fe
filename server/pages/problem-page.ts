// What cannot be shown, said so that a person knows what to do: no such code, a link that has ended, a server that is away.
import type { Problem } from '../lib/problem.ts';
import { explainUscc, normalizeUscc } from '../lib/uscc.ts';
import { html } from './html.ts';
import { pageOf, type Reader, section, listOf, waysOn } from './layout.ts';
import { plateOf } from './plate.ts';
import { searchForm } from './search-page.ts';
import { wordsIn } from './words.ts';

/** The same for a shop nobody has heard of and for one that applies, is being verified or was rejected. */
export function unknownCodePage(reader: Reader, code: string): string {
  const words = wordsIn[reader.language];
  const { none } = words;
  const [typo, ...others] = none.reasons;
  const perhaps = [isMistyped(code) ? html`<b>${none.typo}</b>` : typo, ...others];
  const main = html`
    ${plateOf({ look: 'none', name: html`<p class="mono">${code}</p>`, word: none.word, since: none.since })}
    ${section(none.perhaps, listOf(perhaps))} ${section(none.again, searchForm(reader))}
    <p class="pad note q">${none.join}</p>
  `;
  return pageOf(reader, { title: none.word, note: words.brandNote, main });
}

/** Told from the code alone, so it says nothing about any shop. */
function isMistyped(code: string): boolean {
  const uscc = normalizeUscc(code);
  return uscc.length === 18 && explainUscc(uscc) !== 'ok';
}

export function problemPage(reader: Reader, { code, status }: Problem): string {
  const words = wordsIn[reader.language];
  const known: Partial<Record<string, (typeof words.problem)['other']>> = words.problem;
  const says = known[code] ?? words.problem.other;
  const main = html`
    ${plateOf({ look: 'none', name: null, word: says.word, since: says.since })}
    ${section(says.title, listOf(says.steps))} ${waysOn(reader, words)}
    <p class="pad note q"><span class="mono">${status} ${code}</span></p>
  `;
  return pageOf(reader, { title: says.word, note: words.brandNote, main });
}
