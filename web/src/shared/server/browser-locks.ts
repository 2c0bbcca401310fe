// The Web Locks of this browser, where it has them.
import type { Locks } from './locks.ts';

export function locksOf({ locks }: { locks?: LockManager }): Locks {
  // Without a secure context there are none; then there is no service worker either, and hardly a second tab.
  if (!locks) return { request: (_name, work) => work() };
  return { request: (name, work) => locks.request(name, () => work()) };
}
