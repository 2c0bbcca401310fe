// Opens the port, and closes it so that no request is cut: what is under way is answered first.
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { isIPv6, Server as NetServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartupRefusal } from './mongo/refusal.ts';

export interface Listening {
  port: number;
  url: string;
  /** Refuses new connections, answers what is under way, cuts what is left after `deadlineMs`. */
  close(deadlineMs: number): Promise<void>;
}

/** A proxy in front keeps connections for a minute or so; it must be the one to close them. */
const KEEP_ALIVE_MS = 65_000;
/** Whoever keeps an idle connection and uses it this soon is still answered, and told not to use it again. */
const IDLE_GRACE_MS = 500;
/** Bytes of address and headers together: a selector with every list as long as it may be fits in. */
const MAX_HEADER_BYTES = 64 * 1_024;

export async function listen(app: RequestListener, at: { host: string; port: number }): Promise<Listening> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, maxHeaderSize: MAX_HEADER_BYTES });
  const unanswered = new Set<ServerResponse>();
  let closing = false;
  server.on('request', (_request, response: ServerResponse) => {
    if (closing) response.setHeader('Connection', 'close');
    unanswered.add(response);
    response.once('close', () => unanswered.delete(response));
  });
  server.on('request', app);

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(refusal(error, at));
    });
    server.listen(at.port, at.host, resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    port,
    url: urlOf(at.host, port),
    async close(deadlineMs) {
      closing = true;
      const closed = new Promise<void>((resolve) => {
        // http.Server's own close would at once cut idle connections on which a request may just be arriving.
        NetServer.prototype.close.call(server, () => {
          resolve();
        });
      });
      for (const response of unanswered) if (!response.headersSent) response.setHeader('Connection', 'close');
      const deadline = performance.now() + deadlineMs;
      const done = closed.then(() => true);
      let grace = IDLE_GRACE_MS;
      while (!(await Promise.race([done, sleep(grace, false)]))) {
        if (performance.now() > deadline) server.closeAllConnections();
        // Again and again: a connection turns idle when its last answer is out.
        else server.closeIdleConnections();
        grace = 50;
      }
      // Ends http.Server's own timers, too.
      server.close();
    },
  };
}

/** An address to click on; the wildcard addresses are none. */
export function urlOf(host: string, port: number): string {
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${isIPv6(shown) ? `[${shown}]` : shown}:${port}`;
}

function refusal(error: NodeJS.ErrnoException, { host, port }: { host: string; port: number }): Error {
  if (error.code === 'EADDRINUSE') {
    return new StartupRefusal(`Port ${port} on ${host} is already in use: stop what uses it, or set PORT.`);
  }
  if (error.code === 'EACCES')
    return new StartupRefusal(`Port ${port} on ${host} may not be opened by this user: set PORT.`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new StartupRefusal(`HOST=${host} is not an address of this machine.`);
  }
  return error;
}
