// Uploads that are too much, or break off: refused early, cut in time, and nothing is left behind.
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { type ClientRequest, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { isProblem, origin } from '../support/app.ts';
import { expectNothingLeft, expectStaged, sendPhotos, staged } from '../support/uploads.ts';
import { aPhoto } from '../support/visits.ts';
import { aPerson, emptyWorld, layGround, type Person } from '../support/world.ts';

const megabyte = 1_048_576;

describe('an upload', () => {
  let inspector: Person;

  before(async () => {
    await emptyWorld();
    await layGround();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
  });

  const send = (...pictures: Buffer[]) => sendPhotos(inspector, pictures);

  const head = [
    '--edge',
    'Content-Disposition: form-data; name="photo"; filename="a.jpg"',
    'Content-Type: image/jpeg',
    '',
    '',
  ].join('\r\n');

  function start(announced: number | null): ClientRequest {
    const sending = request(`${origin()}/api/v1/photos`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${inspector.token}`,
        'Content-Type': 'multipart/form-data; boundary=edge',
        ...(announced === null ? { 'Transfer-Encoding': 'chunked' } : { 'Content-Length': announced }),
      },
    });
    sending.on('error', () => undefined);
    return sending;
  }

  /** An upload that has sent the first megabyte of five. */
  async function begin(): Promise<ClientRequest> {
    const sending = start(5 * megabyte);
    sending.write(head);
    sending.write((await aPhoto()).bytes);
    sending.write(Buffer.alloc(megabyte, 1));
    return sending;
  }

  /** Sends one file of this size as fast as it is taken, until it is answered. */
  async function pour(size: number, announced: number | null) {
    const sending = start(announced);
    let answered = false as boolean;
    const answer = new Promise<{ status: number; code: string }>((resolve, reject) => {
      sending.on('response', (response) => {
        answered = true;
        response.setEncoding('utf8').once('data', (text: string) => {
          resolve({ status: response.statusCode ?? 0, code: (JSON.parse(text) as { code: string }).code });
        });
        response.on('error', reject);
      });
      sending.on('close', () => {
        reject(new Error('cut without an answer'));
      });
    });
    sending.flushHeaders();
    let sent = 0;
    if (size > 0) sending.write(head);
    while (sent < size && !answered && !sending.destroyed) {
      const taken = sending.write(Buffer.alloc(megabyte / 4, 1));
      sent += megabyte / 4;
      if (!taken) await Promise.race([new Promise((resolve) => sending.once('drain', resolve)), answer]);
    }
    const result = { ...(await answer), sent };
    sending.destroy();
    return result;
  }

  describe('that is too much', () => {
    it('is refused beyond 15 MB', async () => {
      const { bytes } = await aPhoto();
      const large = Buffer.concat([bytes, Buffer.alloc(15 * megabyte)]);
      await send(large).expect(isProblem(413, 'too-large'));
      await expectNothingLeft(large);
    });

    it('is refused beyond ten at once', async () => {
      const photos = await Promise.all(Array.from({ length: 11 }, () => aPhoto()));
      const response = await send(...photos.map(({ bytes }) => bytes));
      expect(response.status).to.be.oneOf([400, 413]);
      expect(response.headers['content-type']).to.match(/problem\+json/);
      await pause(50);
      for (const { bytes } of photos) await expectNothingLeft(bytes);
    });

    for (const announced of [120 * megabyte, null])
      it(`is cut before 16 MB were taken${announced === null ? ', of unknown length too' : ''}`, async () => {
        const { status, code, sent } = await pour(120 * megabyte, announced);
        expect({ status, code }).to.deep.equal({ status: 413, code: 'too-large' });
        // What the two kernels hold between them was sent, but not taken.
        expect(sent).to.be.below(32 * megabyte);
        await expectStaged(0);
      });

    it('says so also to a caller who listens only when nothing more is taken', async () => {
      const { hostname, port } = new URL(origin());
      const socket = connect(Number(port), hostname);
      let failure: Error | undefined;
      socket.on('error', (error) => (failure = error));
      const headers = [
        'POST /api/v1/photos HTTP/1.1',
        `Host: ${hostname}`,
        `Authorization: Bearer ${inspector.token}`,
        'Content-Type: multipart/form-data; boundary=edge',
        `Content-Length: ${120 * megabyte}`,
      ];
      socket.write(`${headers.join('\r\n')}\r\n\r\n${head}`);
      socket.write((await aPhoto()).bytes);
      await expectStaged(1);
      socket.write(Buffer.alloc(100 * megabyte, 1));
      await expectStaged(0);
      await pause(300);
      expect(failure).to.equal(undefined);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(answer.toString()).to.match(/^HTTP\/1\.1 413 /);
      socket.destroy();
    });

    it('is not begun where more is announced than a route takes', async () => {
      const { status, code, sent } = await pour(0, 400 * megabyte);
      expect({ status, code, sent }).to.deep.equal({ status: 413, code: 'too-large', sent: 0 });
    });

    it('is refused for a moment when very many send at once', async () => {
      const open = await Promise.all(Array.from({ length: 64 }, () => begin()));
      await expectStaged(64);
      const { bytes } = await aPhoto();
      const response = await send(bytes).expect(isProblem(503, 'unavailable'));
      expect(response.headers['retry-after']).to.equal('2');
      for (const sending of open) sending.destroy();
      await expectStaged(0);
      await send(bytes).expect(201);
    });

    it('and none at all is refused as well', async () => {
      await inspector.api
        .post('/photos')
        .field('x', 'y')
        .expect(({ status }) => expect(status).to.be.oneOf([400, 413]));
      await inspector.api.post('/photos').send({}).expect(isProblem(415, 'unsupported-media'));
      expect(await staged()).to.deep.equal([]);
    });
  });

  it('that breaks off in mid-stream leaves no file and no descriptor', async () => {
    const descriptors = async () => (await readdir('/proc/self/fd')).length;
    const before = await descriptors();
    for (let round = 0; round < 3; round += 1) {
      const open = await Promise.all(Array.from({ length: 20 }, () => begin()));
      await expectStaged(20);
      for (const sending of open) sending.destroy();
      await expectStaged(0);
    }
    const deadline = Date.now() + 5_000;
    // Connections of other tests and the database come and go; sixty files would be seen.
    while ((await descriptors()) > before + 20 && Date.now() < deadline) await pause(10);
    expect(await descriptors()).to.be.at.most(before + 20);
  });
});
