import { onceAt, scheduleText } from '../../contract/schedule-rule.ts';
import { failureHeadline } from '../../contract/failure-headline.ts';
import type { Execution } from '../../contract/execution.ts';
import type { TaskView } from '../../contract/task.ts';
import { safeLine } from '../../domain/escaped-text.ts';

/** Characters of a quoted text, more than any name or message has. */
const longestQuote = 2000;

/** Returns untrusted text as one JSON string, so that no line break, control character or Markdown looks like ours. */
export function quoted(text: string): string {
  return safeLine(text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text);
}

export function taskLine(task: TaskView): string {
  const last =
    task.lastStatus === undefined
      ? 'never ran'
      : `last run ${task.lastDoubtful === true ? 'doubtful' : task.lastStatus} at ${task.lastExecutionAt ?? '?'}`;
  const attention = (task.attention ?? []).map(({ kind, message }) => `, ${kind}: ${message}`).join('');
  const schedule = onceAt(task) ?? quoted(scheduleText(task));
  return `${quoted(task.name)} (job_id ${quoted(task.id)}): ${task.status}, ${quoted(task.tool)}, ${schedule} in ${quoted(task.timezone)}, group ${quoted(task.timingId)}, ${last}${attention}`;
}

/** A run as listings show it: without its result. */
export type ListedRun = Omit<Execution, 'result'>;

export function executionLine(execution: ListedRun): string {
  const { startedAt, status, taskName, executionId, exitCode, error, doubt, cause } = execution;
  const facts = [
    `(execution_id ${quoted(executionId)})`,
    ...(exitCode === null ? [] : [`exit code ${exitCode}`]),
    ...(error === null ? [] : [`${quoted(error.code)}: ${quoted(failureHeadline(execution))}`]),
    ...(doubt === undefined ? [] : [`doubtful: ${quoted(doubt.message)}`]),
    ...(cause === undefined ? [] : [`after execution_id ${quoted(cause.executionId)}`]),
  ];
  return `${startedAt} ${status} ${quoted(taskName)} ${facts.join(', ')}`;
}

/** Returns a run with its result, its exit code and where its log is, a fact on each line. */
export function runText(execution: ListedRun & { readonly result?: unknown }): string {
  const { status, exitCode, signal, duration, result, error, logPath, executionId } = execution;
  const logCall = `call log with execution_id ${quoted(executionId)}`;
  return lines(executionLine(execution), [
    ...(exitCode === null ? [] : [`Exit code: ${exitCode}`]),
    ...(signal === null ? [] : [`Signal: ${signal}`]),
    ...(duration === null ? [] : [`Duration: ${duration} ms`]),
    ...(error?.line === undefined ? [] : [`Deciding line: ${quoted(error.line)}`]),
    ...(result === null || result === undefined ? [] : [`Result: ${safeLine(result)}`]),
    ...(logPath === null ? [] : [`Log: ${logCall} to read it.`]),
    ...(status === 'running' ? [`It has not ended: call retrieve with this execution_id later.`] : []),
  ]);
}

export function lines(heading: string, more: readonly string[]): string {
  return [heading, ...more].join('\n');
}

export function nextRunsLine(nextRuns: readonly string[]): string {
  return nextRuns.length === 0 ? 'No next run has a known time.' : `Next runs: ${nextRuns.join(', ')}`;
}
