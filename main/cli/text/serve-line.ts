import type { ServeEvent } from '../../application/application.ts';
import { executionSchema, type Execution } from '../../contract/execution.ts';
import { failureHeadline } from '../../contract/failure-headline.ts';
import type { TextView } from './view.ts';

const attentionWords: Readonly<Record<string, string>> = {
  late: 'is late',
  long: 'is taking too long',
  overdue: 'is overdue',
  credentials: 'cannot sign in',
};

/** Returns an event of `serve` as a line for people; null for an event that tells them nothing. */
export function serveLine(event: ServeEvent, view: TextView): string | null {
  const line = lineOf(event, view);
  return line === null ? null : `${view.style('gray', view.instant(event.at))}  ${line}`;
}

function lineOf(event: ServeEvent, view: TextView): string | null {
  switch (event.type) {
    case 'started':
      return `The scheduler is running. Data: ${textOf(event, 'dataDir', view)}. OS scheduler: ${textOf(event, 'osScheduler', view)}. Ctrl+C stops it.`;
    case 'following':
      return `${leaderOf(event)} runs the scheduler. When it ends, this process does. Data: ${textOf(event, 'dataDir', view)}. Ctrl+C stops it.`;
    case 'stopped':
      return 'The scheduler has stopped.';
    case 'web':
      return `The window is at ${view.style('cyan', textOf(event, 'address', view))}\nThis address signs in one browser, once, within 15 minutes.`;
    case 'execution':
      return executionLine(event, view);
    case 'settings':
      return event['problem'] === null
        ? null
        : `${view.style('yellow', 'The settings cannot be used:')} ${textOf(event, 'problem', view)}`;
    case 'proposals':
      return Number(event['waiting']) === 0
        ? null
        : `Proposals of agents that wait for your decision: ${Number(event['waiting'])}`;
    case 'attention':
      return `${textOf(event, 'taskName', view)} ${view.style('yellow', attentionWords[String(event['kind'])] ?? 'needs attention')}`;
    case 'warning':
      return `${view.style('yellow', 'Warning:')} ${textOf(event, 'message', view)}${typeof event['problem'] === 'string' ? `: ${textOf(event, 'problem', view)}` : ''}`;
    default:
      return null;
  }
}

function executionLine(event: ServeEvent, view: TextView): string | null {
  const { data: execution } = executionSchema.safeParse(event['execution']);
  if (execution === undefined) return null;
  const { taskName, duration, executionId } = execution;
  const took = duration === null ? '' : ` after ${view.duration(duration)}`;
  const why = execution.error === null ? '' : `: ${view.plain(failureHeadline(execution))}`;
  return `${view.plain(taskName)} ${view.status(wordOf(execution))}${took}${why}  ${view.style('gray', executionId)}`;
}

function wordOf({ status, doubt }: Execution): string {
  if (status === 'skipped') return 'no change';
  return doubt === undefined ? status : 'doubtful';
}

function leaderOf({ by, pid }: ServeEvent): string {
  const process = typeof pid === 'number' ? ` (process ${pid})` : '';
  return by === 'serve' ? `Another \`serve\`${process}` : `The app${process}`;
}

const textOf = (event: ServeEvent, field: string, view: TextView): string => view.plain(String(event[field]));
