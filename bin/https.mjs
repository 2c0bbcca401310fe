// npm run https: a running Mingdan over https in the local network, to try camera, offline use and installation on a real phone.
// Browsers allow those over a certificate they trust only: a certificate authority of one's own is made once and kept in DATA_DIR.
import './lib/check-node.mjs';
import { mkdirSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/run.mjs';

const port = Number(process.env.HTTPS_PORT || 8443);
const certificatePort = port + 1;
const behind = { host: '127.0.0.1', port: Number(process.env.PORT || 8080) };
const folder = path.join(path.resolve(root, process.env.DATA_DIR || '.data'), 'https');
/** Browsers trust no longer ones. */
const validDays = 365;

await ensureInstalled({ dev: true });
const { createCA, createCert } = await import('mkcert');

const addresses = Object.values(networkInterfaces())
  .flat()
  .filter(({ family, internal }) => family === 'IPv4' && !internal)
  .map(({ address }) => address);
const authority = await ownAuthority();
const { key, cert } = await createCert({
  ca: authority,
  domains: ['localhost', '127.0.0.1', ...addresses],
  validity: validDays,
});

https.createServer({ key, cert: `${cert}${authority.cert}` }, passOn).listen(port);
http.createServer(giveCertificate).listen(certificatePort);
const [address = 'localhost'] = addresses;
console.log(
  `1. On the phone open  http://${address}:${certificatePort}/  and install the certificate as an authority.`,
);
console.log(`2. Then open          https://${address}:${port}/inspect`);
console.log(
  `In front of the Mingdan that listens on port ${behind.port}. Start that with TRUST_PROXY=loopback. Ctrl-C ends.`,
);

async function ownAuthority() {
  const [keyFile, certFile] = ['ca.key', 'ca.crt'].map((name) => path.join(folder, name));
  if (!existsSync(certFile)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const made = await createCA({
      organization: 'Mingdan, on this machine only',
      countryCode: 'CN',
      state: '-',
      locality: '-',
      validity: 3_650,
    });
    writeFileSync(keyFile, made.key, { mode: 0o600 });
    writeFileSync(certFile, made.cert);
  }
  return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8') };
}

/** Says who asked, and that it was over https: the server then makes links and cookies for that. */
function passOn(request, response) {
  const headers = {
    ...request.headers,
    'x-forwarded-for': request.socket.remoteAddress,
    'x-forwarded-proto': 'https',
  };
  const { method, url } = request;
  const onward = http.request({ ...behind, method, path: url, headers }, (answer) => {
    // A trial on localhost must not forbid plain http there from then on.
    delete answer.headers['strict-transport-security'];
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => {
    if (!response.headersSent) response.writeHead(502, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(`Nothing answers on port ${behind.port}: run npm start beside this.\n`);
  });
  request.pipe(onward);
}

function giveCertificate(_request, response) {
  response.writeHead(200, {
    'Content-Type': 'application/x-x509-ca-cert',
    'Content-Disposition': 'attachment; filename="mingdan-ca.crt"',
  });
  response.end(authority.cert);
}
