// Posting to other systems: no address of our own network is reached, whatever a name says and whenever it says it.
import { createServer as createTcpServer } from 'node:net';
import { expect } from 'chai';
import fc from 'fast-check';
import { faultOfTarget, isPublicAddress, networksOf, post } from '../../server/lib/outbound.ts';
import { Receiver } from '../support/receiver.ts';

const none = networksOf([]);
const loopback = networksOf(['127.0.0.0/8']);
const usual = { headers: {}, body: '{}', timeoutMillis: 2_000, signal: new AbortController().signal };

describe('an address to post to', () => {
  const closed = [
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.192',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'not an address',
  ];
  for (const address of closed)
    it(`is not ${address}`, () => {
      expect(isPublicAddress(address)).to.equal(false);
    });

  for (const address of [
    '1.1.1.1',
    '8.8.8.8',
    '100.63.255.255',
    '172.32.0.1',
    '2606:4700::1111',
    '2400:3200::1',
  ])
    it(`may be ${address}`, () => {
      expect(isPublicAddress(address)).to.equal(true);
    });

  it('is never one of IPv4 in other clothes', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(isPublicAddress(`::ffff:${address}`)).to.equal(false);
        expect(isPublicAddress(`64:ff9b::${address}`)).to.equal(false);
      }),
    );
  });

  const faults: [string, string | null][] = [
    ['https://example.cn/hook?x=1', null],
    ['https://example.cn:8443/', null],
    ['http://example.cn/', 'scheme'],
    ['ftp://example.cn/', 'scheme'],
    ['https://user:word@example.cn/', 'credentials'],
    ['https://example.cn/#part', 'url'],
    ['example.cn', 'url'],
    ['https://127.0.0.1/', 'address'],
    ['https://2130706433/', 'address'],
    ['https://0x7f.1/', 'address'],
    ['https://[::1]/', 'address'],
    ['https://[::ffff:10.0.0.1]/', 'address'],
    ['https://169.254.169.254/latest/meta-data/', 'address'],
  ];
  for (const [url, fault] of faults)
    it(`${url} has ${fault === null ? 'no fault' : `a fault: ${fault}`}`, () => {
      expect(faultOfTarget(url, none)).to.equal(fault);
    });

  it('may be without TLS in a network of one’s own, and nowhere else', () => {
    expect(faultOfTarget('http://127.0.0.1:80/', loopback)).to.equal(null);
    expect(faultOfTarget('http://8.8.8.8/', loopback)).to.equal('address');
    expect(faultOfTarget('https://10.0.0.1/', loopback)).to.equal('address');
  });
});

describe('posting', () => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await Receiver.open();
  });
  afterEach(() => receiver.close());

  const named = (host: string) => receiver.url.replace('127.0.0.1', host);
  const to = (...addresses: string[]) =>
    ((_host, _options, done) => {
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    }) satisfies Parameters<typeof post>[1]['resolve'];

  it('sends the body, and tells the status', async () => {
    receiver.say(202);
    expect(await post(receiver.url, { ...usual, own: loopback, body: '{"a":"名单"}' })).to.deep.equal({
      status: 202,
    });
    expect(receiver.received[0]?.body).to.equal('{"a":"名单"}');
  });

  it('never reaches a name that leads into our network, be it the only answer or one of several', async () => {
    const url = named('rebound.example').replace('http:', 'https:');
    for (const addresses of [['127.0.0.1'], ['::ffff:127.0.0.1'], ['10.0.0.1', '192.168.0.1'], ['::1']])
      expect(await post(url, { ...usual, own: none, resolve: to(...addresses) })).to.deep.equal({
        error: 'address',
      });
    expect(receiver.received).to.deep.equal([]);
  });

  it('asks for a name once: an answer that changes afterwards changes nothing', async () => {
    const answers = ['127.0.0.1', '10.0.0.1'];
    let asked = 0;
    const resolve: Parameters<typeof post>[1]['resolve'] = (host, options, done) => {
      to(answers[asked++] ?? '10.0.0.1')(host, options, done);
    };
    expect(await post(named('own.example'), { ...usual, own: loopback, resolve })).to.deep.equal({
      status: 204,
    });
    expect(asked).to.equal(1);
    expect(await post(named('own.example'), { ...usual, own: loopback, resolve })).to.deep.equal({
      error: 'address',
    });
    expect(receiver.received).to.have.length(1);
  });

  it('uses TLS with everybody else', async () => {
    const resolve = to('127.0.0.1');
    const url = named('secure.example').replace('http:', 'https:');
    expect(await post(url, { ...usual, own: loopback, resolve })).to.have.keys('error');
    expect(receiver.received).to.deep.equal([]);
    expect(
      await post(named('plain.example'), { ...usual, own: loopback, resolve: to('8.8.8.8') }),
    ).to.deep.equal({
      error: 'address',
    });
  });

  it('follows no redirect', async () => {
    receiver.answer = (response) => response.writeHead(307, { Location: '/elsewhere' }).end();
    expect(await post(receiver.url, { ...usual, own: loopback })).to.deep.equal({ status: 307 });
    expect(receiver.received).to.have.length(1);
  });

  it('reads no more of an answer than it must', async () => {
    let sent = 0;
    receiver.answer = (response) => {
      response.writeHead(200);
      const more = () => {
        if (response.destroyed) return;
        sent += 65_536;
        response.write(Buffer.alloc(65_536), () => setImmediate(more));
      };
      more();
    };
    expect(await post(receiver.url, { ...usual, own: loopback })).to.deep.equal({ status: 200 });
    expect(sent).to.be.lessThan(20 * 1_048_576);
  });

  it('waits so long for an answer and no longer', async () => {
    receiver.answer = () => undefined;
    expect(await post(receiver.url, { ...usual, own: loopback, timeoutMillis: 100 })).to.deep.equal({
      error: 'timeout',
    });
  });

  it('tells a host that is none, and one that does not speak', async () => {
    expect(await post('https://receiver.invalid/', { ...usual, own: none })).to.deep.equal({ error: 'host' });
    const silent = createTcpServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    expect(await post(`http://127.0.0.1:${port}/`, { ...usual, own: loopback })).to.deep.equal({
      error: 'connection',
    });
    await new Promise((resolve) => silent.close(resolve));
  });

  it('throws where it is told to give up', async () => {
    const stop = new AbortController();
    receiver.answer = () => {
      stop.abort();
    };
    const failed = await post(receiver.url, { ...usual, own: loopback, signal: stop.signal }).catch(
      () => 'given up',
    );
    expect(failed).to.equal('given up');
  });
});
