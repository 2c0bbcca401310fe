// If-Match: a change says which version it was made from.
import type { RequestFacts } from '../server/http/define-route.ts';
import { Problem } from '../server/lib/problem.ts';

/** The revision in If-Match. Throws `precondition-required` (428) without one, `stale-version` for what is no revision. */
export function requiredVersion({ ifMatch }: RequestFacts): number {
  if (ifMatch === null) throw new Problem('precondition-required');
  const rev = Number(ifMatch);
  if (!Number.isInteger(rev)) throw new Problem('stale-version');
  return rev;
}
