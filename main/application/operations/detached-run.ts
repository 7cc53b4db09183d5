import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { executionSchema } from '../../contract/execution.ts';
import type { Execution } from '../../contract/execution.ts';
import { wireErrorSchema } from '../../contract/errors.ts';
import { SchedulerError } from '../../domain/errors.ts';

/**
 * Starts `_task-start` as a process of its own that outlives this one, and answers the execution as soon as it is in
 * the ledger.
 */
export async function startDetachedRun(
  command: readonly string[],
  dataDir: string,
  taskId: string,
): Promise<Execution> {
  const [executable = process.execPath, ...fixed] = command;
  const child = spawn(executable, [...fixed, '_task-start', '--data-dir', dataDir, '--', taskId], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
  });
  try {
    const line = await firstLine(child);
    return readAnnouncement(line);
  } finally {
    child.stdout.destroy();
    child.unref();
  }
}

async function firstLine(child: ReturnType<typeof spawn>): Promise<string> {
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  const { stdout } = child;
  if (stdout === null) throw new Error('the detached run has no standard output');
  const lines = createInterface({ input: stdout });
  const line = new Promise<string>((resolve) => {
    lines.once('line', resolve);
    lines.once('close', () => resolve(''));
  });
  return Promise.race([line, failed]);
}

function readAnnouncement(line: string): Execution {
  let document: unknown;
  try {
    document = JSON.parse(line);
  } catch {
    throw new SchedulerError(
      'worker/not-started',
      'The run ended before it began. Run `trigger` without --no-wait to see why.',
    );
  }
  const { execution, error } = document as { execution?: unknown; error?: unknown };
  if (error === undefined) return executionSchema.parse(execution);
  const { code, message, details } = wireErrorSchema.parse(error);
  throw new SchedulerError(code as SchedulerError['code'], message, details);
}
