import { builtInNames } from '../../contract/built-in/tools.ts';
import type { Policies, TaskChange, TaskDraftInput } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { TaskOperations } from '../../application/application.ts';
import { clearable, decimal, flag, integer, list, oneOf, text } from '../option.ts';
import type { ValuesOf } from '../option.ts';
import { duration } from '../values/duration.ts';
import { environmentVariables } from '../values/environment-variables.ts';
import { instant } from '../values/instant.ts';
import { jsonObject } from '../values/json-parameters.ts';

const overlapChoices = ['skip', 'buffer-one', 'buffer-all', 'cancel-other', 'terminate-other', 'allow-all'] as const;

/** What defines a task; `create` requires some of it, `update` none. */
export const definitionOptions = {
  name: text('Name of the task.', 'NAME'),
  schedule: text('A phrase, a cron expression or an instant: "every weekday at 9", "*/5 * * * *".', 'SCHEDULE'),
  tool: text(`What to run: ${builtInNames.join(', ')}, or SERVER:TOOL of a configured MCP server.`, 'TOOL'),
  params: jsonObject("The tool's parameters, as a JSON object; @FILE or - (standard input) reads it."),
  timezone: text('IANA time zone the schedule is read in. Default: the one of this machine.', 'ZONE'),
} as const;

/** Optional fields and policies, in the words of `create`. */
export const policyOptions = {
  description: text('What the task is for.'),
  cwd: text('Working directory.', 'DIR'),
  env: environmentVariables('Environment variable of the task.'),
  timeout: duration('Stop a run after this long. Default 5m.', { min: 1 }),
  'memory-mb': integer('Stop a run whose processes use more memory than this, in MiB.', { min: 1 }),
  overlap: oneOf('When a slot is due while an earlier run goes on. Default skip.', overlapChoices),
  'catch-up': oneOf('Slots that passed while nothing could run: none, the latest, all. Default skip.', [
    'skip',
    'once',
    'all',
  ]),
  'catch-up-window': duration('How far back slots are caught up. Default 1d.'),
  retries: integer('Further attempts after a failure.', { min: 0, max: 100 }),
  'retry-delay': duration('Wait before the first retry. Default 10s.'),
  backoff: decimal('Each further wait is the last one times this. Default 2.', { min: 1, max: 100 }),
  jitter: duration('Start up to this long after the slot.'),
  'pause-after': integer('Pause the task after this many failures in a row.', { min: 1 }),
  'max-executions': integer('Complete the task after this many successful slots.', { min: 1 }),
  'end-date': instant('No slot after this instant runs.', 'future'),
  after: list('Also run when that task ended: TASK, or TASK:success, TASK:failure, TASK:end.', 'TASK'),
  tag: list('Tag.', 'TAG'),
} as const;

/** The same for `update`, where a value can be taken away again. */
export const clearableOptions = {
  description: clearable(policyOptions.description),
  cwd: clearable(policyOptions.cwd),
  env: clearable(policyOptions.env),
  timeout: clearable(policyOptions.timeout),
  'memory-mb': clearable(policyOptions['memory-mb']),
  overlap: clearable(policyOptions.overlap),
  'catch-up': clearable(policyOptions['catch-up']),
  'catch-up-window': clearable(policyOptions['catch-up-window']),
  retries: clearable(policyOptions.retries),
  'retry-delay': clearable(policyOptions['retry-delay']),
  backoff: clearable(policyOptions.backoff),
  jitter: clearable(policyOptions.jitter),
  'pause-after': clearable(policyOptions['pause-after']),
  'max-executions': clearable(policyOptions['max-executions']),
  'end-date': clearable(policyOptions['end-date']),
  after: clearable(policyOptions.after),
  tag: clearable(policyOptions.tag),
} as const;

/** How a change is saved. */
export const savingOptions = {
  'skip-validation': flag('Save a tool, parameters or a directory that cannot be found.'),
  'no-os': flag('Leave the OS scheduler alone: install no entry.'),
} as const;

type ChangeValues = Partial<ValuesOf<typeof definitionOptions> & ValuesOf<typeof clearableOptions>>;
type Chain = NonNullable<Policies['after']>[number];

/** The fields of a task that the options name; those not given are left out. */
export async function taskFields(args: ChangeValues, before: Policies | undefined, tasks: TaskOperations) {
  const policies = await policiesFrom(args, before ?? {}, tasks);
  return defined({
    name: args.name,
    schedule: args.schedule,
    tool: args.tool,
    parameters: args.params,
    timezone: args.timezone,
    description: args.description,
    workingDirectory: args.cwd,
    env: args.env,
    tags: args.tag,
    maxExecutions: args['max-executions'],
    endDate: args['end-date'],
    policies,
  }) satisfies TaskChange;
}

/** The same for a new task, where nothing can be cleared. */
export async function draftFields(
  args: ValuesOf<typeof policyOptions> & ValuesOf<typeof definitionOptions>,
  tasks: TaskOperations,
): Promise<Partial<TaskDraftInput>> {
  return (await taskFields(args, undefined, tasks)) as Partial<TaskDraftInput>;
}

/** The task's policies with the given ones set or taken away; undefined where none was given. */
async function policiesFrom(
  args: ChangeValues,
  before: Policies,
  tasks: TaskOperations,
): Promise<Policies | undefined> {
  const given = {
    timeoutMs: args.timeout,
    memoryMb: args['memory-mb'],
    overlap: args.overlap,
    catchUp: args['catch-up'],
    catchUpWindowMs: args['catch-up-window'],
    jitterMs: args.jitter,
    pauseAfterFailures: args['pause-after'],
    retries: retriesFrom(args, before.retries),
    after: args.after === undefined || args.after === null ? args.after : await chains(args.after, tasks),
  };
  const changes = Object.entries(given).filter(([, value]) => value !== undefined);
  if (changes.length === 0) return undefined;
  const merged = Object.entries({ ...before, ...Object.fromEntries(changes) }).filter(([, value]) => value !== null);
  return Object.fromEntries(merged);
}

function retriesFrom(args: ChangeValues, before: Policies['retries']): Policies['retries'] | null {
  const { retries, backoff } = args;
  const delayMs = args['retry-delay'];
  if (retries === undefined && delayMs === undefined && backoff === undefined) return undefined;
  if (retries === null) return null;
  const count = retries ?? before?.count;
  if (count === undefined) {
    throw new SchedulerError('usage/missing-argument', '--retry-delay and --backoff need --retries N.', {
      missing: ['--retries'],
    });
  }
  const merged = Object.entries({ ...before, count, ...defined({ delayMs, backoff }) });
  return { ...Object.fromEntries(merged.filter(([, value]) => value !== null)), count };
}

async function chains(texts: readonly string[], tasks: TaskOperations): Promise<Chain[]> {
  return Promise.all(
    texts.map(async (text) => {
      const [, suffix] = /:(success|failure|end)$/.exec(text) ?? [];
      const name = suffix === undefined ? text : text.slice(0, -suffix.length - 1);
      const { task } = await tasks.get(name);
      return { taskId: task.id, on: (suffix ?? 'success') as Chain['on'] };
    }),
  );
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}
