// One POST to somebody else's server, which must not become a way into our own network: judged is the very address that is connected to.
import { type LookupAddress, lookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Networks that may be posted to although they are not public, and without TLS: a bureau's own. */
export type OwnNetworks = BlockList;

/** Special-purpose networks of IANA's registries: private, loopback, link-local, shared, reserved, for documentation, multicast. */
const special4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Within the global unicast space: for protocols and documentation, and what wraps an address of IPv4. */
const special6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const special = networksOf([...special4, ...special6]);
/** All that is public in IPv6; what maps or translates an address of IPv4 lies elsewhere. */
const global6 = networksOf(['2000::/3']);

/** Throws RangeError or TypeError for what is no network such as `10.2.0.0/16`. */
export function networksOf(networks: readonly string[]): OwnNetworks {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits ?? Number.NaN), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** Whether everybody may reach an address, so that we give nothing away by posting to it. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !special.check(address, 'ipv4');
  return isIP(address) === 6 && global6.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

function mayReach(address: string, isSecure: boolean, own: OwnNetworks): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  return own.check(address, family) || (isSecure && isPublicAddress(address));
}

/** What is wrong with an address to post to, as far as it can be seen without asking for its host; null where nothing is. */
export function faultOfTarget(
  text: string,
  own: OwnNetworks,
): 'url' | 'scheme' | 'credentials' | 'address' | null {
  if (!URL.canParse(text)) return 'url';
  const url = new URL(text);
  if (url.hash !== '') return 'url';
  if (url.username !== '' || url.password !== '') return 'credentials';
  const isSecure = url.protocol === 'https:';
  if (!isSecure && (url.protocol !== 'http:' || own.rules.length === 0)) return 'scheme';
  const host = hostOf(url);
  return isIP(host) !== 0 && !mayReach(host, isSecure, own) ? 'address' : null;
}

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

/** An address that may not be posted to. */
class Refused extends Error {
  readonly code = 'REFUSED_ADDRESS';
}

type Resolve = (
  host: string,
  options: { all: true },
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

/** Resolves a host for the connection itself: between the look and the use there is no second look-up that could answer otherwise. */
function guarded(isSecure: boolean, own: OwnNetworks, resolve: Resolve): LookupFunction {
  return (host, options, done) => {
    resolve(host, { all: true }, (error, addresses) => {
      const fit = error ? [] : addresses.filter(({ address }) => mayReach(address, isSecure, own));
      const [first] = fit;
      if (error) done(error, []);
      else if (!first) done(new Refused(`${host} may not be posted to`), []);
      else if (options.all) done(null, fit);
      else done(null, first.address, first.family);
    });
  };
}

export type Posted = { status: number } | { error: 'address' | 'host' | 'timeout' | 'tls' | 'connection' };

type Post = {
  headers: Record<string, string>;
  body: string;
  own: OwnNetworks;
  timeoutMillis: number;
  /** Gives up, and throws. */
  signal: AbortSignal;
  resolve?: Resolve;
};

/** Of an answer nothing counts but its status, and no more than this is read of it. */
const answerBytes = 64 * 1_024;

/** Redirects are not followed. Throws only where `signal` gave up. */
export async function post(
  text: string,
  { headers, body, own, timeoutMillis, signal, resolve = lookup }: Post,
): Promise<Posted> {
  const url = new URL(text);
  if (faultOfTarget(text, own) !== null) return { error: 'address' };
  const isSecure = url.protocol === 'https:';
  const bytes = Buffer.from(body);
  const deadline = AbortSignal.timeout(timeoutMillis);
  try {
    return await new Promise<Posted>((done, fail) => {
      const request = (isSecure ? requestHttps : requestHttp)(url, {
        method: 'POST',
        // A connection of its own, each time: none that was opened to another address is used again.
        agent: false,
        lookup: guarded(isSecure, own, resolve),
        headers: { ...headers, 'Content-Length': bytes.length },
        signal: AbortSignal.any([signal, deadline]),
      });
      request.on('response', (response) => {
        let left = answerBytes;
        response.on('data', (part: Buffer) => {
          left -= part.length;
          if (left < 0) response.destroy();
        });
        response.on('error', () => undefined);
        response.on('close', () => {
          done({ status: response.statusCode ?? 0 });
        });
      });
      request.on('error', fail);
      request.end(bytes);
    });
  } catch (error) {
    signal.throwIfAborted();
    return { error: deadline.aborted ? 'timeout' : errorOf(error as NodeJS.ErrnoException) };
  }
}

function errorOf({ code = '' }: NodeJS.ErrnoException): Extract<Posted, { error: string }>['error'] {
  if (code === 'REFUSED_ADDRESS') return 'address';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'host';
  return /CERT|TLS|SSL|EPROTO|SELF_SIGNED|UNABLE_TO/.test(code) ? 'tls' : 'connection';
}
