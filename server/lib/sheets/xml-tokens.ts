// The little of XML that workbooks are made of, token by token from pieces of text: elements, attributes and characters.
import { Unreadable } from './unreadable.ts';

export type XmlListener = {
  /** `name` without its namespace prefix. An empty element is closed at once. */
  open(name: string, attributes: string): void;
  close(name: string): void;
  text(text: string): void;
};

/** No mark-up and no text of a workbook is longer; what is longer would only fill the memory. */
const longest = 1_048_576;

export class XmlTokens {
  private readonly listener: XmlListener;
  private rest = '';

  constructor(listener: XmlListener) {
    this.listener = listener;
  }

  /** Takes the next piece. Throws `Unreadable` for what no workbook holds. */
  write(piece: string): void {
    const text = this.rest === '' ? piece : this.rest + piece;
    let at = 0;
    while (at < text.length) {
      const next = text.charCodeAt(at) === 60 ? this.markup(text, at) : this.characters(text, at);
      if (next < 0) break;
      at = next;
    }
    this.rest = text.slice(at);
    if (this.rest.length > longest) throw new Unreadable('damaged');
  }

  /** Answers where it ends; below zero while it has not ended yet. */
  private characters(text: string, from: number): number {
    const to = text.indexOf('<', from);
    if (to >= 0) this.listener.text(decoded(text.slice(from, to)));
    return to;
  }

  private markup(text: string, from: number): number {
    if (text.startsWith('<!', from)) return this.declaration(text, from);
    if (text.startsWith('<?', from)) return after(text, '?>', from);
    const end = endOfTag(text, from);
    if (end < 0) return -1;
    if (text.charCodeAt(from + 1) === 47) {
      this.listener.close(localName(text.slice(from + 2, end).trim()));
      return end + 1;
    }
    const isEmpty = text.charCodeAt(end - 1) === 47;
    const inside = text.slice(from + 1, isEmpty ? end - 1 : end);
    const blank = inside.search(/\s/);
    const name = localName(blank < 0 ? inside : inside.slice(0, blank));
    this.listener.open(name, blank < 0 ? '' : inside.slice(blank));
    if (isEmpty) this.listener.close(name);
    return end + 1;
  }

  private declaration(text: string, from: number): number {
    // The shortest text that tells which of them it is.
    if (text.length - from < 9) return -1;
    if (text.startsWith('<!--', from)) return after(text, '-->', from + 4);
    // Entities of a document's own are how a small file becomes an endless one; workbooks have none.
    if (!text.startsWith('<![CDATA[', from)) throw new Unreadable('damaged');
    const end = text.indexOf(']]>', from);
    if (end >= 0) this.listener.text(text.slice(from + 9, end));
    return end < 0 ? -1 : end + 3;
  }
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? -1 : at + mark.length;
}

/** The `>` that ends a tag: one inside an attribute's value does not. */
function endOfTag(text: string, from: number): number {
  let quote = 0;
  for (let at = from + 1; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (quote !== 0) {
      if (unit === quote) quote = 0;
    } else if (unit === 34 || unit === 39) quote = unit;
    else if (unit === 62) return at;
  }
  return -1;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** The value of one attribute of an element; prefixes count: `r:id` is not `id`. */
export function attributeOf(attributes: string, name: string): string | null {
  let at = attributes.indexOf(name);
  for (; at >= 0; at = attributes.indexOf(name, at + 1)) {
    if (!/\s/.test(attributes.charAt(at - 1))) continue;
    const value = /^\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(attributes.slice(at + name.length, at + 4_096));
    if (value) return decoded(value[1] ?? value[2] ?? '');
  }
  return null;
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{1,4}));/gi,
    (all: string, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return named[name] ?? all;
      const code = decimal !== undefined ? Number(decimal) : parseInt(hex ?? '', 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '';
    },
  );
}
