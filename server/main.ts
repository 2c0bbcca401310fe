// The process: connect, listen, stop. Everything it says on the way is one line for the person at the terminal.
import cluster from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp, type Deps } from './app.ts';
import { assemble } from './assemble.ts';
import { prepareDemonstration } from './demonstration.ts';
import { startEvents, startFeed } from './jobs/feed.ts';
import { startSweep } from './jobs/sweep.ts';
import { startWebhooks } from './jobs/webhooks.ts';
import { stopDrawing } from './lib/chinese-pdf.ts';
import { ConfigError, readConfig, type Config } from './lib/config.ts';
import { logger } from './lib/logger.ts';
import { listen, urlOf } from './listen.ts';
import { connectMongo, disconnectMongo } from './mongo/connect.ts';
import { claimDataDir } from './mongo/data-dir.ts';
import { keepEmbeddedMongo } from './mongo/keep-mongo.ts';
import { StartupRefusal } from './mongo/refusal.ts';
import { Shutdown } from './shutdown.ts';
import { startWorkers } from './workers.ts';

/** Together they stay under the ten seconds that process managers grant. */
const REQUESTS_FINISH_WITHIN_MS = 7_500;
const EXIT_WITHIN_MS = 9_800;
const START_SETTLES_WITHIN_MS = 2_000;

const shutdown = new Shutdown();
const say = (line: string) => {
  console.log(line);
};

async function main(): Promise<void> {
  const config = readConfig();
  if (cluster.isWorker) {
    await serve(config, await open(config));
    return;
  }

  const claim = await claimDataDir(config.dataDir);
  await shutdown.defer(() => claim.release());
  const uri = config.mongodbUri ?? (await ownDatabase(config));
  const { url, notes } = await start({ ...config, mongodbUri: uri });
  say(`Ready: ${url}`);
  notes.forEach(say);
}

async function ownDatabase({ dataDir }: Config): Promise<string> {
  const mongo = await keepEmbeddedMongo({ dataDir, say }, (error) => {
    logger.fatal({ err: error }, 'MongoDB cannot be started again');
    void stop(1);
  });
  await shutdown.defer(() => mongo.stop());
  return mongo.uri;
}

async function start(config: Config): Promise<{ url: string; notes: string[] }> {
  const deps = await open(config);
  const notes = await prepareDemonstration(config, say);
  if (config.workers === 1) return { url: await serve(config, deps), notes };

  // With several processes this one only looks after them.
  await disconnectMongo();
  const workers = startWorkers({
    count: config.workers,
    env: { MONGODB_URI: config.mongodbUri },
    onGivenUp: () => void stop(1),
  });
  await shutdown.defer(() => workers.stop());
  return { url: urlOf(config.host, await workers.listening), notes };
}

async function open(config: Config): Promise<Deps> {
  await shutdown.defer(disconnectMongo);
  await connectMongo(config.mongodbUri ?? '');
  return assemble(config);
}

async function serve(config: Config, deps: Deps): Promise<string> {
  for (const job of [startSweep(), startFeed(), startWebhooks()]) await shutdown.defer(() => job.stop());
  await shutdown.defer(() => Promise.resolve(stopDrawing()));
  const listening = await listen(createApp(deps), config);
  await shutdown.defer(() => listening.close(REQUESTS_FINISH_WITHIN_MS));
  const events = startEvents();
  await shutdown.defer(() => events.stop());
  return listening.url;
}

async function stop(exitCode: number): Promise<void> {
  if (shutdown.underWay) return;
  if (exitCode === 0 && !cluster.isWorker) say('Stopping');
  setTimeout(() => process.exit(exitCode || 1), EXIT_WITHIN_MS).unref();
  try {
    await shutdown.run();
    // What was just being started (a database above all) is stopped by the start itself.
    await Promise.race([starting, sleep(START_SETTLES_WITHIN_MS)]);
  } catch (error) {
    logger.error(error, 'stopped, but not in order');
    process.exit(exitCode || 1);
  }
  process.exit(exitCode);
}

/** What a person can put right is one line; anything else is a bug and keeps its stack. */
function explain(error: unknown): void {
  if (error instanceof ConfigError || error instanceof StartupRefusal) console.error(error.message);
  else logger.fatal(error, 'could not go on');
}

// Repeated signals are ignored: npm passes Ctrl-C on although the terminal has already sent it.
process.on('SIGINT', () => void stop(0));
process.on('SIGTERM', () => void stop(0));
// A worker whose primary was killed has nobody left to stop it.
process.on('disconnect', () => void stop(0));
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (error: unknown) => {
    explain(error);
    void stop(1);
  });
}

const starting = main().catch((error: unknown) => {
  // While stopping, a start that is cut short fails in many ways, none of them news.
  if (shutdown.underWay) return;
  explain(error);
  void stop(1);
});
