// Wrong passwords are limited per account and per address, counted in the database so that all processes share the count.
import mongoose from 'mongoose';
import { RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible';
import { Problem } from '../lib/problem.ts';

const windowSeconds = 15 * 60;
const limits = { account: 10, address: 30 };
let limiters: { account: RateLimiterMongo; address: RateLimiterMongo } | undefined;

function ready() {
  limiters ??= { account: limiter('account'), address: limiter('address') };
  return limiters;
}

function limiter(kind: keyof typeof limits): RateLimiterMongo {
  return new RateLimiterMongo({
    storeClient: mongoose.connection,
    tableName: 'loginlimits',
    keyPrefix: kind,
    points: limits[kind],
    duration: windowSeconds,
  });
}

/** Counts an attempt before the password is looked at, so that many at once cannot slip through. Throws `too-many-requests`. */
export async function countAttempt(username: string, address: string): Promise<void> {
  const { account, address: byAddress } = ready();
  try {
    await account.consume(username.toLowerCase());
    await byAddress.consume(address);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const seconds = Math.ceil(refusal.msBeforeNext / 1000);
    throw new Problem('too-many-requests', { seconds }, { retryAfterSeconds: seconds });
  }
}

/** A right password was no attack: it clears the account and takes its own attempt off the address. */
export async function forgiveAttempts(username: string, address: string): Promise<void> {
  const { account, address: byAddress } = ready();
  await account.delete(username.toLowerCase());
  await byAddress.reward(address);
}
