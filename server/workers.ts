// Several processes that share one port: starts them, starts those anew that die, stops them together.
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { logger } from './lib/logger.ts';

export interface Workers {
  /** The port, once every worker serves it. */
  listening: Promise<number>;
  /** Resolves when all of them have ended. */
  stop(): Promise<void>;
}

export interface WorkersOptions {
  count: number;
  env: Record<string, string | undefined>;
  /** A worker ended before it ever served: it has said why, and another try would end the same way. */
  onGivenUp: () => void;
}

const FIRST_RESTART_AFTER_MS = 200;
const LAST_RESTART_AFTER_MS = 10_000;
/** One that served this long was healthy: the next restart is prompt again. */
const HEALTHY_AFTER_MS = 30_000;

export function startWorkers({ count, env, onGivenUp }: WorkersOptions): Workers {
  // Named, because the program may have been entered through a script that has other work to do first.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  cluster.setupPrimary({ exec: fileURLToPath(new URL(`./main.${extension}`, import.meta.url)) });
  let stopping = false;
  let pause = FIRST_RESTART_AFTER_MS;
  let serving = 0;
  let ready: (port: number) => void = () => undefined;
  const listening = new Promise<number>((resolve) => (ready = resolve));

  const start = () => {
    if (stopping) return;
    const worker = cluster.fork(env);
    let since: number | undefined;
    worker.once('listening', ({ port }) => {
      since = performance.now();
      serving += 1;
      // One goes ahead: if it cannot start, that is said once and not by each of them.
      if (serving === 1) for (let others = 1; others < count; others += 1) start();
      if (serving === count) ready(port);
    });
    worker.once('exit', (code, signal) => {
      if (stopping) return;
      if (since === undefined && serving < count) {
        onGivenUp();
        return;
      }
      if (since !== undefined && performance.now() - since > HEALTHY_AFTER_MS) pause = FIRST_RESTART_AFTER_MS;
      logger.error({ pid: worker.process.pid, code, signal, pause }, 'a worker died and is started anew');
      setTimeout(start, pause);
      pause = Math.min(pause * 2, LAST_RESTART_AFTER_MS);
    });
  };
  start();

  return {
    listening,
    async stop() {
      stopping = true;
      const living = Object.values(cluster.workers ?? {}).filter((worker): worker is Worker => !!worker);
      await Promise.all(living.map(endOf));
    },
  };
}

async function endOf(worker: Worker): Promise<void> {
  if (worker.isDead()) return;
  const ended = once(worker, 'exit');
  worker.process.kill('SIGTERM');
  await ended;
}
