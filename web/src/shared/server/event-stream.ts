// Server-sent events as they come over the wire, in pieces that end anywhere.

export type StreamEvent = { event: string; id: string | null; data: unknown };

/** Takes the pieces one by one; answers the events that each completes. */
export function createEventReader(): (piece: string) => StreamEvent[] {
  let rest = '';
  return (piece) => {
    const blocks = (rest + piece).split('\n\n');
    rest = blocks.pop() ?? '';
    return blocks.flatMap(eventIn);
  };
}

/** Comments are no events. */
function eventIn(block: string): StreamEvent[] {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1).trimStart());
  }
  const event = fields.get('event');
  if (event === undefined) return [];
  return [{ event, id: fields.get('id') ?? null, data: jsonIn(fields.get('data')) }];
}

function jsonIn(text = 'null'): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
