import { readFileSync } from 'node:fs';
import type { Execution } from '../../contract/execution.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Application } from '../application.ts';
import { leftOutLine } from './log-follower.ts';

/** @throws SchedulerError `execution/not-found`. */
export async function findExecution(application: Application, executionId: string): Promise<Execution> {
  const execution = (await application.executions()).get(executionId);
  if (execution !== null) return execution;
  throw new SchedulerError(
    'execution/not-found',
    `There is no execution with the id "${executionId}". \`executions\` lists them; old ones are removed by the settings.`,
    { executionId },
  );
}

/** The log as it is now; empty where none was written. @throws SchedulerError `execution/log-removed`. */
export function readLog(execution: Execution): Buffer {
  if (execution.logPath === null) return Buffer.alloc(0);
  try {
    return readFileSync(execution.logPath);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    // A run that has only just started has not written yet.
    if (execution.status === 'running' || execution.logBytes === 0) return Buffer.alloc(0);
    const message = `The log ${execution.logPath} is gone: somebody removed the file.`;
    throw new SchedulerError('execution/log-removed', message, { logPath: execution.logPath });
  }
}

/** Whether output was left out because the log reached its limit. */
export function isTruncated(log: string): boolean {
  return leftOutLine.test(log);
}
