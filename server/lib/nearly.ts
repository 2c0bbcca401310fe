// Forgiving one slip of the finger: a character that is wrong, missing, or one too many.

/**
 * Whether some stretch of one line of `text` is at most one edit away from `query` (Sellers 1980: the edit distance, counted from
 * anywhere in the text). By characters, not by UTF-16 units.
 */
export function holdsNearly(text: string, query: string): boolean {
  const wanted = [...query];
  const fresh = Array.from({ length: wanted.length + 1 }, (_, edits) => edits);
  return text.split('\n').some((line) => {
    let before = fresh;
    for (const character of line) {
      const now = [0];
      wanted.forEach((one, at) => {
        const replaced = (before[at] ?? 0) + (one === character ? 0 : 1);
        now.push(Math.min(replaced, (before[at + 1] ?? 0) + 1, (now[at] ?? 0) + 1));
      });
      if ((now.at(-1) ?? 0) <= 1) return true;
      before = now;
    }
    return false;
  });
}
