// What every operator's command needs: the database of this deployment, whether or not its server is running.
import { assemble } from '../assemble.ts';
import { type Config, ConfigError, readConfig } from '../lib/config.ts';
import { Problem, problemWords } from '../lib/problem.ts';
import { connectMongo, disconnectMongo } from '../mongo/connect.ts';
import { claimDataDir, type DataDirClaim } from '../mongo/data-dir.ts';
import { startEmbeddedMongo } from '../mongo/embedded.ts';
import { StartupRefusal } from '../mongo/refusal.ts';

/** Runs `work` connected and assembled, then exits with the code it answers. What a person can put right is one line. */
export async function withDatabase(work: (config: Config) => Promise<number>): Promise<never> {
  const undo: (() => Promise<void>)[] = [];
  let code = 1;
  try {
    const config = readConfig();
    const uri = config.mongodbUri ?? (await ownDatabase(config.dataDir, undo));
    undo.unshift(disconnectMongo);
    await connectMongo(uri);
    await assemble(config);
    code = await work(config);
  } catch (error) {
    console.error(explain(error));
  }
  for (const step of undo) await step();
  process.exit(code);
}

/** The embedded database: the running server's, or started for this command alone and stopped after it. */
async function ownDatabase(dataDir: string, undo: (() => Promise<void>)[]): Promise<string> {
  const claim = await claimDataDir(dataDir).catch((error: unknown): DataDirClaim | null => {
    if (error instanceof StartupRefusal) return null;
    throw error;
  });
  const mongo = await startEmbeddedMongo({ dataDir, say: () => undefined });
  if (claim)
    undo.push(
      () => mongo.stop(),
      () => claim.release(),
    );
  return mongo.uri;
}

function explain(error: unknown): unknown {
  if (error instanceof ConfigError || error instanceof StartupRefusal) return error.message;
  return error instanceof Problem ? explainProblem(error) : error;
}

/** A refusal in one line, with the parts that are wrong. */
export function explainProblem(error: Problem): string {
  const { title, detail } = problemWords(error, 'en');
  return [title, detail, ...(error.extras.errors ?? []).map(({ path, message }) => `${path} ${message}`)]
    .filter(Boolean)
    .join('. ');
}
