// Makes a single mongod a working one-node replica set: transactions and change streams need one.
import { setTimeout as sleep } from 'node:timers/promises';
import mongoose from 'mongoose';

export const REPLICA_SET = 'mingdan';

const NOT_YET_INITIALISED = 94;

type Admin = ReturnType<mongoose.mongo.Db['admin']>;

interface Wait {
  withinMs: number;
  /** Asked again and again: there is no use in waiting for a process that has ended. */
  alive: () => boolean | Promise<boolean>;
  /** Whoever used it before was killed, and may have left transactions, which hold what they touched: those are ended. */
  takenOver?: boolean;
}

/** True once the node takes writes; false when it has ended or is not ready in time. */
export async function becomePrimary(
  port: number,
  { withinMs, alive, takenOver = false }: Wait,
): Promise<boolean> {
  const host = `127.0.0.1:${port}`;
  const client = new mongoose.mongo.MongoClient(`mongodb://${host}/?directConnection=true`, {
    serverSelectionTimeoutMS: 1_000,
    connectTimeoutMS: 2_000,
    socketTimeoutMS: 5_000,
  });
  const admin = client.db('admin').admin();
  const deadline = performance.now() + withinMs;
  try {
    while (performance.now() < deadline && (await alive())) {
      // Refusals are part of starting up (not yet initiated, just reconfigured): look again until time is up.
      if (await step(admin, host).catch(() => false)) {
        if (takenOver) await admin.command({ killAllSessions: [] });
        return true;
      }
      await sleep(20);
    }
    return false;
  } finally {
    await client.close();
  }
}

/** One look, and one push where it is needed. */
async function step(admin: Admin, host: string): Promise<boolean> {
  const hello = await admin.command({ hello: 1 });
  if (hello.isWritablePrimary) return true;
  const config = await readConfig(admin);
  if (!config) {
    await admin.command({ replSetInitiate: { _id: REPLICA_SET, members: [{ _id: 0, host }] } });
  } else if (config.members[0]?.host !== host) {
    // After a change of port the node does not find itself in its own set, and waits for somebody to correct that.
    const moved = { ...config, version: config.version + 1, members: [{ _id: 0, host }] };
    await admin.command({ replSetReconfig: moved, force: true });
  }
  return false;
}

async function readConfig(admin: Admin): Promise<ReplicaSetConfig | undefined> {
  try {
    const { config } = (await admin.command({ replSetGetConfig: 1 })) as { config: ReplicaSetConfig };
    return config;
  } catch (error) {
    if (error instanceof mongoose.mongo.MongoServerError && error.code === NOT_YET_INITIALISED)
      return undefined;
    throw error;
  }
}

interface ReplicaSetConfig {
  version: number;
  members: { host: string }[];
}
