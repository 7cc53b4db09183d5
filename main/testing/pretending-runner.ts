import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ExecutionRunner } from '../ports/execution-runner.ts';

/**
 * Starts nothing. The command `true` (and any other) succeeds, `false` fails with exit code 1, `sleep` runs until it is
 * cancelled, and `print TEXT` writes TEXT to its log.
 */
export function pretendingRunner(): ExecutionRunner {
  return {
    warm: () => undefined,
    close: () => undefined,
    run: ({ parameters, logPath }) => {
      const command = String(parameters['command']);
      const text = command.startsWith('print ') ? `${command.slice('print '.length)}\n` : '';
      mkdirSync(dirname(logPath), { recursive: true });
      writeFileSync(logPath, text);
      const ended = { exitCode: 0, signal: null, result: null, error: null, peakMemoryBytes: null, cpuMs: null };
      const success = { ...ended, status: 'success', logBytes: Buffer.byteLength(text) } as const;
      if (command === 'false') {
        const error = { code: 'shell/exit-code', message: 'The command ended with exit code 1.' };
        return {
          finished: Promise.resolve({ ...success, status: 'failure', exitCode: 1, error }),
          cancel: () => undefined,
        };
      }
      if (command !== 'sleep') return { finished: Promise.resolve(success), cancel: () => undefined };
      let stop = (): void => undefined;
      const cancelled = new Promise<void>((resolve) => (stop = resolve));
      const error = { code: 'execution/cancelled', message: 'It was cancelled while it ran.' };
      return {
        finished: cancelled.then(() => ({ ...success, status: 'cancelled', exitCode: null, error })),
        cancel: () => stop(),
      };
    },
  };
}
