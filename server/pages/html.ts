// The one way to write markup: `html` escapes every value, so that a shop's name can never become a tag.

/** Markup that is safe to put into a page. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Html | string | number | null | undefined | false | readonly Part[];

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

function textOf(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  return typeof part === 'object' ? part.map(textOf).join('') : escaped(String(part));
}

const compacted = new WeakMap<TemplateStringsArray, string[]>();

/** A line break of the source, with its indentation, is one blank. Attribute values must be quoted in the template. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  let fixed = compacted.get(strings);
  if (!fixed) compacted.set(strings, (fixed = strings.map(compact)));
  const [first = '', ...rest] = fixed;
  return new Html(first + rest.map((text, i) => textOf(parts[i]) + text).join(''));
}

function compact(markup: string): string {
  return markup.replace(/\s*\n\s*/g, ' ');
}
