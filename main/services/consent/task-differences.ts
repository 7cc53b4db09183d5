import { budgetText } from '../../contract/budget.ts';
import { exactDuration } from '../../contract/durations.ts';
import { scheduleText } from '../../contract/schedule-rule.ts';
import { builtIns, isBuiltIn, summaryOf } from '../../contract/built-in/built-ins.ts';
import { neutralClock } from '../../contract/time-style.ts';
import type { FieldDifference, ProposalPreview } from '../../contract/proposal.ts';
import type { Probe } from '../../contract/probe.ts';
import type { Policies, Task } from '../../contract/task.ts';
import { sentence } from '../../domain/naming/sentence.ts';
import { criterionText } from '../../domain/success/criterion-text.ts';
import { specOf } from '../../domain/timing/spec-of.ts';
import { plain, plainCode, plainLines } from '../../domain/visible-text.ts';

type Facts = ReadonlyMap<string, string>;
type Link = NonNullable<Policies['after']>[number];

/** All tasks by id, for the names of those that a chain refers to. */
export type Tasks = Readonly<Record<string, Pick<Task, 'name'>>>;

const policyNames: Readonly<Record<string, string>> = {
  timeoutMs: 'Time limit',
  memoryMb: 'Memory limit (MiB)',
  maxProcesses: 'Process limit',
  overlap: 'Overlapping runs',
  catchUp: 'Missed runs',
  catchUpWindowMs: 'Catch-up window',
  retries: 'Retries',
  pauseAfterFailures: 'Pause after failures',
  ifLost: 'If its machine is lost',
  lateAfterMs: 'Late after',
  longAfter: 'Takes too long after',
  overdueAfterMs: 'Overdue after',
  jitterMs: 'Random delay, up to',
  conditions: 'Conditions',
  calendars: 'Calendars',
  outputLimitBytes: 'Log limit (bytes)',
  nice: 'Niceness',
  doubt: 'Doubtful runs',
  worker: 'Worker process',
};

/** Fields that only people read. Machines use the values of all others, so every character in them is shown. */
const prose: ReadonlySet<string> = new Set(['Name', 'Description', 'Schedule', 'Tags', 'Pause note']);

/** Returns what a person must read to know what a task does, field by field, as text that is safe to display. */
function taskFacts(task: Task, tasks: Tasks): Facts {
  const facts: [string, string | undefined][] = [
    ['Name', task.name],
    ['Description', task.description],
    ['Schedule', `${sentence(specOf(task), neutralClock)} (${scheduleText(task)}), ${task.timezone}`],
    ['Tool', task.tool],
    ...parameterFacts(task),
    ['Working directory', task.workingDirectory],
    ['Environment', task.env === undefined ? undefined : lines(task.env)],
    ['Tags', task.tags?.join(', ')],
    ['Only once', task.fireOnce === true ? 'yes' : undefined],
    ['Limit of successful runs', task.maxExecutions?.toString()],
    ['Starts', instantText(task.startDate)],
    ['Ends', instantText(task.endDate)],
    ['Runs missed slots', task.catchupMissed === true ? 'yes' : undefined],
    ...policyFacts(task.policies ?? {}, tasks),
    ['State', task.status],
    ['Paused until', instantText(task.pausedUntil)],
    ['Pause note', task.pauseNote],
  ];
  return new Map(
    facts.flatMap(([field, text]) =>
      text === undefined ? [] : [[plainCode(field), prose.has(field) ? plainLines(text) : plainCode(text)]],
    ),
  );
}

/**
 * Returns the fields that differ, in the order of the fields. `before` is null for a new task, `after` for a deleted
 * one.
 */
export function differences(before: Task | null, after: Task | null, tasks: Tasks): FieldDifference[] {
  const [old, fresh] = [before, after].map((task) =>
    task === null ? new Map<string, string>() : taskFacts(task, tasks),
  );
  const fields = new Set([...(fresh?.keys() ?? []), ...(old?.keys() ?? [])]);
  return [...fields]
    .map((field) => ({ field, before: old?.get(field) ?? null, after: fresh?.get(field) ?? null }))
    .filter(({ before: was, after: is }) => was !== is);
}

/** Returns the fields that a change leaves as they are, in order. Empty for a new or deleted task. */
export function unchangedFacts(before: Task | null, after: Task | null, tasks: Tasks): ProposalPreview['unchanged'] {
  if (before === null || after === null) return [];
  const fresh = taskFacts(after, tasks);
  return [...taskFacts(before, tasks)]
    .filter(([field, text]) => fresh.get(field) === text)
    .map(([field, text]) => ({ field, text }));
}

/** Returns the command, and each parameter that its text leaves out. */
function parameterFacts({ tool, parameters }: Pick<Task, 'tool' | 'parameters'>): [string, string][] {
  const inSummary: readonly string[] = isBuiltIn(tool) ? builtIns[tool].inSummary : [];
  const rest = Object.entries(parameters).filter(([name]) => !inSummary.includes(name));
  const shown: [string, string][] = rest.map(([name, value]) => [`Parameter ${name}`, asText(value)]);
  if (inSummary.length === 0) return shown;
  const summarized = inSummary.map((name) => [name, parameters[name]] as const);
  return [['Command', commandOf(tool, Object.fromEntries(summarized))], ...shown];
}

function policyFacts(policies: Policies, tasks: Tasks): [string, string][] {
  const { success, budget, probe, after, ...others } = policies;
  const facts = Object.entries(others).map(([name, value]): [string, string] => [
    policyNames[name] ?? `Policy ${name}`,
    name.endsWith('Ms') && typeof value === 'number' ? exactDuration(value) : asText(value),
  ]);
  if (after !== undefined) facts.push(['Runs after', chainText(after, tasks)]);
  if (probe !== undefined) facts.push(...probeFacts(probe));
  if (budget !== undefined) facts.push(['Budget', budgetText(budget)]);
  if (success === undefined) return facts;
  return [...facts, ['Counts as success if', success.map(criterionText).join('\n')]];
}

const linkWords: Readonly<Record<Link['on'], string>> = {
  success: 'if it succeeds',
  failure: 'if it fails',
  end: 'when it ends',
};

/** Returns the tasks after which a task runs, one a line. */
export const chainText = (links: readonly Link[], tasks: Tasks): string =>
  links.map((link) => linkText(link, tasks)).join('\n') || 'none';

/** Returns `"Backup", if it succeeds (ID)`: two tasks can have the same name, so the id is shown as well. */
function linkText({ taskId, on, ...unknown }: Link, tasks: Tasks): string {
  const name = Object.hasOwn(tasks, taskId) ? tasks[taskId]?.name : undefined;
  const more = Object.keys(unknown).length === 0 ? '' : ` ${JSON.stringify(unknown)}`;
  return `${name === undefined ? 'a deleted task' : `"${plain(name)}"`}, ${linkWords[on]} (${taskId})${more}`;
}

/** Returns what a probe runs, and what follows: it is a command like that of the task. */
function probeFacts({ tool, parameters = {}, then = 'run', first = 'record', ...rule }: Probe): [string, string][] {
  const follows = then === 'run' ? 'the task runs' : 'a notification, and nothing runs';
  const compared = Object.entries(rule).map(([name, value]): [string, string] => [`Probe ${name}`, asText(value)]);
  return [
    ['Probe', tool === undefined ? 'the task itself' : commandOf(tool, parameters)],
    ...(tool === undefined ? [] : probeCallFacts(tool, parameters)),
    ...compared,
    ['After a change', first === 'run' ? `${follows}, also after the first look` : follows],
  ];
}

/** Returns what the line of a probe leaves out, such as its standard input: it counts and runs as well. */
function probeCallFacts(tool: string, parameters: Task['parameters']): [string, string][] {
  const rest = isBuiltIn(tool) ? parameterFacts({ tool, parameters }).filter(([field]) => field !== 'Command') : [];
  return [['Probe tool', tool], ...rest.map(([field, text]): [string, string] => [`Probe: ${field}`, text])];
}

/** Returns the command that would run, on as many lines as it has. */
export function commandOf(tool: string, parameters: Readonly<Record<string, unknown>>): string {
  return plainCode(summaryOf(tool, parameters) ?? `${tool} ${JSON.stringify(parameters)}`);
}

/** Returns an instant to the minute, `2026-12-31 17:00 UTC`; as it is stored if it has more. */
function instantText(instant: string | undefined): string | undefined {
  return instant?.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):00(?:\.0+)?Z$/, '$1 $2 UTC');
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function lines(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
}
