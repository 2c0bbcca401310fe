// Text that a spreadsheet would take for a formula: written with an apostrophe before it, and read without.

/** What may begin a formula or a command, in full width too; and the apostrophe itself, so that reading undoes writing exactly. */
const begins = /^[=+\-@＝＋－＠\t\r\n']/;

export function neutralised(text: string): string {
  return begins.test(text) ? `'${text}` : text;
}

/** The reverse of `neutralised`. A text of others that begins with an apostrophe for another reason stays as it is. */
export function restored(text: string): string {
  return text.startsWith("'") && begins.test(text.slice(1)) ? text.slice(1) : text;
}
