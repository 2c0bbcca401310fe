// Another system's server that takes deliveries, or does not, as a test has it; and what webhooks look like over HTTP.
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Shown = {
  id: string;
  rev: number;
  secret: string;
  url: string | null;
  host: string;
  paused: { because: string } | null;
  failures: number;
  can: { change: boolean };
};
export type Delivery = {
  id: string;
  n: number;
  kind: string;
  items: number;
  state: string;
  attempts: { status: number | null; error: string | null }[];
};
export type Told = { id: string; gone?: true; status?: string };
export type Body = { id: string; type: string; at: string; webhook: string; items: Told[] };

export type Received = { path: string; headers: IncomingHttpHeaders; body: string };
type Answer = (response: ServerResponse, received: Received) => void;

export class Receiver {
  readonly received: Received[] = [];
  answer: Answer = (response) => response.writeHead(204).end();
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on('request', (request, response: ServerResponse) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const received = {
          path: request.url ?? '',
          headers: request.headers,
          body: Buffer.concat(parts).toString(),
        };
        receiver.received.push(received);
        receiver.answer(response, received);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  /** Answers this status from now on. */
  say(status: number): void {
    this.answer = (response) => response.writeHead(status).end();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
