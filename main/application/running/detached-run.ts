import { wireErrorSchema } from '../../contract/errors.ts';
import { executionSchema } from '../../contract/execution.ts';
import type { Execution } from '../../contract/execution.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { OwnProgram } from '../../ports/own-program.ts';

/** Starts a run in a process that outlives this one, and returns the execution once it is in the ledger. */
export async function startDetachedRun(program: OwnProgram, taskId: string): Promise<Execution> {
  return readAnnouncement(await program.firstLine(['_task-start', '--', taskId]));
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
