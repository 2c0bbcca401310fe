// The only reader of the environment: names, defaults and limits of every setting.
import { resolve } from 'node:path';
import { networksOf, type OwnNetworks } from './outbound.ts';

export type Config = {
  port: number;
  host: string;
  mongodbUri: string | undefined;
  dataDir: string;
  uploadsDir: string;
  production: boolean;
  jwtSecret: string | undefined;
  signingKey: string | undefined;
  /** A JWK set of the keys that it replaced. */
  retiredKeys: string | undefined;
  seed: 'demo' | 'none';
  seedNow: Date | undefined;
  demoPassword: string | undefined;
  workers: number;
  /** Secrets of webhooks are made of it; the one of tokens where none is given. */
  webhookSecret: string | undefined;
  /** Networks of one's own that webhooks may reach, also without TLS; besides those only public addresses, by TLS. */
  webhookNetworks: OwnNetworks;
  /** For `npm run user`: the password to set instead of a made one. */
  userPassword: string | undefined;
  /** Addresses of proxies whose X-Forwarded-For is believed; none by default. */
  trustProxy: string | undefined;
  /** Public address of this deployment, printed in links and notices. */
  publicUrl: string | undefined;
};

/** A setting that cannot be used; the message is one line that says what to do. */
export class ConfigError extends Error {}

type Environment = Record<string, string | undefined>;

export function readConfig(env: Environment = process.env): Config {
  const production = env.NODE_ENV === 'production';
  const config: Config = {
    port: integer(env, 'PORT', 8080, 0, 65535),
    host: env.HOST ?? '127.0.0.1',
    mongodbUri: env.MONGODB_URI || undefined,
    dataDir: resolve(env.DATA_DIR ?? '.data'),
    uploadsDir: resolve(env.UPLOADS_DIR ?? 'uploads'),
    production,
    jwtSecret: env.JWT_SECRET || undefined,
    signingKey: env.SIGNING_KEY?.replaceAll('\\n', '\n') || undefined,
    retiredKeys: env.RETIRED_KEYS || undefined,
    seed: oneOf(env, 'SEED', ['demo', 'none']),
    seedNow: instant(env, 'SEED_NOW'),
    demoPassword: env.DEMO_PASSWORD || undefined,
    workers: integer(env, 'WORKERS', 1, 1, 64),
    webhookSecret: env.WEBHOOK_SECRET || undefined,
    webhookNetworks: networks(env, 'WEBHOOK_NETWORKS'),
    userPassword: env.USER_PASSWORD || undefined,
    trustProxy: env.TRUST_PROXY || undefined,
    publicUrl: env.PUBLIC_URL?.replace(/\/+$/, '') || undefined,
  };
  oneOf(env, 'STORAGE', ['disk']);
  if (production && !config.jwtSecret)
    throw new ConfigError('JWT_SECRET is required when NODE_ENV=production.');
  if (production && !config.signingKey)
    throw new ConfigError('SIGNING_KEY is required when NODE_ENV=production.');
  if (config.jwtSecret !== undefined && config.jwtSecret.length < 32)
    throw new ConfigError('JWT_SECRET is too short: give it at least 32 characters.');
  if (config.webhookSecret !== undefined && config.webhookSecret.length < 32)
    throw new ConfigError('WEBHOOK_SECRET is too short: give it at least 32 characters.');
  if (config.demoPassword !== undefined && config.demoPassword.length < 12)
    throw new ConfigError('DEMO_PASSWORD is too short: give it at least 12 characters.');
  return config;
}

/** The log level alone, so that the logger needs no whole configuration. */
export function readLogLevel(env: Environment = process.env): string {
  return env.LOG_LEVEL ?? (env.NODE_ENV === 'test' ? 'silent' : 'info');
}

function integer(env: Environment, name: string, fallback: number, min: number, max: number): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max)
    throw new ConfigError(`${name} must be a whole number from ${min} to ${max}, not "${text}".`);
  return value;
}

function oneOf<T extends string>(env: Environment, name: string, values: readonly [T, ...T[]]): T {
  const text = env[name];
  if (text === undefined || text === '') return values[0];
  const value = values.find((candidate) => candidate === text);
  if (value === undefined) throw new ConfigError(`${name} must be ${values.join(' or ')}, not "${text}".`);
  return value;
}

function instant(env: Environment, name: string): Date | undefined {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  const value = new Date(text);
  if (Number.isNaN(value.getTime()))
    throw new ConfigError(`${name} must be a time such as 2022-11-29T08:00:00Z, not "${text}".`);
  return value;
}

function networks(env: Environment, name: string): OwnNetworks {
  const named = (env[name] ?? '').split(',').flatMap((part) => part.trim() || []);
  try {
    return networksOf(named);
  } catch {
    throw new ConfigError(`${name} must be networks such as 10.2.0.0/16,fd12::/48, not "${env[name]}".`);
  }
}
