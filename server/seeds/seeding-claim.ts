// Who fills the database: one process at a time. Another one waits for it, and takes over only when it is gone.
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Deployment, DeploymentModel } from '../../models/deployment.ts';
import { clock } from '../lib/clock.ts';
import { isDuplicateKey } from '../lib/transaction.ts';

const heartbeatMillis = 1_000;
/** A seeder that has not been heard of for so long is gone, wherever it ran. */
const silentMillis = 15_000;

export type SeedingClaim = {
  /** Whether somebody was cut off before, so that there are remains to clear away. */
  again: boolean;
  done(accounts: string[]): Promise<void>;
  stop(): void;
};

/** Answers the claim, or what somebody else has filled the database with. */
export async function claimSeeding(say: (line: string) => void): Promise<SeedingClaim | Deployment> {
  const self = { host: hostname(), pid: process.pid };
  for (let told = false; ; told = true) {
    const known = await DeploymentModel.findById('demo').lean<Deployment>();
    if (known?.state === 'seeded') return known;
    const claimed = known ? isGone(known) && (await takeOver(known, self)) : await begin(self);
    if (claimed) return heldClaim(known !== null);
    if (!told) say('Another process is filling the database: waiting for it');
    await sleep(heartbeatMillis);
  }
}

function isGone({ host, pid, at }: Deployment): boolean {
  if (clock.now().getTime() - at.getTime() > silentMillis) return true;
  if (host !== hostname()) return false;
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

async function begin(self: { host: string; pid: number }): Promise<boolean> {
  try {
    await DeploymentModel.create({ _id: 'demo', state: 'seeding', accounts: [], at: clock.now(), ...self });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

async function takeOver(known: Deployment, self: { host: string; pid: number }): Promise<boolean> {
  const held = { _id: 'demo', state: 'seeding', at: known.at } as const;
  const { modifiedCount } = await DeploymentModel.updateOne(held, { at: clock.now(), ...self });
  return modifiedCount === 1;
}

function heldClaim(again: boolean): SeedingClaim {
  const beat = setInterval(() => {
    // A beat that is missed is made up by the next one.
    DeploymentModel.updateOne({ _id: 'demo', state: 'seeding' }, { at: clock.now() }).catch(() => undefined);
  }, heartbeatMillis);
  const stop = () => {
    clearInterval(beat);
  };
  return {
    again,
    stop,
    done: async (accounts) => {
      stop();
      await DeploymentModel.updateOne({ _id: 'demo' }, { state: 'seeded', accounts });
    },
  };
}
