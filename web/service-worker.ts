// A small plugin: after a build it makes the service worker of one page, with the list of all files that the page can ask for.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build, type Plugin } from 'vite';
import { filesReachable } from './files-reachable.ts';

/** `named`: files that keep their names, and are known by their contents. */
type Options = { page: string; address: string; source: string; file: string; named: string[] };

/** Loaded when first needed, and kept then: too large for everybody's first load. */
const tooLarge = '.wasm';

const print = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

export function serviceWorker({ page, address, source, file, named }: Options): Plugin {
  let folder = '';
  return {
    name: 'mingdan-service-worker',
    apply: 'build',
    configResolved(config) {
      folder = config.build.outDir;
    },
    async writeBundle(_options, bundle) {
      const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
      const files = filesReachable(page, Object.keys(bundle), read)
        .filter((name) => name !== page && !name.endsWith(tooLarge))
        .map((name) => ({ url: `/${name}`, revision: null }));
      const others = named.map((name) => ({
        url: `/${name}`,
        revision: print(readFileSync(path.join(folder, name))),
      }));
      const html = {
        url: address,
        revision: print(readFileSync(path.join(folder, page))),
      };
      await build({
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        define: {
          'self.__FILES': JSON.stringify([html, ...files, ...others]),
          'process.env.NODE_ENV': '"production"',
        },
        build: {
          outDir: folder,
          emptyOutDir: false,
          copyPublicDir: false,
          lib: { entry: source, formats: ['iife'], name: 'serviceWorker', fileName: () => file },
        },
      });
    },
  };
}
