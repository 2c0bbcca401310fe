// Who of several tabs does a thing that only one may do. In a browser these are its Web Locks.

export type Locks = {
  /** With `ifAvailable` the work is called with null when somebody else is at it. */
  request<T>(
    name: string,
    options: { ifAvailable?: boolean },
    work: (lock: object | null) => Promise<T>,
  ): Promise<T>;
};
