// The embedded database keeps what it has acknowledged, whatever kills it or takes its port.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { checkMongo } from '../../server/mongo/check.ts';
import { endLeftRunning, startEmbeddedMongo, type EmbeddedMongo } from '../../server/mongo/embedded.ts';
import { cacheGigabytes } from '../../server/mongo/launch-mongod.ts';
import { hasEnded, isAlive } from '../../server/mongo/processes.ts';

describe('the embedded database', () => {
  let dataDir: string;
  let mongo: EmbeddedMongo;
  before(async () => {
    // A space in the path, because the command line is searched for it.
    dataDir = await mkdtemp(path.join(tmpdir(), 'mingdan embedded-'));
    mongo = await start();
  });
  after(async () => {
    await endLeftRunning(dataDir);
    await rm(dataDir, { recursive: true, force: true });
  });

  const start = () => startEmbeddedMongo({ dataDir, say: () => undefined });

  async function withClient<T>(work: (db: mongoose.mongo.Db) => Promise<T>): Promise<T> {
    const client = new mongoose.mongo.MongoClient(mongo.uri);
    try {
      return await work(client.db());
    } finally {
      await client.close();
    }
  }
  const write = (id: string) =>
    withClient(async (db) => {
      await db
        .collection<{ _id: string }>('notes')
        .insertOne({ _id: id }, { writeConcern: { w: 'majority', journal: true } });
    });
  const ids = () =>
    withClient((db) =>
      db
        .collection<{ _id: string }>('notes')
        .find()
        .sort({ _id: 1 })
        .map(({ _id }) => _id)
        .toArray(),
    );

  it('is a replica set that our own check accepts', () => withClient(checkMongo));

  it('caches an eighth of the memory that it may have, in a container as anywhere', () => {
    const gigabytes = (count: number) => count * 2 ** 30;
    const ofAll = { unknown: 0, unlimited: 2 ** 64 };
    for (const allowed of Object.values(ofAll))
      expect(cacheGigabytes(gigabytes(24), allowed)).to.equal('3.00');
    expect(cacheGigabytes(gigabytes(64), gigabytes(4))).to.equal('0.50');
    expect(cacheGigabytes(gigabytes(64), gigabytes(1))).to.equal('0.25');
    expect(cacheGigabytes(gigabytes(64), gigabytes(128))).to.equal('4.00');
  });

  it('is taken over by the next server when its own was killed', async () => {
    await write('1 before the server was killed');
    const next = await start();
    expect(next).to.include({ pid: mongo.pid, uri: mongo.uri });
  });

  it('holds nothing back for a server that was killed in the middle of a transaction', async () => {
    const half = `
      const { MongoClient } = (await import('mongoose')).default.mongo;
      const client = await new MongoClient(process.argv[1]).connect();
      const session = client.startSession();
      session.startTransaction();
      await client.db().collection('notes').updateOne({}, { $set: { half: true } }, { session });
      console.log('under way');
      setInterval(() => undefined, 1_000);`;
    const killed = spawn(process.execPath, ['--input-type=module', '-e', half, mongo.uri], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => killed.stdout.once('data', resolve));
    killed.kill('SIGKILL');
    mongo = await start();
    const began = performance.now();
    await withClient((db) => db.collection('notes').updateOne({}, { $set: { whole: true } }));
    expect(performance.now() - began).to.be.below(2_000);
    const notes = await withClient((db) => db.collection('notes').find().toArray());
    expect(notes[0]).to.include({ whole: true }).and.not.to.have.property('half');
  });

  it('comes back within three seconds when it was killed too, with everything it acknowledged', async () => {
    await write('2 before both were killed');
    process.kill(mongo.pid, 'SIGKILL');
    await hasEnded(mongo.pid, 5_000);
    const began = performance.now();
    const before = mongo;
    mongo = await start();
    expect(performance.now() - began).to.be.below(3_000);
    expect(mongo.uri).to.equal(before.uri);
    expect(await ids()).to.deep.equal(['1 before the server was killed', '2 before both were killed']);
  });

  it('moves to another port when somebody has taken its own', async () => {
    await mongo.stop();
    expect(await isAlive(mongo.pid)).to.equal(false);
    const port = Number(await readFile(path.join(dataDir, 'mongod.port'), 'utf8'));
    const squatter = await occupy(port);
    mongo = await start();
    squatter.close();
    expect(mongo.uri).to.not.include(`:${port}/`);
    await write('3 on the new port');
    expect(await ids()).to.have.length(3);
  });
});

function occupy(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      resolve(server);
    });
  });
}
