import { execFile } from 'node:child_process';
import type { StatusCommand } from '../../ports/status-command.ts';

/** More than any status, which is thrown away. */
const longestOutput = 1024 * 1024;

/** Runs a program of this machine without input and without a shell. */
export const statusCommand: StatusCommand = (program, args, { env, timeoutMs }) =>
  new Promise((resolve) => {
    const options = { env: { ...env }, timeout: timeoutMs, maxBuffer: longestOutput, windowsHide: true };
    const child = execFile(program, [...args], options, (error) => {
      if (error === null) resolve(0);
      else resolve(typeof error.code === 'number' && error.killed !== true ? error.code : null);
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end();
  });
