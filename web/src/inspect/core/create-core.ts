// Placeholder: the core is merged here.
import type { Core } from './contract.ts';

export function createCore(_deps: { acceptLanguage: () => string }): Promise<Core> {
  throw new Error('The core is not merged yet');
}
