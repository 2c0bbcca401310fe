// Where a page leads to once it is done, when another one has sent here: only ways within this app.
import type { Router } from 'vue-router';

export const wayBack = (next: unknown): string =>
  typeof next === 'string' && /^\/(?!\/)/.test(next) ? next : '/';

/** Back where somebody came from just so, with what that page remembers; else there in place of this page. */
export async function goBackTo(router: Router, next: unknown): Promise<void> {
  const to = wayBack(next);
  if (to !== '/' && router.options.history.state.back === to) router.back();
  else await router.replace(to);
}
