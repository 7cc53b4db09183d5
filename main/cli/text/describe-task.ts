import { nextEventText } from '../../contract/events.ts';
import { eventsOf, isOnDemand, onceAt, scheduleText, skipsNextEvent } from '../../contract/schedule-rule.ts';
import type { TaskView, TimingView } from '../../contract/task.ts';
import type { CliResult } from '../../contract/cli.ts';
import { criterionText } from '../../domain/success/criterion-text.ts';
import { sentence } from '../../domain/naming/sentence.ts';
import { specOf } from '../../domain/timing/spec-of.ts';
import type { TextView } from './view.ts';

/** Returns the facts about a task, one per line. */
export function describeTask(task: TaskView, view: TextView, timing?: TimingView): string {
  const lastRun =
    task.lastExecutionAt === undefined
      ? 'never'
      : `${view.instant(task.lastExecutionAt)}, ${view.status(lastOutcome(task))}`;
  const exact = view.plain(onceAt(task) === undefined ? scheduleText(task) : task.cronExpression);
  const words = timing?.sentence ?? sentence(specOf(task), view.clock);
  const known = `${view.plain(words)} (${exact})`;
  const once = onceAt(task);
  return view.fields([
    ['Task', view.style('bold', view.plain(task.name))],
    ['Id', view.plain(task.id)],
    ['Status', statusOf(task, view)],
    ['Description', task.description === undefined ? null : view.plain(task.description)],
    ['Schedule', whenOf(task) ?? `${known}, ${view.plain(task.timezone)}`],
    ['Runs at', once === undefined ? null : view.instant(once)],
    ['Group', view.plain(task.timingId)],
    ['Tool', view.plain(task.tool)],
    ['Parameters', view.plain(JSON.stringify(task.parameters))],
    ['Directory', task.workingDirectory === undefined ? null : view.plain(task.workingDirectory)],
    ['Tags', task.tags === undefined ? null : view.plain(task.tags.join(', '))],
    ['Runs on', runsOn(task, view)],
    ['Policies', policiesOf(task, view)],
    ['Success', successOf(task, view)],
    ['Starts', task.startDate === undefined ? null : view.instant(task.startDate)],
    ['Ends', task.endDate === undefined ? null : view.instant(task.endDate)],
    ['Skips', skipsOf(task, view)],
    ['Runs so far', String(task.executionCount)],
    ['Last run', lastRun],
  ]);
}

function runsOn({ shared }: TaskView, view: TextView): string | null {
  if (shared === undefined) return null;
  const { runsOn: where, revision, author } = shared;
  const of = where.tags.length === 0 ? 'the members of the fleet' : `the members with ${where.tags.join(', ')}`;
  return view.plain(`${where.mode} of ${of} (revision ${revision}, made on ${author})`);
}

function policiesOf({ policies }: TaskView, view: TextView): string | null {
  const { success: _success, ...others } = policies ?? {};
  return Object.keys(others).length === 0 ? null : view.plain(JSON.stringify(others));
}

function successOf({ policies }: TaskView, view: TextView): string | null {
  const criteria = policies?.success ?? [];
  return criteria.length === 0 ? null : view.plain(criteria.map(criterionText).join('. '));
}

/** Returns which coming runs are skipped on request; null if none is. */
export function skipsOf({ skipUntil, ...task }: TaskView, view: TextView): string | null {
  if (skipsNextEvent({ ...task, skipUntil })) return 'its next event';
  return skipUntil === undefined || Date.parse(skipUntil) <= view.nowMs
    ? null
    : `every slot up to ${view.instant(skipUntil)}`;
}

function statusOf(task: TaskView, view: TextView): string {
  const facts = [
    task.running > 0 ? `${task.running} running` : '',
    task.pausedUntil === undefined ? '' : `until ${view.instant(task.pausedUntil)}`,
    task.pauseNote === undefined ? '' : view.plain(task.pauseNote),
    task.errorMessage === undefined ? '' : view.plain(task.errorMessage),
  ].filter((fact) => fact !== '');
  return facts.length === 0 ? view.status(task.status) : `${view.status(task.status)} (${facts.join(', ')})`;
}

/** Returns the schedule of a task without times; null for every other. */
function whenOf(task: TaskView): string | null {
  if (isOnDemand(task)) return 'Only on demand';
  const text = scheduleText(task);
  return eventsOf(task).length === 0 ? null : `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

const runsOnDemand = 'It runs only on demand: when you, an agent or another task starts it.';

/** Returns the next runs, one per line. */
export function describeNextRuns(nextRuns: readonly string[], view: TextView): string {
  if (nextRuns.length === 0) return 'No further runs.';
  return `Next runs:\n${nextRuns.map((run) => `  ${view.instant(run)}`).join('\n')}`;
}

/** Returns when events start a task next. @param when `at the next login` */
export const describeNextEvent = (when: string, isSkipped: boolean): string =>
  isSkipped ? `It skips its next event. After that, it runs ${when}.` : `It runs ${when}.`;

/** Returns the next runs of a task, or why it has none. */
export function describeNextOf(task: TaskView, nextRuns: readonly string[], view: TextView): string {
  const events = eventsOf(task);
  if (events.length > 0) return describeNextEvent(nextEventText(events), skipsNextEvent(task));
  return isOnDemand(task) ? runsOnDemand : describeNextRuns(nextRuns, view);
}

export function describeWarnings(warnings: readonly string[], view: TextView): string {
  return warnings.map((warning) => `${view.style('yellow', 'Note:')} ${view.plain(warning)}`).join('\n');
}

/** Returns a new task and its next runs. */
export function describeCreated(created: CliResult<'create'>, view: TextView): string {
  const { task, timing, nextRuns, warnings } = created;
  return blocks(
    describeTask(task, view, timing),
    describeNextOf(task, nextRuns, view),
    describeWarnings(warnings, view),
  );
}

/** Joins blocks with an empty line between them, and omits empty blocks. */
export function blocks(...texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n\n');
}

function lastOutcome({ lastDoubtful, lastStatus = 'unknown' }: TaskView): string {
  if (lastStatus === 'skipped') return 'no change';
  return lastDoubtful === true ? 'doubtful' : lastStatus;
}
