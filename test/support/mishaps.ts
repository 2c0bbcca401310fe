// What goes wrong in a browser while a test runs: written down for every page of it, whatever the test looks at. None in any test.
import type { BrowserContext } from 'playwright-core';
import { origin } from './app.ts';

export type Mishaps = {
  /** Errors and warnings of any page, what its policy forbade, and other hosts that were asked. */
  all: string[];
  /** Failures that a test brings about itself. The browser's own line about one ends with the path of what failed. */
  expects: (failure: RegExp) => void;
  /** Also for a browser that is opened again. */
  watch: (context: BrowserContext) => Promise<void>;
};

/** What the browser itself says of a request while there is no network. */
const noNetwork = /^Failed to load resource: net::ERR_INTERNET_DISCONNECTED/;

const tellViolations = `addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
  console.error('policy', violatedDirective, blockedURI);
});`;

export function createMishaps(): Mishaps {
  const all: string[] = [];
  const expected = [noNetwork];

  function note(mishap: string): void {
    if (!expected.some((failure) => failure.test(mishap))) all.push(mishap);
  }

  return {
    all,
    expects: (failure) => expected.push(failure),
    async watch(context) {
      context.on('console', (message) => {
        if (!['error', 'warning'].includes(message.type())) return;
        const text = message.text();
        const { url } = message.location();
        note(
          text.startsWith('Failed to load resource') && url !== ''
            ? `${text} ${new URL(url).pathname}`
            : text,
        );
      });
      context.on('weberror', (error) => {
        note(error.error().message);
      });
      context.on('request', (request) => {
        const url = request.url();
        const isOwn = ['data:', `blob:${origin()}/`, `${origin()}/`].some((start) => url.startsWith(start));
        if (!isOwn) note(`asked ${url}`);
      });
      await context.addInitScript(tellViolations);
    },
  };
}
