// Closing the port cuts no request: neither one under way nor one on a connection kept open.
import { Agent, get, type IncomingMessage, type RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { listen, type Listening } from '../../server/listen.ts';

describe('the port', () => {
  const slowly: RequestListener = (request, response) => {
    const wait = Number(new URL(request.url ?? '', 'http://local').searchParams.get('ms'));
    setTimeout(() => response.end('done'), wait).unref();
  };
  const open = () => listen(slowly, { host: '127.0.0.1', port: 0 });

  function ask(server: Listening, ms: number, agent?: Agent): Promise<{ text: string; connection?: string }> {
    return new Promise((resolve, reject) => {
      get(`${server.url}/?ms=${ms}`, { agent }, (response: IncomingMessage) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => {
          resolve({ text, connection: response.headers.connection });
        });
        response.on('error', reject);
      }).on('error', reject);
    });
  }

  it('answers what is under way, and takes nothing new', async () => {
    const server = await open();
    const underWay = ask(server, 400);
    await sleep(50);
    const closed = server.close(5_000);
    const refused = await ask(server, 0).catch((error: NodeJS.ErrnoException) => error.code);
    expect(refused).to.equal('ECONNREFUSED');
    expect(await underWay).to.deep.equal({ text: 'done', connection: 'close' });
    await closed;
  });

  it('loses no answer of clients that use their connections again and again', async () => {
    const server = await open();
    const agent = new Agent({ keepAlive: true, maxSockets: 20 });
    const cut: unknown[] = [];
    let answered = 0;
    const client = async () => {
      for (;;) {
        const result = await ask(server, 2, agent).catch((error: NodeJS.ErrnoException) => error);
        if ('text' in result) answered += 1;
        else if (result.code === 'ECONNREFUSED') return;
        else cut.push(result);
        if (cut.length > 0) return;
      }
    };
    const clients = Array.from({ length: 20 }, client);
    await sleep(200);
    await server.close(5_000);
    await Promise.all(clients);
    agent.destroy();
    expect(cut).to.deep.equal([]);
    expect(answered).to.be.greaterThan(100);
  });

  it('takes an address as long as the longest selector', async () => {
    const server = await open();
    const response = await fetch(`${server.url}/?ms=0&merchant=${'a'.repeat(40_000)}`);
    expect(response.status).to.equal(200);
    await server.close(500);
  });

  it('cuts what is not done by the deadline', async () => {
    const server = await open();
    const tooSlow = ask(server, 60_000).catch((error: NodeJS.ErrnoException) => error.code);
    await sleep(50);
    const began = performance.now();
    await server.close(600);
    expect(performance.now() - began).to.be.below(1_500);
    expect(await tooSlow).to.equal('ECONNRESET');
  });

  it('says in one line that it is taken', async () => {
    const server = await open();
    const refusal = await listen(slowly, { host: '127.0.0.1', port: server.port }).catch(
      (error: unknown) => error,
    );
    expect(String(refusal)).to.match(/Port \d+ on 127\.0\.0\.1 is already in use: .*PORT\.$/);
    await server.close(100);
  });
});
