import type { ExecutionStatus } from '../contract/execution.ts';

type Statuses = ReadonlySet<ExecutionStatus>;

/** The task itself failed or took too long: it is retried, and counts towards "pause on failure". */
export const taskFailed: Statuses = new Set(['failure', 'timeout']);

/** A person should look: the task failed, or its process vanished. A run that somebody stopped has not failed. */
export const runFailed: Statuses = new Set([...taskFailed, 'interrupted']);

/** Ended without success, for whatever reason: the command line exits with 1. */
export const notSuccessful: Statuses = new Set([...runFailed, 'cancelled']);
