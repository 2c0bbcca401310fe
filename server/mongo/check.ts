// Refuses a MongoDB that cannot keep our promises: too old, not a replica set, or unable to acknowledge by a majority.
import mongoose from 'mongoose';
import { StartupRefusal } from './refusal.ts';

const OLDEST_MAJOR = 6;
const UNAUTHORIZED = 13;

/** Throws a StartupRefusal of one line; needs no more than the right to connect. */
export async function checkMongo(db: mongoose.mongo.Db): Promise<void> {
  const { version } = (await db.command({ buildInfo: 1 })) as { version: string };
  if (Number.parseInt(version, 10) < OLDEST_MAJOR) {
    throw new StartupRefusal(`MongoDB ${version} is too old: ${OLDEST_MAJOR}.0 or newer is needed.`);
  }

  const hello = (await db.command({ hello: 1 })) as Hello;
  // A router of a sharded cluster: each of its shards is a replica set by construction.
  if (hello.msg === 'isdbgrid') return;
  if (hello.setName === undefined) {
    throw new StartupRefusal(
      'MONGODB_URI leads to a standalone MongoDB: transactions and change streams need a replica set ' +
        '(one node will do: start it with --replSet and run rs.initiate()).',
    );
  }

  const { writable, voting } = (await membersByStatus(db)) ?? membersByHello(hello);
  const majority = Math.floor(voting / 2) + 1;
  if (writable < majority) {
    throw new StartupRefusal(
      `Replica set ${hello.setName} has ${writable} data-bearing of ${voting} voting members: no write can reach ` +
        `a majority of ${majority}; replace an arbiter by a member that holds data.`,
    );
  }
}

interface Hello {
  msg?: string;
  setName?: string;
  hosts?: string[];
  passives?: string[];
  arbiters?: string[];
}

interface Members {
  writable: number;
  voting: number;
}

async function membersByStatus(db: mongoose.mongo.Db): Promise<Members | undefined> {
  try {
    const status = await db.admin().command({ replSetGetStatus: 1 });
    return { writable: Number(status.writableVotingMembersCount), voting: Number(status.votingMembersCount) };
  } catch (error) {
    // An application's own account seldom has the clusterMonitor role.
    if (error instanceof mongoose.mongo.MongoServerError && error.code === UNAUTHORIZED) return undefined;
    throw error;
  }
}

/** Everybody may ask `hello`. It leaves out hidden members, so it can only be too strict by those. */
function membersByHello({ hosts = [], passives = [], arbiters = [] }: Hello): Members {
  const writable = hosts.length + passives.length;
  return { writable, voting: writable + arbiters.length };
}
