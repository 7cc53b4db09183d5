import { isDeepStrictEqual } from 'node:util';
import { agentRun } from '../../contract/built-in/agent-run.ts';
import { summaryOf } from '../../contract/built-in/built-ins.ts';
import type { ImportChange, ImportOptions } from '../../contract/transfer.ts';
import { neutralClock } from '../../contract/time-style.ts';
import type { ScheduleFile, Task } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { sentence } from '../../domain/naming/sentence.ts';
import { storedSchedule } from '../../domain/timing/spec-of.ts';
import { checkChains } from '../schedule/task-chains.ts';
import { groupKeys, placeTask } from '../schedule/timing-groups.ts';
import type { ImportedIds } from './import-alerts.ts';
import type { ImportCandidate, ImportSource } from './import-source.ts';
import { planTasks, tasksByName, type Plan } from './import-plans.ts';
import { differingFields } from './same-task.ts';

export interface ImportContext {
  readonly nowMs: number;
  readonly machineTimezone: string;
  readonly newId: () => string;
  /** What this machine lacks for a task, in sentences, by the candidate's key. */
  readonly problems: ReadonlyMap<string, readonly string[]>;
}

/** One task that was added or replaced. */
export interface ImportedTask {
  readonly candidate: ImportCandidate;
  readonly before: Task | null;
  readonly after: Task;
}

export interface ImportedTasks {
  readonly changes: ImportChange[];
  readonly imported: ImportedTask[];
  readonly ids: ImportedIds;
}

/**
 * Imports the tasks of a file into `draft`, each by its decision or the policy. A preview does the same to a copy, so
 * that it cannot differ from the import.
 */
export function importTasks(
  draft: ScheduleFile,
  source: ImportSource,
  options: Pick<ImportOptions, 'policy' | 'decisions' | 'keepActive'>,
  machine: ImportContext,
): ImportedTasks {
  const context = { ...machine, unchecked: source.elsewhere && !options.keepActive };
  const named = tasksByName(draft);
  const plans = planTasks(draft, named, source.candidates, { ...options, unchecked: context.unchecked });
  const ids = new Map(plans.map((plan) => [plan.candidate.task.id, newIdOf(plan, draft, context)]));
  const place = { ...context, keys: groupKeys(draft), names: new Set(named.keys()) };
  const placed = plans.map((plan) => placePlan(draft, plan, ids, place));
  for (const entry of placed) if (entry.imported !== null) keepChains(draft, entry.imported.after, entry.change);
  nameGroups(draft, source);
  return {
    changes: [...placed.map(({ change }) => change), ...source.refused.map(refusedChange)],
    imported: placed.flatMap(({ imported }) => imported ?? []),
    ids,
  };
}

/** With `unchecked`, the tasks come from another machine, and a person must check them before they run here. */
type Checked = ImportContext & { readonly unchecked: boolean };

/** What the tasks placed so far have used up. */
interface PlaceContext extends Checked {
  readonly keys: Map<string, string>;
  /** Names of all tasks, in lower case. */
  readonly names: Set<string>;
}

function newIdOf({ candidate, action, present }: Plan, draft: ScheduleFile, { newId }: ImportContext): string {
  if (action !== 'add') return present?.id ?? candidate.task.id;
  return Object.hasOwn(draft.tasks, candidate.task.id) ? newId() : candidate.task.id;
}

function placePlan(
  draft: ScheduleFile,
  plan: Plan,
  ids: ReadonlyMap<string, string>,
  context: PlaceContext,
): { change: ImportChange; imported: ImportedTask | null } {
  const { candidate, action, present, reason } = plan;
  const base = baseChange(plan);
  if (action === 'skip') return { change: { ...base, ...(reason === null ? {} : { reason }) }, imported: null };
  const notes = [...candidate.notes];
  const task = taskFor(plan, ids, context, notes);
  const before = action === 'replace' && present !== null ? structuredClone(present) : null;
  if (action === 'add' && present !== null) makeCopy(task, context.names, notes);
  context.names.add(task.name.toLowerCase());
  // The copy still has the file's group; its own group is found by its schedule.
  task.timingId = before?.timingId ?? '';
  placeTask(draft, task, candidate.spec, {
    machineTimezone: context.machineTimezone,
    keys: context.keys,
    nowIso: new Date(context.nowMs).toISOString(),
  });
  const change: ImportChange = {
    ...base,
    taskId: task.id,
    paused: task.status === 'paused',
    fields: before === null ? [] : differingFields(before, task),
    notes,
    ...(reason === null ? {} : { reason }),
  };
  return { change, imported: { candidate, before, after: task } };
}

function baseChange({ candidate, action, choices }: Plan): ImportChange {
  const { task, spec, source, key } = candidate;
  return {
    what: 'task',
    key,
    name: task.name,
    action,
    choices: [...choices],
    schedule: `${sentence(spec, neutralClock)} (${spec.timezone})`,
    runs: runsOf(task),
    fields: [],
    notes: [],
    ...(source === null ? {} : { source }),
  };
}

/** Returns the task to store: the file's definition under its id here, counting slots from now on. */
function taskFor(
  { candidate, action, present }: Plan,
  ids: ReadonlyMap<string, string>,
  { nowMs, problems, unchecked }: Checked,
  notes: string[],
): Task {
  const now = new Date(nowMs).toISOString();
  const { runAt: _runAt, scheduleRule: _scheduleRule, ...definition } = structuredClone(candidate.task);
  const task: Task = {
    ...definition,
    ...storedSchedule(candidate.spec),
    id: ids.get(candidate.task.id) ?? candidate.task.id,
    armedAt: now,
  };
  dropSkip(task, now, notes);
  if (action === 'replace' && present !== null) {
    task.createdAt = present.createdAt;
    task.updatedAt = now;
  }
  const after = task.policies?.after;
  if (after !== undefined && task.policies !== undefined) {
    task.policies.after = after.map((chain) => ({ ...chain, taskId: ids.get(chain.taskId) ?? chain.taskId }));
  }
  if (task.status !== 'active') {
    if (unchecked) stayPaused(task, notes);
    return task;
  }
  const { spec } = candidate;
  const reasons = [...(unchecked ? [fromElsewhere] : []), ...(problems.get(candidate.key) ?? [])];
  if (spec.kind === 'once' && spec.atMs <= nowMs)
    reasons.push(`It was due once, on ${new Date(spec.atMs).toISOString()}: give it a new date.`);
  if (reasons.length > 0) {
    pause(task, reasons.join(' '));
    notes.push(...reasons.map((reason) => (reason === fromElsewhere ? reason : `Imported paused: ${reason}`)));
  }
  return task;
}

/** Slots count from the import on, so those that were to be skipped in the file are not the next ones here. */
function dropSkip(task: Task, nowIso: string, notes: string[]): void {
  const { skipUntil } = task;
  if (skipUntil !== undefined && skipUntil > nowIso)
    notes.push('Its next run was to be skipped. That was not taken over.');
  delete task.skipUntil;
}

const fromElsewhere = 'Imported from another machine. Check it, then resume it.';

/** Removes the date at which a task of another machine would resume without anybody having checked it. */
function stayPaused(task: Task, notes: string[]): void {
  if (task.pausedUntil === undefined) return;
  notes.push(`It was paused until ${task.pausedUntil}. It stays paused until you resume it.`);
  delete task.pausedUntil;
}

/** Pauses the copy: both would run otherwise, so only the earlier one continues. */
function makeCopy(task: Task, names: ReadonlySet<string>, notes: string[]): void {
  const original = task.name;
  for (let number = 1; names.has(task.name.toLowerCase()); number += 1) {
    const suffix = number === 1 ? ' (imported)' : ` (imported ${number})`;
    task.name = `${original.slice(0, 200 - suffix.length)}${suffix}`;
  }
  if (task.status !== 'active') {
    notes.push(`Added as "${task.name}".`);
    return;
  }
  pause(task, `Imported beside "${original}".`);
  notes.push(`Added as "${task.name}" and paused, so that only one of them runs.`);
}

function pause(task: Task, note: string): void {
  task.status = 'paused';
  task.pauseNote = note;
  delete task.pausedUntil;
}

/** Removes a chain that cannot be saved, to a missing task or in a circle, and notes it. */
function keepChains(draft: ScheduleFile, task: Task, change: ImportChange): void {
  const after = task.policies?.after;
  if (after === undefined || task.policies === undefined) return;
  const known = after.filter(({ taskId }) => Object.hasOwn(draft.tasks, taskId));
  if (known.length < after.length) {
    task.policies.after = known;
    change.notes.push('It ran after a task that is neither in the file nor here, so "Runs after" was removed.');
  }
  try {
    checkChains(draft, task);
  } catch (problem) {
    if (!(problem instanceof SchedulerError)) throw problem;
    delete task.policies.after;
    change.notes.push('It would run after itself through other tasks, so "Runs after" was removed.');
  }
}

/** Gives a group that came with the import the name that it has in the file. */
function nameGroups(draft: ScheduleFile, source: ImportSource): void {
  const imported = new Set(source.candidates.map(({ task }) => task.id));
  for (const timing of source.timings) {
    const here = Object.values(draft.timings).find(
      (group) =>
        group.cronExpression === timing.cronExpression &&
        group.timezone === timing.timezone &&
        group.runAt === timing.runAt &&
        isDeepStrictEqual(group.scheduleRule, timing.scheduleRule),
    );
    const isNew = here?.taskIds.every((id) => imported.has(id)) === true;
    if (here !== undefined && isNew) Object.assign(here, { ...timing, id: here.id, taskIds: here.taskIds });
  }
}

function refusedChange({ source, name, reason }: ImportSource['refused'][number]): ImportChange {
  return { what: 'task', key: source, name, action: 'refused', choices: [], source, reason, fields: [], notes: [] };
}

/** Returns what a task runs. */
function runsOf({ tool, parameters }: Pick<Task, 'tool' | 'parameters'>): string {
  if (tool === agentRun.tool) return summaryOf(tool, parameters) ?? tool;
  const { command, args, url } = parameters;
  if (typeof command === 'string') return command;
  if (Array.isArray(args)) return args.map(String).join(' ');
  if (typeof url === 'string') return `${tool} ${url}`;
  return tool;
}
