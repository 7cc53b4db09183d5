import { builtInNames } from '../../contract/built-in/built-ins.ts';
import type { Policies, TaskChange, TaskDraftInput } from '../../contract/task.ts';
import { definedOf } from '../../domain/defined.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { TaskOperations } from '../../application/operations.ts';
import { clearable, decimal, flag, integer, integers, list, manyOf, oneOf, text } from '../option.ts';
import type { ValuesOf } from '../option.ts';
import { budget } from '../values/budget.ts';
import { duration } from '../values/duration.ts';
import { environmentVariables } from '../values/environment-variables.ts';
import { instant } from '../values/instant.ts';
import { jsonObject } from '../values/json-parameters.ts';
import { longAfter } from '../values/long-after.ts';
import { clearableProbeOptions, probeFrom, probeOptions } from './probe-options.ts';
import { clearableSuccessOptions, criteriaFrom, successOptions } from './success-options.ts';

const overlapChoices = ['skip', 'buffer-one', 'buffer-all', 'cancel-other', 'terminate-other', 'allow-all'] as const;

/** The two ways to save a tool that could not be checked, as error messages name them. */
export const saveAnyway = { paused: '--paused', unchecked: '--skip-validation' } as const;

/** The definition of a task. `create` requires some of these options, `update` none. */
export const definitionOptions = {
  name: text('Name of the task.', 'NAME'),
  schedule: text(
    'When the task runs: a phrase, a cron expression, an RRULE, an instant or an event, for example "every weekday at 9", "*/5 * * * *" or "at login".',
    'SCHEDULE',
  ),
  'on-demand': flag('Give the task no schedule: it runs only when you, an agent or another task starts it.'),
  tool: text(`What to run: ${builtInNames.join(', ')}, or SERVER:TOOL of a configured MCP server.`, 'TOOL'),
  params: jsonObject("The tool's parameters as a JSON object. @FILE reads it from a file, - from standard input."),
  timezone: text("IANA time zone of the schedule, for example Europe/Paris. Default: this machine's.", 'ZONE'),
} as const;

/** Optional fields and policies, as `create` accepts them. */
export const policyOptions = {
  description: text('What the task is for.'),
  cwd: text('Working directory.', 'DIR'),
  env: environmentVariables('Set an environment variable for the task.'),
  timeout: duration('Stop a run after this long. Default: defaultTimeout in config.json, 5m.', { min: 1 }),
  'memory-mb': integer('Stop a run when its processes use more memory than this, in MiB. Default: no limit.', {
    min: 1,
  }),
  'max-processes': integer('Stop a run when it has more processes than this at once. Default: no limit.', {
    min: 1,
    max: 100_000,
  }),
  overlap: oneOf('What to do when a slot is due while an earlier run has not finished. Default: skip.', overlapChoices),
  'catch-up': oneOf(
    'Which missed slots to run later: none (skip), the latest (once) or all. Default: skip, or once for a one-off task.',
    ['skip', 'once', 'all'],
  ),
  'catch-up-window': duration('Run missed slots only if they are not older than this. Default: 1d.'),
  retries: integer('Number of retries after a failure. Default: 0.', { min: 0, max: 100 }),
  'retry-delay': duration('Wait before the first retry. Default: 10s.'),
  backoff: decimal('Factor by which the wait grows with each retry. Default: 2.', { min: 1, max: 100 }),
  'max-retry-delay': duration('Longest wait before a retry. Default: 1h.'),
  'retry-jitter': decimal('Share of each wait that is random, 0 to 1. Default: 0.1.', { min: 0, max: 1 }),
  'retry-exit-codes': integers('Retry only after these exit codes, for example 1,75. Default: after every failure.'),
  jitter: duration('Start at a random time, up to this long after the slot. Default: 0s.'),
  'pause-after': integer('Pause the task after this many failures in a row. Default: never.', { min: 1 }),
  budget: budget(
    'Skip slots, retries and runs after other tasks once the task has used this much, for example "3 runs/day, 2 h/month, $5/month": runs, run time, and cost as agents report it. Default: no limit.',
  ),
  'late-after': duration(
    'Notify when a slot has not started this long after its time. 0 for never. Default: lateAfterMs in config.json, never.',
  ),
  'long-after': longAfter(
    'Notify when a run takes longer than this: 20m, or 3x for three times what 95% of its runs take at most, known after ten successful runs. 0 for never. Default: longAfter in config.json, never.',
  ),
  'overdue-after': duration(
    'Notify when no run has succeeded for this long. 0 for never. Default: overdueAfterMs in config.json, never.',
  ),
  'only-if': manyOf('Skip a slot unless this is so. Default: run always.', ['ac-power', 'online']),
  'skip-on': list(
    'Leave out the days of this calendar: `calendars list` shows them. Default: no day is left out.',
    'CALENDAR',
  ),
  'only-on': list('Run only on the days of this calendar. Default: every day.', 'CALENDAR'),
  'day-off': oneOf(
    'What becomes of a slot on a day that is left out: skip it, or move it to the same time of the next or previous day that is not. Default: skip.',
    ['skip', 'next', 'previous'],
  ),
  doubt: oneOf(
    'What to do with a run that succeeds although its output looks like a failure: mark it as doubtful, fail it, or ignore it. Default: doubtfulRuns in config.json, mark.',
    ['mark', 'fail', 'ignore'],
  ),
  worker: oneOf(
    'Which worker process runs a shell line or an HTTP request: one that runs others too (shared), or its own. Default: worker in config.json, shared.',
    ['own', 'shared'],
  ),
  'if-lost': oneOf(
    'What becomes of a run of a shared task whose machine is lost: it stays interrupted (leave), or another member makes the next attempt (take-over). Default: leave.',
    ['leave', 'take-over'],
  ),
  nice: integer('Priority of the task: 0 is normal, 19 the lowest. Default: 0.', { min: 0, max: 19 }),
  'output-limit': integer('Bytes of output to keep in the log. Default: 10485760 (10 MiB).', { min: 1 }),
  'max-executions': integer('Complete the task after this many slots that succeeded. Default: never.', { min: 1 }),
  'start-date': instant('Run no slot before this instant.', 'future'),
  'end-date': instant('Run no slot after this instant.', 'future'),
  after: list(
    'Also run after another task: TASK or TASK:success if it succeeded, TASK:failure if it failed, TASK:end in either case. It then has NCP_AFTER_TASK, NCP_AFTER_STATUS, NCP_AFTER_ERROR, …, and parameters such as {"$from": "/result/id"} take values of that run: see docs/execution.md.',
    'TASK',
  ),
  tag: list('Tag of the task; `list --tag` filters by it.', 'TAG'),
  ...probeOptions,
  ...successOptions,
} as const;

/** The same options for `update`, where a value can also be cleared. */
export const clearableOptions = {
  description: clearable(policyOptions.description),
  cwd: clearable(policyOptions.cwd),
  env: clearable(policyOptions.env),
  timeout: clearable(policyOptions.timeout),
  'memory-mb': clearable(policyOptions['memory-mb']),
  'max-processes': clearable(policyOptions['max-processes']),
  overlap: clearable(policyOptions.overlap),
  'catch-up': clearable(policyOptions['catch-up']),
  'catch-up-window': clearable(policyOptions['catch-up-window']),
  retries: clearable(policyOptions.retries),
  'retry-delay': clearable(policyOptions['retry-delay']),
  backoff: clearable(policyOptions.backoff),
  'max-retry-delay': clearable(policyOptions['max-retry-delay']),
  'retry-jitter': clearable(policyOptions['retry-jitter']),
  'retry-exit-codes': clearable(policyOptions['retry-exit-codes']),
  jitter: clearable(policyOptions.jitter),
  'pause-after': clearable(policyOptions['pause-after']),
  budget: clearable(policyOptions.budget),
  'late-after': clearable(policyOptions['late-after']),
  'long-after': clearable(policyOptions['long-after']),
  'overdue-after': clearable(policyOptions['overdue-after']),
  'only-if': clearable(policyOptions['only-if']),
  'skip-on': clearable(policyOptions['skip-on']),
  'only-on': clearable(policyOptions['only-on']),
  'day-off': clearable(policyOptions['day-off']),
  doubt: clearable(policyOptions.doubt),
  worker: clearable(policyOptions.worker),
  'if-lost': clearable(policyOptions['if-lost']),
  nice: clearable(policyOptions.nice),
  'output-limit': clearable(policyOptions['output-limit']),
  'max-executions': clearable(policyOptions['max-executions']),
  'start-date': clearable(policyOptions['start-date']),
  'end-date': clearable(policyOptions['end-date']),
  after: clearable(policyOptions.after),
  tag: clearable(policyOptions.tag),
  ...clearableProbeOptions,
  ...clearableSuccessOptions,
} as const;

/** Options that decide how a change is saved. */
export const savingOptions = {
  'skip-validation': flag(
    'Save the task even if its tool, parameters or directory are not valid or cannot be checked.',
  ),
  'no-os': flag('Install no entry in the OS scheduler.'),
} as const;

type ChangeValues = Partial<ValuesOf<typeof definitionOptions> & ValuesOf<typeof clearableOptions>>;
type Chain = NonNullable<Policies['after']>[number];

/** @throws SchedulerError `usage/conflicting-options` for a schedule of a task that has none. */
function scheduleFrom({ schedule, 'on-demand': isOnDemand }: ChangeValues): string | undefined {
  if (isOnDemand !== true) return schedule;
  if (schedule === undefined) return 'on demand';
  throw new SchedulerError('usage/conflicting-options', 'A task has either --schedule or --on-demand, not both.');
}

/** Returns the task fields for the given options; fields whose option was not given are absent. */
export async function taskFields(args: ChangeValues, before: Policies | undefined, tasks: TaskOperations) {
  const policies = await policiesFrom(args, before ?? {}, tasks);
  return definedOf({
    name: args.name,
    schedule: scheduleFrom(args),
    tool: args.tool,
    parameters: args.params,
    timezone: args.timezone,
    description: args.description,
    workingDirectory: args.cwd,
    env: args.env,
    tags: args.tag,
    maxExecutions: args['max-executions'],
    startDate: args['start-date'],
    endDate: args['end-date'],
    policies,
  }) satisfies TaskChange;
}

/** Returns the fields of a new task, where no value can be cleared. */
export async function draftFields(
  args: ValuesOf<typeof policyOptions> & ValuesOf<typeof definitionOptions>,
  tasks: TaskOperations,
): Promise<Partial<TaskDraftInput>> {
  return (await taskFields(args, undefined, tasks)) as Partial<TaskDraftInput>;
}

/** Returns the task's policies with the given ones set or cleared; undefined if none was given. */
async function policiesFrom(
  args: ChangeValues,
  before: Policies,
  tasks: TaskOperations,
): Promise<Policies | undefined> {
  const given = {
    timeoutMs: args.timeout,
    memoryMb: args['memory-mb'],
    maxProcesses: args['max-processes'],
    overlap: args.overlap,
    catchUp: args['catch-up'],
    catchUpWindowMs: args['catch-up-window'],
    jitterMs: args.jitter,
    pauseAfterFailures: args['pause-after'],
    budget: args.budget,
    lateAfterMs: args['late-after'],
    longAfter: args['long-after'],
    overdueAfterMs: args['overdue-after'],
    retries: retriesFrom(args, before.retries),
    worker: args.worker,
    ifLost: args['if-lost'],
    nice: args.nice,
    outputLimitBytes: args['output-limit'],
    conditions: conditionsFrom(args['only-if']),
    calendars: calendarsFrom(args, before.calendars),
    success: criteriaFrom(args),
    doubt: args.doubt,
    probe: probeFrom(args, before.probe),
    after: args.after === undefined || args.after === null ? args.after : await chains(args.after, tasks),
  };
  const changes = Object.entries(given).filter(([, value]) => value !== undefined);
  if (changes.length === 0) return undefined;
  const merged = Object.entries({ ...before, ...Object.fromEntries(changes) }).filter(([, value]) => value !== null);
  return Object.fromEntries(merged);
}

function retriesFrom(args: ChangeValues, before: Policies['retries']): Policies['retries'] | null {
  const { retries } = args;
  const details = {
    delayMs: args['retry-delay'],
    backoff: args.backoff,
    maxDelayMs: args['max-retry-delay'],
    jitter: args['retry-jitter'],
    exitCodes: args['retry-exit-codes'],
  };
  if (retries === undefined && Object.values(details).every((value) => value === undefined)) return undefined;
  if (retries === null) return null;
  const count = retries ?? before?.count;
  if (count === undefined) {
    throw new SchedulerError('usage/missing-argument', 'Options for retries need --retries, for example --retries 3.', {
      missing: ['--retries'],
    });
  }
  const merged = Object.entries({ ...before, count, ...definedOf(details) });
  return { ...Object.fromEntries(merged.filter(([, value]) => value !== null)), count };
}

function calendarsFrom(args: ChangeValues, before: Policies['calendars']): Policies['calendars'] | null {
  const given = definedOf({ skipOn: args['skip-on'], onlyOn: args['only-on'], dayOff: args['day-off'] });
  if (Object.keys(given).length === 0) return undefined;
  const kept = Object.entries({ ...before, ...given }).filter(([, value]) => value !== null);
  const merged: NonNullable<Policies['calendars']> = Object.fromEntries(kept);
  return merged.skipOn === undefined && merged.onlyOn === undefined ? noCalendar(args['day-off']) : merged;
}

function noCalendar(dayOff: string | null | undefined): null {
  if (dayOff === undefined || dayOff === null) return null;
  throw new SchedulerError(
    'usage/missing-argument',
    '--day-off needs --skip-on or --only-on, for example --skip-on weekends.',
    {
      missing: ['--skip-on'],
    },
  );
}

function conditionsFrom(names: readonly ('ac-power' | 'online')[] | null | undefined): Policies['conditions'] | null {
  if (names === undefined || names === null) return names;
  return {
    ...(names.includes('ac-power') ? { onACPower: true } : {}),
    ...(names.includes('online') ? { online: true } : {}),
  };
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
