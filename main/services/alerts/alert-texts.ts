import type { AlertKind } from '../../contract/alerts/event.ts';
import type { Doubt } from '../../contract/doubt.ts';
import type { Execution } from '../../contract/execution.ts';
import { formatDuration } from '../../contract/durations.ts';
import { changedLines, changeOf, changeSize, changeTitle } from '../../contract/probe.ts';
import { failureHeadline } from '../../contract/failure-headline.ts';

/** What people read first, and below it. */
export interface AlertText {
  readonly title: string;
  readonly message: string;
}

const failures: Partial<Record<Execution['status'], string>> = {
  failure: 'failed',
  timeout: 'timed out',
  interrupted: 'was interrupted',
};

type RunKind = Extract<AlertKind, 'started' | 'succeeded' | 'failed' | 'doubtful' | 'recovered' | 'changed'>;

/** Returns the text of an alert about a run. @param inARow number of failures in a row */
export function runText(kind: RunKind, run: Execution, inARow: number): AlertText {
  const { taskName, status, duration } = run;
  const took = duration === null ? '' : ` It took ${formatDuration(duration)}.`;
  switch (kind) {
    case 'started':
      return { title: `${taskName} started`, message: 'The run has started.' };
    case 'succeeded':
      return { title: `${taskName} succeeded`, message: `The run succeeded.${took}` };
    case 'doubtful':
      return { title: `${taskName} succeeded, but its output looks like a failure`, message: doubtText(run.doubt) };
    case 'recovered':
      return { title: `${taskName} works again`, message: `Its last run succeeded after earlier failures.${took}` };
    case 'changed':
      return changedText(run);
    case 'failed': {
      const again = inARow > 1 ? ` It has failed ${inARow} times in a row.` : '';
      const reason = failureHeadline(run) || 'Open the log to see what happened.';
      return { title: `${taskName} ${failures[status] ?? 'failed'}`, message: `${reason}${again}` };
    }
  }
}

function changedText({ taskName, result }: Execution): AlertText {
  const title = changeTitle(taskName);
  const change = changeOf(result);
  if (change === null) return { title, message: 'Open the run to see what changed.' };
  const lines = changedLines(change).join('\n');
  return { title, message: `What this task watches has changed: ${changeSize(change)}.\n${lines}` };
}

const doubtText = (doubt: Doubt | undefined): string => doubt?.message ?? 'Open the log to see what it printed.';

/** @param slots number of slots that did not run */
export function missedText(taskName: string, slots: number): AlertText {
  return {
    title: `${taskName} missed ${slots === 1 ? 'a run' : `${slots} runs`}`,
    message: 'The machine was off or asleep, or nobody was logged in.',
  };
}

export const pausedText = (taskName: string, note: string | undefined): AlertText => ({
  title: `${taskName} is paused`,
  message: note ?? 'It failed too many times in a row. It stays paused until you resume it.',
});

export const proposalText = (agent: string, title: string): AlertText => ({
  title: `${agent} waits for your approval`,
  message: `It asks for: ${title}. Approve or reject it in the window or with \`ncp-scheduler proposals\`.`,
});

export const driftText = (groupName: string, message: string): AlertText => ({
  title: `The entry of ${groupName} in the OS scheduler was changed`,
  message,
});

/** @param running number of runs in progress */
export const heartbeatText = (running: number): AlertText => ({
  title: 'NCP Scheduler is running',
  message: running === 0 ? 'No run is in progress.' : `Runs in progress: ${running}.`,
});

export const testText: AlertText = {
  title: 'Test from NCP Scheduler',
  message: 'This channel works. Alerts of your tasks will look like this.',
};
