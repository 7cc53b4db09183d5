import { budgetText } from '../../../main/contract/budget.ts';
import type { WorkerPolicy } from '../../../main/contract/worker-policy.ts';
import type { DoubtPolicy } from '../../../main/contract/doubt.ts';
import type { TaskSketch } from '../../../main/contract/pasted-task.ts';
import type { CatchUpPolicy, OverlapPolicy, Policies, TaskView } from '../../../main/contract/task.ts';
import { scheduleText } from '../../../main/contract/schedule-rule.ts';
import type { ChainLink } from '../chains/links.ts';
import { durationText } from '../../text/format.ts';
import { longAfterText } from '../../text/long-after.ts';
import { alertsByRules, type AlertForm } from './alerts/alert-form.ts';
import { calendarFormOf } from './calendars/calendar-form.ts';
import type { CalendarForm } from './calendars/calendar-form.ts';
import { runsHere, runsOnFormOf, type RunsOnForm } from './fleet/runs-on-form.ts';
import { probeFormOf, type ProbeForm } from './probe/probe-form.ts';
import { criterionFormOf } from './success/criterion-form.ts';
import type { CriterionForm } from './success/criterion-form.ts';

/**
 * The fields of the task dialog as typed. Values stay texts until they are saved, so that unfinished input is not lost.
 * An empty text means "not set", so the default applies.
 */
export interface TaskForm extends CalendarForm, AlertForm, ProbeForm, RunsOnForm {
  name: string;
  description: string;
  tags: readonly string[];
  schedule: string;
  timezone: string;
  after: readonly ChainLink[];
  tool: string;
  parameters: Readonly<Record<string, unknown>>;
  /** The parameters as JSON text while they are edited as JSON; null while the form is used. */
  parametersText: string | null;
  workingDirectory: string;
  /** One `NAME=value` per line. */
  env: string;
  overlap: OverlapPolicy;
  /** `default`: as the kind of the schedule says. */
  catchUp: CatchUpPolicy | 'default';
  catchUpWindow: string;
  /** Null for a local task. */
  ifLost: 'leave' | 'take-over' | null;
  retries: string;
  retryDelay: string;
  retryBackoff: string;
  pauseAfterFailures: string;
  timeout: string;
  memoryMb: string;
  maxProcesses: string;
  jitter: string;
  /** Limits such as `3 runs/day, $5/month`. */
  budget: string;
  maxExecutions: string;
  startDate: string;
  endDate: string;
  fireOnce: boolean;
  onlyOnline: boolean;
  onlyOnPower: boolean;
  lateAfter: string;
  /** A length of time, or a multiple such as `3x`. */
  longAfter: string;
  overdueAfter: string;
  success: readonly CriterionForm[];
  /** `default`: as the settings say. */
  doubt: DoubtPolicy | 'default';
  /** `default`: as the settings say. */
  worker: WorkerPolicy | 'default';
}

/** The parameters of a tool, as typed. */
export type ParametersForm = Pick<TaskForm, 'tool' | 'parameters' | 'parametersText'>;

export type TextField = {
  [K in keyof TaskForm]: TaskForm[K] extends string ? (string extends TaskForm[K] ? K : never) : never;
}[keyof TaskForm];

export const emptyForm = (timezone: string, schedule = ''): TaskForm => ({
  name: '',
  description: '',
  tags: [],
  schedule,
  timezone,
  after: [],
  tool: 'shell:run',
  parameters: {},
  parametersText: null,
  workingDirectory: '',
  env: '',
  overlap: 'skip',
  catchUp: 'default',
  catchUpWindow: '',
  ifLost: null,
  retries: '',
  retryDelay: '',
  retryBackoff: '',
  pauseAfterFailures: '',
  timeout: '',
  memoryMb: '',
  maxProcesses: '',
  jitter: '',
  budget: '',
  maxExecutions: '',
  startDate: '',
  endDate: '',
  fireOnce: false,
  onlyOnline: false,
  onlyOnPower: false,
  ...calendarFormOf(undefined),
  ...probeFormOf(undefined),
  lateAfter: '',
  longAfter: '',
  overdueAfter: '',
  success: [],
  doubt: 'default',
  worker: 'default',
  ...alertsByRules,
  ...runsHere,
});

/** Returns the form of a task that was typed or pasted as one line. */
export const formOfSketch = (empty: TaskForm, sketch: TaskSketch): TaskForm => ({
  ...empty,
  name: sketch.name,
  schedule: sketch.schedule === '' ? empty.schedule : sketch.schedule,
  timezone: sketch.timezone ?? empty.timezone,
  tool: sketch.tool,
  parameters: sketch.parameters,
  workingDirectory: sketch.workingDirectory ?? '',
  env: envText(sketch.env),
  ...fieldsOfPolicies(sketch.policies ?? {}),
});

const envText = (env: Readonly<Record<string, string>> = {}): string =>
  Object.entries(env)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');

const numberText = (value: number | undefined): string => (value === undefined ? '' : String(value));
const lengthText = (ms: number | undefined): string => (ms === undefined ? '' : durationText(ms));

/** @param words the words of its schedule; without them the cron expression or the instant is shown */
export function formOf(task: TaskView, words: string | null = null): TaskForm {
  const policies = task.policies ?? {};
  return {
    ...emptyForm(task.timezone, words ?? scheduleText(task)),
    name: task.name,
    description: task.description ?? '',
    tags: task.tags ?? [],
    after: policies.after ?? [],
    tool: task.tool,
    parameters: task.parameters,
    workingDirectory: task.workingDirectory ?? '',
    env: envText(task.env),
    ...fieldsOfPolicies(policies),
    ...runsOnFormOf(task.shared),
    catchUp: policies.catchUp ?? (task.catchupMissed === true ? 'once' : 'default'),
    ifLost: task.shared?.runsOn.mode === 'one' ? (policies.ifLost ?? 'leave') : null,
    maxExecutions: numberText(task.maxExecutions),
    startDate: task.startDate ?? '',
    endDate: task.endDate ?? '',
    fireOnce: task.fireOnce ?? false,
  };
}

function fieldsOfPolicies(policies: Policies) {
  const { retries, conditions } = policies;
  return {
    overlap: policies.overlap ?? 'skip',
    catchUp: policies.catchUp ?? 'default',
    catchUpWindow: lengthText(policies.catchUpWindowMs),
    retries: numberText(retries?.count),
    retryDelay: lengthText(retries?.delayMs),
    retryBackoff: numberText(retries?.backoff),
    pauseAfterFailures: numberText(policies.pauseAfterFailures),
    timeout: lengthText(policies.timeoutMs),
    memoryMb: numberText(policies.memoryMb),
    maxProcesses: numberText(policies.maxProcesses),
    jitter: lengthText(policies.jitterMs),
    budget: policies.budget === undefined ? '' : budgetText(policies.budget),
    onlyOnline: conditions?.online ?? false,
    onlyOnPower: conditions?.onACPower ?? false,
    ...calendarFormOf(policies.calendars),
    ...probeFormOf(policies.probe),
    lateAfter: lengthText(policies.lateAfterMs),
    longAfter: policies.longAfter === undefined ? '' : longAfterText(policies.longAfter),
    overdueAfter: lengthText(policies.overdueAfterMs),
    success: (policies.success ?? []).map(criterionFormOf),
    doubt: policies.doubt ?? 'default',
    worker: policies.worker ?? 'default',
  } satisfies Partial<TaskForm>;
}
