import type { Execution } from '../contract/execution.ts';
import type { TaskView } from '../contract/task.ts';
import { safeLine } from '../domain/escaped-text.ts';

/** Returns untrusted text as one JSON string, so that no line break, control character or Markdown looks like ours. */
export function quoted(text: string): string {
  return safeLine(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}

export function taskLine(task: TaskView): string {
  const last =
    task.lastStatus === undefined
      ? 'never ran'
      : `last run ${task.lastDoubtful === true ? 'doubtful' : task.lastStatus} at ${task.lastExecutionAt ?? '?'}`;
  return `${quoted(task.name)} (job_id ${quoted(task.id)}): ${task.status}, group ${quoted(task.timingId)}, ${last}`;
}

export function executionLine(execution: Execution): string {
  const error = execution.error === null ? '' : `, ${execution.error.code}: ${quoted(execution.error.message)}`;
  const doubt = execution.doubt === undefined ? '' : `, doubtful: ${quoted(execution.doubt.message)}`;
  const after = execution.cause === undefined ? '' : `, after execution_id ${quoted(execution.cause.executionId)}`;
  return `${execution.startedAt} ${execution.status} ${quoted(execution.taskName)} (execution_id ${quoted(execution.executionId)})${error}${doubt}${after}`;
}

/** Returns a heading and at most ten lines; the rest is in the structured content. */
export function brief(heading: string, lines: readonly string[]): string {
  const shown = lines.slice(0, 10);
  const more =
    lines.length > shown.length ? [`… and ${lines.length - shown.length} more in the structured content.`] : [];
  return [heading, ...shown, ...more].join('\n');
}

export function nextRunsLine(nextRuns: readonly string[]): string {
  return nextRuns.length === 0 ? 'No further runs.' : `Next runs: ${nextRuns.join(', ')}`;
}
