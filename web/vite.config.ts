// Builds the pages that need script: each face is an HTML file of its own. The inspector's also gets its service worker.
import { createRequire } from 'node:module';
import path from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { serviceWorker } from './service-worker.ts';

const here = import.meta.dirname;

/** The reader that barcode-detector was made for: another version of it would not start. */
const detector = createRequire(import.meta.url).resolve('barcode-detector/ponyfill');
const reader = createRequire(detector).resolve('zxing-wasm/reader/zxing_reader.wasm');

const config = defineConfig({
  root: here,
  plugins: [
    vue(),
    serviceWorker({
      page: 'inspect.html',
      address: '/inspect',
      source: path.join(here, 'src/inspect/sw.ts'),
      file: 'inspect-sw.js',
      named: ['inspect.webmanifest', 'icon-192.png'],
    }),
  ],
  resolve: { alias: [{ find: /^@zxing-reader/, replacement: reader }] },
  build: {
    outDir: path.join(here, '../dist/web'),
    emptyOutDir: true,
    // Nothing inline: our policy allows scripts and styles from files of our own only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: {
        inspect: path.join(here, 'inspect.html'),
        desk: path.join(here, 'desk.html'),
        shop: path.join(here, 'shop.html'),
      },
    },
  },
});

export { config as default };
