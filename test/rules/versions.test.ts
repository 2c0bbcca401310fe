// Known holes are stayed above: what the lock file installs, at any depth, is at least the version that closed them.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';

/** Package → the first version without the hole that is known of it. */
const least: Record<string, string> = {
  ajv: '8.18.0',
  'body-parser': '2.3.0',
  jsonwebtoken: '9.0.3',
  mongoose: '9.12.0',
  multer: '2.5.0',
  'path-to-regexp': '8.4.0',
  qs: '6.16.0',
  sharp: '0.35.0',
};

type Installed = { place: string; name: string; version: string; dev: boolean };

function installed(): Installed[] {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { version?: string; dev?: boolean }>;
  };
  return Object.entries(packages).map(([place, { version = '0.0.0', dev = false }]) => ({
    place,
    name: place.split('node_modules/').at(-1) ?? '',
    version,
    dev,
  }));
}

/** Only plain versions occur in the table and among what is compared. */
function isAtLeast(version: string, wanted: string): boolean {
  const [own, other] = [version, wanted].map((text) => text.split('-')[0]?.split('.').map(Number) ?? []);
  for (const index of [0, 1, 2]) {
    const difference = (own?.[index] ?? 0) - (other?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return !version.includes('-');
}

describe('the lock file', () => {
  // What only builds and tests never meets a request.
  const served = installed().filter(({ dev }) => !dev);

  for (const [name, version] of Object.entries(least))
    it(`installs ${name} ${version} or newer, wherever it is needed`, () => {
      const found = served.filter((one) => one.name === name);
      expect(found, `${name} is not installed: take it out of the table`).not.to.be.empty;
      for (const one of found)
        expect(isAtLeast(one.version, version), `${one.place}: ${one.version}`).to.equal(true);
    });
});
