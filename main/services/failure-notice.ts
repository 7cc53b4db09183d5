import type { Execution } from '../contract/execution.ts';
import type { NotificationContent } from '../ports/desktop.ts';

const longestBody = 240;

/**
 * What a person is told about an ended execution, or null where there is nothing to tell. Runs that a person started
 * or stopped by hand are watched by that person, so they raise nothing.
 */
export function failureNotice(execution: Execution): NotificationContent | null {
  const unattended = execution.trigger !== 'manual' && execution.trigger !== 'test';
  if (!unattended) return null;
  const headline = headlines[execution.status];
  if (headline === undefined) return null;
  const body = execution.error?.message ?? 'Open the log to see what happened.';
  return {
    key: `failure:${execution.taskId}`,
    title: `${execution.taskName} ${headline}`,
    body: body.length > longestBody ? `${body.slice(0, longestBody - 1)}…` : body,
    target: { view: 'execution', executionId: execution.executionId },
  };
}

const headlines: Partial<Record<Execution['status'], string>> = {
  failure: 'failed',
  timeout: 'ran out of time',
  interrupted: 'was interrupted',
};
