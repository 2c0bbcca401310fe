// What only Linux shows: the memory and the open files of a process. Elsewhere these tests are pending: said and counted as skipped.
export const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;
