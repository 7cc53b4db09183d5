import type { IpcInput } from '../../../main/contract/ipc.ts';
import type { Policies, TaskChange, TaskDraftInput, TaskView } from '../../../main/contract/task.ts';
import { text } from '../../text/en.ts';
import { calendarPolicyOf } from './calendars/calendar-form.ts';
import { builtInFormOf } from './parameters/built-in-forms.ts';
import { FormReader } from './form-reading.ts';
import { probeOf } from './probe/probe-form.ts';
import type { FormErrors } from './form-reading.ts';
import type { TaskForm } from './task-form.ts';

export type Reading<T> = { ok: true; value: T } | { ok: false; errors: FormErrors };

/** Reads what a test run needs from a form: no schedule and no name. */
export function readTestDraft(form: TaskForm, base?: Policies): Reading<IpcInput<'tasks.test'>> {
  const reader = new FormReader(form);
  const policies = readPolicies(reader, form, base);
  const optional = {
    workingDirectory: reader.text('workingDirectory'),
    env: reader.environment(),
    policies: Object.keys(policies).length === 0 ? undefined : policies,
  };
  const work = readWork(reader, form);
  const draft = { name: form.name.trim(), ...work, ...withoutUndefined(optional) };
  return Object.keys(reader.errors).length > 0 ? { ok: false, errors: reader.errors } : { ok: true, value: draft };
}

/** The fields for what the task runs. */
function readWork(reader: FormReader, form: TaskForm): { tool: string; parameters: Record<string, unknown> } {
  const tool = reader.required('tool', text.editor.errors.tool);
  if (tool !== '' && !/^[^:\s]+:\S+$/.test(tool)) reader.errors.tool = text.editor.errors.toolForm;
  const parameters = reader.parameters();
  const problem = builtInFormOf(form.tool)?.errorOf(parameters);
  if (problem !== undefined) reader.errors.parameters ??= problem;
  return { tool, parameters };
}

/** Returns the draft that a form describes, or its errors. `base` keeps policies that this dialog does not show. */
export function readDraft(form: TaskForm, base?: Policies): Reading<TaskDraftInput> {
  const reader = new FormReader(form);
  const policies = readPolicies(reader, form, base);
  const optional = {
    description: reader.text('description'),
    tags: form.tags.length === 0 ? undefined : [...form.tags],
    workingDirectory: reader.text('workingDirectory'),
    env: reader.environment(),
    maxExecutions: reader.count('maxExecutions', 1),
    startDate: reader.instant('startDate'),
    endDate: reader.instant('endDate'),
    fireOnce: form.fireOnce || undefined,
    policies: Object.keys(policies).length === 0 ? undefined : policies,
  };
  const work = readWork(reader, form);
  const draft = {
    name: reader.name(work.tool, work.parameters),
    schedule: reader.required('schedule', text.editor.errors.schedule),
    timezone: reader.required('timezone', text.editor.errors.timezone),
    ...work,
    ...withoutUndefined(optional),
  };
  return Object.keys(reader.errors).length > 0 ? { ok: false, errors: reader.errors } : { ok: true, value: draft };
}

function readPolicies(reader: FormReader, form: TaskForm, base: Policies = {}): Policies {
  const count = reader.count('retries', 0);
  const retries = withoutUndefined({
    ...base.retries,
    count,
    delayMs: reader.duration('retryDelay'),
    backoff: reader.factor('retryBackoff'),
  });
  const conditions = withoutUndefined({
    ...base.conditions,
    online: form.onlyOnline || undefined,
    onACPower: form.onlyOnPower || undefined,
  });
  return withoutUndefined({
    ...base,
    after: form.after.length === 0 ? undefined : [...form.after],
    overlap: form.overlap === 'skip' ? undefined : form.overlap,
    catchUp: form.catchUp === 'default' ? undefined : form.catchUp,
    catchUpWindowMs: reader.duration('catchUpWindow'),
    ifLost: form.ifLost === 'leave' ? undefined : (form.ifLost ?? base.ifLost),
    retries: count === undefined || count === 0 ? undefined : { ...retries, count },
    pauseAfterFailures: reader.count('pauseAfterFailures', 1),
    timeoutMs: reader.duration('timeout'),
    memoryMb: reader.count('memoryMb', 1),
    maxProcesses: reader.count('maxProcesses', 1),
    jitterMs: reader.duration('jitter'),
    conditions: Object.keys(conditions).length === 0 ? undefined : conditions,
    calendars: calendarPolicyOf(form, base.calendars),
    probe: probeOf(reader, form, base.probe),
    budget: reader.budget(),
    lateAfterMs: reader.duration('lateAfter'),
    longAfter: reader.longAfter(),
    overdueAfterMs: reader.duration('overdueAfter'),
    success: reader.success(),
    doubt: form.doubt === 'default' ? undefined : form.doubt,
    worker: form.worker === 'default' ? undefined : form.worker,
  });
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

const isSet = <T>(entry: [string, T | undefined]): entry is [string, T] => entry[1] !== undefined;

/** Returns the object without undefined fields: the contract distinguishes missing fields from undefined ones. */
function withoutUndefined<T extends object>(fields: T): Defined<T> {
  const kept: object = Object.fromEntries(Object.entries(fields).filter(isSet));
  return kept;
}

const clearable = [
  'description',
  'tags',
  'workingDirectory',
  'env',
  'maxExecutions',
  'startDate',
  'endDate',
  'fireOnce',
] as const;

/**
 * Returns what the form changes in the task: only fields that differ from the form as it was opened, so that what changed
 * elsewhere meanwhile stays; a cleared field becomes null.
 */
export function readChange(form: TaskForm, task: TaskView, opened: TaskForm): Reading<TaskChange> {
  const after = readDraft(form, task.policies);
  if (!after.ok) return after;
  const before = readDraft(opened, task.policies);
  const old = before.ok ? before.value : {};
  const changed = Object.entries(after.value).filter(
    ([field, value]) => field !== 'policies' && !sameJson(value, fieldOf(old, field)),
  );
  const cleared = clearable.filter((field) => fieldOf(old, field) !== undefined && after.value[field] === undefined);
  // Schedule and zone are sent together: a schedule alone would be read in the wrong zone.
  const schedule = changed.some(([field]) => field === 'timezone') ? { schedule: after.value.schedule } : {};
  const policies = changedPolicies(before.ok ? before.value.policies : {}, after.value.policies, task.policies);
  const catchUp = task.catchupMissed === true && form.catchUp !== 'once' ? { catchupMissed: null } : {};
  return {
    ok: true,
    value: {
      ...Object.fromEntries(changed),
      ...Object.fromEntries(cleared.map((field) => [field, null])),
      ...schedule,
      ...(policies === undefined ? {} : { policies }),
      ...catchUp,
    },
  };
}

/** Returns the policies of the task with those that the form changes; null if none is left; undefined if it changes none. */
function changedPolicies(
  before: Policies = {},
  after: Policies = {},
  current: Policies = {},
): Policies | null | undefined {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => !sameJson(fieldOf(before, name), fieldOf(after, name)));
  if (changed.length === 0) return undefined;
  const kept = { ...current, ...Object.fromEntries(changed.map((name) => [name, fieldOf(after, name)])) };
  const policies = withoutUndefined(kept);
  return Object.keys(policies).length === 0 ? null : policies;
}

const fieldOf = (object: object, field: string): unknown =>
  Object.entries(object).find(([name]) => name === field)?.[1];

const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
