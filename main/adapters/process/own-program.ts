import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { OwnProgram } from '../../ports/own-program.ts';

const detached = { detached: true, windowsHide: true } as const;

/** @param command absolute executable, then fixed arguments */
export function ownProgram(command: readonly string[]): OwnProgram {
  const [executable = process.execPath, ...fixed] = command;
  return {
    firstLine: async (args) => {
      const child = spawn(executable, [...fixed, ...args], { ...detached, stdio: ['ignore', 'pipe', 'ignore'] });
      const failed = new Promise<never>((_, reject) => child.once('error', reject));
      const lines = createInterface({ input: child.stdout });
      const line = new Promise<string>((resolve) => {
        lines.once('line', resolve);
        lines.once('close', () => resolve(''));
      });
      try {
        return await Promise.race([line, failed]);
      } finally {
        child.stdout.destroy();
        child.unref();
      }
    },
    launch: (args) => {
      const child = spawn(executable, [...fixed, ...args], { ...detached, stdio: 'ignore' });
      // Whether it succeeded is seen by the next process that looks for what it did.
      child.once('error', () => undefined);
      child.unref();
    },
  };
}
