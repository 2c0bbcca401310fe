// Who of several tabs does a thing that only one may do. Web Locks where there are any.

export type Locks = {
  /** With `ifAvailable` the work is called with null when somebody else is at it. */
  request<T>(
    name: string,
    options: { ifAvailable?: boolean },
    work: (lock: object | null) => Promise<T>,
  ): Promise<T>;
};

export function locksOf(navigator: { locks?: LockManager }): Locks {
  const { locks } = navigator;
  // Without a secure context there are none; then there is no service worker either, and hardly a second tab.
  if (!locks) return { request: (_name, _options, work) => work({}) };
  return { request: (name, options, work) => locks.request(name, options, work) };
}
