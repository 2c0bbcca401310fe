// Days as an admin types them: one a line, or from..to. Pure.
const form = /^(\d{4}-\d{2}-\d{2})(?:\.\.(\d{4}-\d{2}-\d{2}))?$/;
const longest = 31;

/** The days, each once and in order; `wrong` is the first thing that is none. */
export function daysIn(text: string): { days: string[]; wrong: string | null } {
  const days = new Set<string>();
  for (const piece of text.split(/[\s,，、;；]+/).filter(Boolean)) {
    const [, first = '', last = first] = form.exec(piece) ?? [];
    const from = Date.parse(`${first}T00:00:00Z`);
    const to = Date.parse(`${last}T00:00:00Z`);
    const count = (to - from) / 86_400_000 + 1;
    if (!(count >= 1 && count <= longest) || nameOf(from) !== first || nameOf(to) !== last)
      return { days: [], wrong: piece };
    for (let i = 0; i < count; i++) days.add(nameOf(from + i * 86_400_000));
  }
  return { days: [...days].sort(), wrong: null };
}

const nameOf = (at: number) => (Number.isNaN(at) ? '' : new Date(at).toISOString().slice(0, 10));
