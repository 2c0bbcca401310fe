// Connects mongoose with the write concern every answer rests on, and refuses a database that cannot honour it.
import mongoose from 'mongoose';
import { checkMongo } from './check.ts';
import { StartupRefusal } from './refusal.ts';

const OPTIONS: mongoose.ConnectOptions = {
  // Said here and not left to a URI: an answered write is on a majority and in its journal.
  writeConcern: { w: 'majority', journal: true },
  retryWrites: true,
  retryReads: true,
  // Indexes are made once at start-up, in order, and their absence is an error there.
  autoIndex: false,
  autoCreate: false,
  // Without a connection the driver is asked, which waits for a primary and says so in time. Mongoose's own queue does not.
  bufferCommands: false,
  // Longer than an election, short enough for a 503 that a phone can act upon.
  serverSelectionTimeoutMS: 5_000,
  maxPoolSize: 64,
};

export async function connectMongo(uri: string): Promise<void> {
  try {
    await mongoose.connect(uri, OPTIONS);
  } catch (error) {
    const reason = String(error instanceof Error ? error.message : error).replace(/\.?(\n[^]*)?$/, '');
    throw new StartupRefusal(`MongoDB at ${withoutPassword(uri)} cannot be used: ${reason}.`);
  }
  const { db } = mongoose.connection;
  if (!db) throw new StartupRefusal(`MongoDB at ${withoutPassword(uri)} gave no database.`);
  await checkMongo(db);
}

export async function disconnectMongo(): Promise<void> {
  await mongoose.disconnect();
}

function withoutPassword(uri: string): string {
  return uri.replace(/\/\/[^@/]*@/, '//…@');
}
