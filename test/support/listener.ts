// A listener to the server's events, as a program over HTTP is one.
import { origin } from './app.ts';

export type Event = { event: string; id?: string; data: unknown };

export class Listener {
  readonly events: Event[] = [];
  readonly status: number;
  readonly headers: Headers;
  /** Done when the server has ended the stream. */
  readonly ended: Promise<void>;
  readonly #leave: AbortController;

  private constructor(response: Response, leave: AbortController) {
    this.status = response.status;
    this.headers = response.headers;
    this.#leave = leave;
    this.ended = this.#listen(response);
  }

  static async open(token: string, since?: string): Promise<Listener> {
    const leave = new AbortController();
    const headers = {
      Authorization: `Bearer ${token}`,
      ...(since !== undefined && { 'Last-Event-ID': since }),
    };
    const response = await fetch(`${origin()}/api/v1/events`, { headers, signal: leave.signal });
    return new Listener(response, leave);
  }

  async #listen({ body }: Response): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    try {
      for await (const part of body ?? []) {
        text += decoder.decode(part as Uint8Array, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        this.events.push(...blocks.flatMap(eventIn));
      }
    } catch {
      // Left by itself.
    }
  }

  leave(): void {
    this.#leave.abort();
  }

  named(name: string): Event[] {
    return this.events.filter(({ event }) => event === name);
  }
}

function eventIn(block: string): Event[] {
  const fields = new Map(
    block.split('\n').map((line) => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)] as const;
    }),
  );
  const [event, id, data] = [fields.get('event'), fields.get('id'), fields.get('data')];
  if (event === undefined || data === undefined) return [];
  return [{ event, ...(id !== undefined && { id }), data: JSON.parse(data) as unknown }];
}
