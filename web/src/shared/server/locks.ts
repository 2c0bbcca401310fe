// Who of several tabs does a thing that only one may do at a time. In a browser these are its Web Locks.

export type Locks = {
  /** Does the work when nobody else is at it any more. */
  request: <T>(name: string, work: () => Promise<T>) => Promise<T>;
};
