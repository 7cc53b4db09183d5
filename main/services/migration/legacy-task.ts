import type { Task } from '../../contract/task.ts';
import { taskSchema, taskStatusSchema } from '../../contract/task.ts';
import { toolNameSchema } from '../../contract/tool-call.ts';
import { messageOf } from '../../domain/errors.ts';
import { combinedSpec } from '../../domain/timing/combined-spec.ts';
import { parseCron } from '../../domain/cron/parse-cron.ts';
import { dayMs } from '../../domain/durations.ts';
import type { CronSets } from '../../domain/cron/cron-sets.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { nextSlots, slotsBetween } from '../../domain/timing/slots.ts';
import { storedSchedule } from '../../domain/timing/spec-of.ts';
import { canonicalTimeZone } from '../../domain/timing/time-zone.ts';
import type { CarriedRunState } from '../../ports/ledger/history.ts';

/** A job of ncp 1 or a task of ncp 2. They have the same fields, and any of them may be invalid. */
export type LegacyRecord = Readonly<Record<string, unknown>>;

export interface LegacyContext {
  readonly nowMs: number;
  /** ncp ran everything in the machine's zone unless the job named one. */
  readonly machineTimezone: string;
}

export type LegacyTask =
  | {
      readonly kind: 'converted';
      /** `timingId` is empty; the task gets its group later. */
      readonly task: Task;
      readonly spec: ScheduleSpec;
      readonly carried: CarriedRunState;
      /** What has changed, in sentences. */
      readonly notes: readonly string[];
    }
  | { readonly kind: 'refused'; readonly id: string; readonly name: string; readonly reason: string };

/** Run state belongs to the ledger; `timingId` is assigned again. */
const notKept = ['executionCount', 'lastExecutionId', 'lastExecutionAt', 'lastExecutionStatus', 'timingId'];

/** Converts one job or task of ncp. Keeps every field, unknown ones included. */
export function convertLegacyTask(id: string, record: LegacyRecord, context: LegacyContext): LegacyTask {
  const name = textOf(record['name'])?.slice(0, 200) ?? id;
  const refused = (reason: string): LegacyTask => ({ kind: 'refused', id, name, reason });
  const notes: string[] = [];
  const tool = toolNameSchema.safeParse(record['tool']);
  if (!tool.success) return refused(`its tool ${JSON.stringify(record['tool'] ?? null)} is not written server:tool`);
  const carried = carriedState(id, record);
  const zone = zoneOf(record, context.machineTimezone);
  let spec: ScheduleSpec;
  try {
    spec = specFrom(record, { ...context, zone: zone.timezone, carried });
  } catch (error) {
    return refused(messageOf(error));
  }
  const kept = Object.fromEntries(Object.entries(record).filter(([key]) => !notKept.includes(key)));
  const task = taskSchema.safeParse({
    ...kept,
    ...storedSchedule(spec),
    ...repairedFields(record, context, notes),
    ...statusOf(record, carried, zone.problem, notes),
    id,
    name,
    tool: tool.data,
    timingId: '-',
  });
  if (!task.success) {
    const issue = task.error.issues[0];
    return refused(`${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'not valid'}`);
  }
  return { kind: 'converted', task: withoutNothing(task.data), spec, carried, notes };
}

/** True for one minute, one hour, one day and one month: ncp's form of an instant, without the year. */
function isDate({ minutes, hours, months, days }: CronSets): boolean {
  const single = minutes.length === 1 && hours.length === 1 && months.length === 1;
  return single && days.monthDays?.length === 1 && days.weekdays === null && days.exact === undefined;
}

function specFrom(
  record: LegacyRecord,
  context: LegacyContext & { readonly zone: string; readonly carried: CarriedRunState },
): ScheduleSpec {
  const cron = parseCron(textOf(record['cronExpression']) ?? '');
  const recurring = combinedSpec([cron], null, context.zone);
  if (record['fireOnce'] !== true || !isDate(cron.sets)) return recurring;
  const hasRun = context.carried.executionCount > 0 || record['status'] === 'completed';
  const atMs = hasRun ? lastInstant(recurring, context) : nextSlots(recurring, context.nowMs, 1)[0];
  return atMs === undefined ? recurring : { kind: 'once', atMs, timezone: context.zone };
}

/** Returns the instant at which a one-shot ran: its last match before it was recorded, or before now. */
function lastInstant(
  spec: ScheduleSpec,
  { nowMs, carried }: { readonly nowMs: number; readonly carried: CarriedRunState },
): number | undefined {
  const untilMs = carried.lastExecutionAt === null ? nowMs : Date.parse(carried.lastExecutionAt);
  // 29 February comes back after at most eight years.
  return slotsBetween(spec, untilMs - 8 * 366 * dayMs, untilMs, 10).at(-1);
}

function zoneOf(record: LegacyRecord, machineTimezone: string): { timezone: string; problem: string | null } {
  const written = textOf(record['timezone']);
  if (written === null) return { timezone: machineTimezone, problem: null };
  const timezone = canonicalTimeZone(written);
  if (timezone !== null) return { timezone, problem: null };
  return {
    timezone: machineTimezone,
    problem: `Its time zone "${written}" is unknown: choose one, then resume the task.`,
  };
}

function statusOf(
  record: LegacyRecord,
  carried: CarriedRunState,
  problem: string | null,
  notes: string[],
): Pick<Task, 'status'> & { pauseNote?: string } {
  const status = taskStatusSchema.safeParse(record['status']);
  const known = status.success ? status.data : 'paused';
  if (!status.success)
    notes.push(`its status ${JSON.stringify(record['status'] ?? null)} is unknown; the task is paused`);
  if (record['fireOnce'] === true && carried.executionCount > 0 && known === 'active') {
    notes.push('it was scheduled to run once and has run; it is completed');
    return { status: 'completed' };
  }
  if (problem === null || known === 'completed') return { status: known };
  notes.push(`${problem.slice(0, 1).toLowerCase()}${problem.slice(1)} It is paused`);
  return { status: 'paused', pauseNote: problem };
}

/** Corrects fields that V1 read loosely: a limit of 0 meant none, and instants had any form that `Date` accepts. */
function repairedFields(record: LegacyRecord, { nowMs }: LegacyContext, notes: string[]): Record<string, unknown> {
  const endDate = instantOf(record['endDate']);
  const isLost = endDate === null && record['endDate'] !== undefined && record['endDate'] !== null;
  if (isLost) notes.push(`its end date ${JSON.stringify(record['endDate'])} could not be read and was removed`);
  const limit = record['maxExecutions'];
  const isLimit = typeof limit === 'number' && Number.isInteger(limit) && limit > 0;
  const parameters = record['parameters'];
  const now = new Date(nowMs).toISOString();
  return {
    endDate: endDate ?? undefined,
    maxExecutions: isLimit ? limit : undefined,
    parameters: isRecord(parameters) ? parameters : {},
    createdAt: instantOf(record['createdAt']) ?? now,
    armedAt: now,
    description: typeof record['description'] === 'string' ? record['description'] : undefined,
    errorMessage: textOf(record['errorMessage']) ?? undefined,
    workingDirectory: textOf(record['workingDirectory']) ?? undefined,
    fireOnce: typeof record['fireOnce'] === 'boolean' ? record['fireOnce'] : undefined,
    catchupMissed: typeof record['catchupMissed'] === 'boolean' ? record['catchupMissed'] : undefined,
  };
}

function carriedState(taskId: string, record: LegacyRecord): CarriedRunState {
  const counted = record['executionCount'];
  const executionCount = typeof counted === 'number' && Number.isInteger(counted) && counted > 0 ? counted : 0;
  return {
    taskId,
    executionCount,
    // ncp counted every run toward maxExecutions, failed ones included: a limited job continues from that count.
    successfulSlots: executionCount,
    lastExecutionId: textOf(record['lastExecutionId']),
    lastExecutionAt: instantOf(record['lastExecutionAt']),
    lastStatus: null,
  };
}

/** Removes undefined fields: an optional field without a value must be absent. */
function withoutNothing(task: Task): Task {
  return Object.fromEntries(Object.entries(task).filter(([, value]) => value !== undefined)) as Task;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function instantOf(value: unknown): string | null {
  const ms = typeof value === 'string' || typeof value === 'number' ? new Date(value).getTime() : Number.NaN;
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

/** True for a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
