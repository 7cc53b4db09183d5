import { failureHeadline } from '../../contract/failure-headline.ts';
import { agentResultOf, costText } from '../../contract/agent-result.ts';
import { changedLines, changeOf, changeSize, unchangedText } from '../../contract/probe.ts';
import type { Execution } from '../../contract/execution.ts';
import type { TextView } from './view.ts';

/** Returns the facts about a run, one per line. */
export function describeExecution(execution: Execution, view: TextView): string {
  const { error } = execution;
  const exit = [
    execution.exitCode === null ? '' : `exit code ${execution.exitCode}`,
    execution.signal === null ? '' : `signal ${view.plain(execution.signal)}`,
  ].filter((fact) => fact !== '');
  return view.fields([
    ['Run', view.plain(execution.executionId)],
    ['Task', view.style('bold', view.plain(execution.taskName))],
    ['Status', [view.status(outcomeOf(execution)), ...exit].join(', ')],
    ['Trigger', triggerOf(execution, view)],
    ['After', causeOf(execution, view)],
    ['Slot', execution.slot === null ? null : view.instant(execution.slot)],
    ['Started', view.instant(execution.startedAt)],
    ['Took', execution.duration === null ? null : view.duration(execution.duration)],
    ['Error', error === null ? null : `${view.lines(error.message)} (${view.plain(error.code)})`],
    ['Output', error?.line === undefined ? null : view.plain(error.line)],
    ['Change', changeText(execution, view)],
    ['Doubt', execution.doubt === undefined ? null : view.lines(execution.doubt.message)],
    ...resultOf(execution, view),
    ['Log', execution.logPath === null ? null : view.plain(execution.logPath)],
  ]);
}

function changeText({ status, result }: Execution, view: TextView): string | null {
  if (status === 'skipped') return unchangedText(result);
  const change = changeOf(result);
  if (change === null) return null;
  if (change.diff === '') return 'none';
  return [changeSize(change), shortened(view.lines(changedLines(change).join('\n')))].join('\n');
}

function resultOf(execution: Execution, view: TextView): [string, string | null][] {
  const { result, status } = execution;
  if (status === 'skipped' || changeOf(result) !== null) return [];
  const agent = agentResultOf(execution);
  if (agent === null)
    return [['Result', result === null || result === undefined ? null : shortened(view.plain(JSON.stringify(result)))]];
  return [
    ['Answer', agent.text === null ? null : shortened(view.lines(agent.text))],
    ['Cost', agent.costUsd === null ? null : costText(agent.costUsd)],
    ['Turns', agent.turns === null ? null : String(agent.turns)],
    ['Changed', agent.filesChanged.length === 0 ? null : view.plain(agent.filesChanged.join(', '))],
    ['Session', agent.resume === null ? null : `${view.plain(agent.resume)} (continues it in a terminal)`],
  ];
}

/** Returns the status of a run, `doubtful` for a success that looks like a failure, `no change` for a look without one. */
function outcomeOf({ status, doubt }: Execution): string {
  if (status === 'skipped') return 'no change';
  return doubt === undefined ? status : 'doubtful';
}

function triggerOf({ trigger, attempt, slot, startedAt }: Execution, view: TextView): string {
  if (attempt > 1) return `${trigger}, attempt ${attempt}`;
  if (trigger !== 'catch-up' || slot === null) return trigger;
  return `${trigger}, ${view.duration(Date.parse(startedAt) - Date.parse(slot))} late`;
}

function causeOf({ cause }: Execution, view: TextView): string | null {
  return cause === undefined ? null : `${view.plain(cause.taskName)}, run ${view.plain(cause.executionId)}`;
}

function shortened(text: string): string {
  return text.length > 2000 ? `${text.slice(0, 2000)}… (--json shows all of it)` : text;
}

export function executionTable(executions: readonly Execution[], view: TextView): Promise<string> {
  return view.table(
    executions,
    [
      { title: 'STARTED', cell: ({ startedAt }) => view.instant(startedAt), whole: true },
      { title: 'STATUS', cell: (execution) => view.status(outcomeOf(execution)), whole: true },
      { title: 'TASK', cell: ({ taskName }) => view.plain(taskName) },
      { title: 'TRIGGER', cell: ({ trigger }) => trigger, spare: 1 },
      { title: 'TOOK', cell: ({ duration }) => view.duration(duration), align: 'right', spare: 2 },
      { title: 'RUN', cell: ({ executionId }) => view.plain(executionId), whole: true },
      {
        title: 'ERROR',
        cell: (run) => view.plain(failureHeadline(run) || (run.doubt?.message ?? '')).slice(0, 120),
        spare: 3,
      },
    ],
    'No runs.',
  );
}
