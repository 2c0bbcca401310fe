// What is known of the request under way, for the audit trail and the log. Domain functions need no request for it.
import { AsyncLocalStorage } from 'node:async_hooks';

export type RequestContext = { requestId: string; address: string; userAgent: string };

const storage = new AsyncLocalStorage<RequestContext>();

export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** For work that a request begins for others, too: what it does is not this request's. */
export function outsideRequests<T>(work: () => T): T {
  return storage.exit(work);
}

export function currentContext(): RequestContext | undefined {
  return storage.getStore();
}
