// A database of a server's own, filled while no server runs: for tests that start, kill and freeze both.
import mongoose from 'mongoose';
import { initialiseModels } from '../../models/index.ts';
import { connectMongo } from '../../server/mongo/connect.ts';
import { startEmbeddedMongo } from '../../server/mongo/embedded.ts';
import { testConfig } from './app.ts';

/** Does `work` on the embedded database of a data directory, and goes back to that of the other tests. */
export async function inOwnDatabase(dataDir: string, work: () => Promise<void>): Promise<void> {
  const embedded = await startEmbeddedMongo({ dataDir, say: () => undefined });
  await mongoose.disconnect();
  await connectMongo(embedded.uri);
  try {
    await initialiseModels();
    await work();
  } finally {
    await mongoose.disconnect();
    await embedded.stop();
    await connectMongo(testConfig().mongodbUri ?? '');
  }
}
