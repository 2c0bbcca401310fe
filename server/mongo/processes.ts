// Looks at other processes of this machine: whether they live, when they began, what they run.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Places in what procStat returns. */
const STATE = 0;
const THREADS = 17;
const STARTED = 19;

/**
 * True while the process runs. A zombie (ended, but not yet reaped by its parent) counts as ended, once the last of its
 * threads is gone: until then they hold its files and ports.
 */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it exists but belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  const stat = await procStat(pid);
  return stat?.[STATE] !== 'Z' || Number(stat[THREADS]) > 1;
}

/**
 * A text that differs between two processes which were given the same pid one after the other, or undefined when
 * there is no such process or the platform does not tell.
 */
export async function startMark(pid: number): Promise<string | undefined> {
  const stat = await procStat(pid);
  if (stat) {
    // The start time counts from boot, so the boot's own id belongs to it.
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
    return `${boot.trim()}:${stat[STARTED] ?? ''}`;
  }
  return ps(pid, 'lstart=');
}

/** The command line, its arguments separated by one space; undefined when it cannot be known. */
export async function commandLine(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return ps(pid, 'command=');
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return text.replaceAll('\0', ' ').trim() || undefined;
}

/** Resolves to true once the process has ended, to false when it still runs after `withinMs`. */
export async function hasEnded(pid: number, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (await isAlive(pid)) {
    if (performance.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

/** Fields of /proc/PID/stat from the state on; the name before them may itself hold spaces and brackets. */
async function procStat(pid: number): Promise<string[] | undefined> {
  if (process.platform !== 'linux') return undefined;
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return text?.slice(text.lastIndexOf(')') + 2).split(' ');
}

async function ps(pid: number, column: string): Promise<string | undefined> {
  const answer = await run('ps', ['-o', column, '-p', `${pid}`]).catch(() => undefined);
  return answer?.stdout.trim() || undefined;
}
