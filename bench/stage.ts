// Where benches play: a database with a list of the wanted size, kept for the next run, and both servers on it.
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import jwt from 'jsonwebtoken';
import mongoose from 'mongoose';
import { type Merchant, MerchantModel } from '../models/merchant.ts';
import { SessionModel } from '../models/session.ts';
import { type Role, UserModel } from '../models/user.ts';
import { assemble } from '../server/assemble.ts';
import { systemActor } from '../server/domain/actor.ts';
import { environment } from '../server/domain/environment.ts';
import { signAccessToken } from '../server/lib/access-token.ts';
import { readConfig } from '../server/lib/config.ts';
import { ids } from '../server/lib/ids.ts';
import { connectMongo } from '../server/mongo/connect.ts';
import { startEmbeddedMongo } from '../server/mongo/embedded.ts';
import { makeRandom } from '../server/seeds/random.ts';
import { seedGround } from '../server/seeds/seed-ground.ts';
import { type Child, startChild } from './child.ts';
import { loadList } from './load-list.ts';

const folder = resolve('.cache/bench');
const plainSecret = 'a secret that peers of a bench share';

export type Stage = {
  merchants: number;
  mingdan: Child;
  plain: Child;
  plainToken: string;
  end(): Promise<void>;
};

/** Opens the database of a name on the server of all benches: MONGODB_URI, or a MongoDB of their own that goes on running. */
export async function openDatabase(name: string): Promise<Record<string, string>> {
  await mkdir(folder, { recursive: true });
  const server =
    process.env.MONGODB_URI ??
    (await startEmbeddedMongo({ dataDir: join(folder, 'mongo'), say: console.log })).uri;
  const uri = new URL(server);
  uri.pathname = `/${name}`;
  const env = {
    MONGODB_URI: uri.href,
    DATA_DIR: join(folder, name),
    UPLOADS_DIR: join(folder, name, 'uploads'),
  };
  if (mongoose.connection.readyState !== mongoose.ConnectionStates.disconnected) await mongoose.disconnect();
  await connectMongo(env.MONGODB_URI);
  await assemble(readConfig(env));
  return env;
}

/** Fills an open database anew with so many listed shops. */
export async function fill(merchants: number, from = 0): Promise<void> {
  for (const collection of (await mongoose.connection.db?.collections()) ?? [])
    await collection.deleteMany({});
  await seedGround(makeRandom('bench'));
  await loadList(merchants, systemActor, from);
}

/** Both servers on a list of so many shops, which is loaded where it is not there yet. */
export async function openStage(merchants: number): Promise<Stage> {
  const env = await openDatabase(`bench_${merchants}`);
  if ((await MerchantModel.estimatedDocumentCount()) !== merchants) {
    const startedAt = performance.now();
    await fill(merchants);
    console.log(`${merchants} merchants loaded in ${Math.round((performance.now() - startedAt) / 1_000)} s`);
  }
  const [mingdan, plain] = await Promise.all([
    startChild('server/main.ts', { ...env, PORT: '0', SEED: 'none' }),
    startChild('bench/plain.ts', { ...env, PLAIN_SECRET: plainSecret }),
  ]);
  const end = async () => {
    await Promise.all([mingdan.end(), plain.end()]);
    await mongoose.disconnect();
  };
  return { merchants, mingdan, plain, plainToken: jwt.sign({ sub: 'peer' }, plainSecret), end };
}

/** A person of the whole district, signed in for fifteen minutes; `sign` makes the next token. */
export async function aPerson(role: Role): Promise<{ sign: () => string }> {
  const [user, session, now] = [ids.uuid(), ids.uuid(), new Date()];
  await UserModel.create({
    _id: user,
    username: `${role}-${user}`,
    name: role,
    role,
    scopes: [{ areas: ['230104'], taskForce: null, from: new Date(0), to: null }],
    merchants: [],
    sites: [],
    passwordHash: 'none',
    passwordChangedAt: now,
    disabled: false,
    epoch: 1,
    createdAt: now,
    rev: 1,
  });
  await SessionModel.create({
    _id: session,
    user,
    epoch: 1,
    successors: ['none'],
    previous: null,
    createdAt: now,
    usedAt: now,
    expiresAt: new Date(now.getTime() + 86_400_000),
    userAgent: '',
    address: '',
  });
  return { sign: () => signAccessToken(environment().accessKey, { user, session, epoch: 1 }) };
}

/** Some shops from all over the list. */
export async function someMerchants(
  count: number,
): Promise<Pick<Merchant, '_id' | 'doorCode' | 'name' | 'category'>[]> {
  const fields = { doorCode: 1, name: 1, category: 1 } as const;
  return MerchantModel.aggregate([{ $sample: { size: count } }, { $project: fields }]);
}
