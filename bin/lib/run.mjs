// Runs another program in the foreground, and ends it with us.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Resolves to the exit code. A signal that reaches us is passed on, and we live until the program has ended. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    const passOn = (signal) => child.kill(signal);
    for (const signal of SIGNALS) process.on(signal, passOn);
    const finish = (settle, value) => {
      for (const signal of SIGNALS) process.off(signal, passOn);
      settle(value);
    };
    child.once('error', (error) => finish(reject, error));
    child.once('exit', (code, signal) => finish(resolve, code ?? 128 + constants.signals[signal]));
  });
}

/** Runs a program installed in node_modules. */
export function runInstalled(script, args, options) {
  return run(process.execPath, [path.join(root, 'node_modules', script), ...args], options);
}
