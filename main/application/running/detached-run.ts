import { wireErrorSchema } from '../../contract/errors.ts';
import { executionSchema } from '../../contract/execution.ts';
import type { Execution } from '../../contract/execution.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Approval } from '../../contract/control.ts';
import type { OwnProgram } from '../../ports/own-program.ts';

/** Starts a run in a process that outlives this one, and returns the execution once it is in the ledger. */
export async function startDetachedRun(
  program: OwnProgram,
  taskId: string,
  approval: Approval | undefined,
): Promise<Execution> {
  const approved = approval === undefined ? [] : ['--proposal', approval.proposalId, '--basis', approval.basis];
  return readAnnouncement(await program.firstLine(['_task-start', ...approved, '--', taskId]));
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
