import { SchedulerError, messageOf } from '../../domain/errors.ts';
import type { LegacyData } from '../../ports/legacy-data.ts';
import { isRecord } from './legacy-task.ts';
import type { LegacyRecord } from './legacy-task.ts';
import { ncpTimingId } from './ncp-timing-id.ts';

/** ncp's jobs or tasks by id. */
export type LegacyRecords = ReadonlyMap<string, LegacyRecord>;

/**
 * Returns the jobs of V1's `jobs.json`.
 *
 * @throws SchedulerError `store/unreadable` for a text without jobs.
 */
export function jobsOf(text: string, path: string): LegacyRecords {
  const jobs = records(parse(text, path)['jobs']);
  if (jobs !== null) return jobs;
  throw new SchedulerError('store/unreadable', `${path} was not migrated: it has no "jobs". Nothing was changed.`, {
    path,
  });
}

/**
 * True for a `schedule.json` written by ncp 2. It has our version number, but its tasks hold run state, and a group has
 * a zone only if one was chosen. A file with a field that only we write is not ncp's.
 */
export function isNcpSchedule(text: string): boolean {
  // Called at every start, so the usual answer must not need the whole file parsed.
  if (!text.includes('"executionCount"') && text.includes('"timezone"')) return false;
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
  if (!isRecord(raw) || raw['version'] !== '2.0.0') return false;
  const tasks = [...(records(raw['tasks'])?.values() ?? [])];
  const timings = [...(records(raw['timings'])?.values() ?? [])];
  if (tasks.some((task) => 'armedAt' in task || 'policies' in task)) return false;
  if (tasks.length > 0) return tasks.every((task) => typeof task['executionCount'] === 'number');
  return timings.length > 0 && timings.every((timing) => !('timezone' in timing));
}

/**
 * Returns the tasks of ncp 2's `schedule.json`, each with the schedule that was meant for it. ncp puts different
 * schedules into one group and does not update a task's own expression. Its migration drops the expression, the zone
 * and `catchupMissed`, which the backups of `jobs.json` still have.
 */
export function ncpTasksOf(text: string, path: string, legacy: LegacyData, dir: string): LegacyRecords {
  const raw = parse(text, path);
  const timings = records(raw['timings']) ?? new Map<string, LegacyRecord>();
  const jobs = backedUpJobs(legacy, dir, path);
  const tasks = records(raw['tasks']) ?? new Map<string, LegacyRecord>();
  return new Map(
    [...tasks].map(([id, task]) => {
      const timing = timings.get(String(task['timingId'])) ?? {};
      return [id, { ...task, ...intended(task, jobs.get(id) ?? {}, timing) }];
    }),
  );
}

function intended(task: LegacyRecord, job: LegacyRecord, timing: LegacyRecord): LegacyRecord {
  const expressions = [task, job, timing].map(({ cronExpression }) => cronExpression).filter((cron) => isText(cron));
  // The group's id says where ncp last put the task, so the first expression that gives this id is the intended one.
  const meant = expressions.find((cron) => ncpTimingId(cron) === task['timingId']) ?? expressions[0];
  const wasMigrated = !isText(task['cronExpression']);
  // ncp's own migration kept the first job's zone for the whole group; without the job, no other zone is known.
  const inherited = wasMigrated ? (Object.keys(job).length > 0 ? job : timing)['timezone'] : undefined;
  const timezone = task['timezone'] ?? inherited;
  const catchupMissed = task['catchupMissed'] ?? job['catchupMissed'];
  return {
    ...(meant === undefined ? {} : { cronExpression: meant }),
    ...(timezone === undefined ? {} : { timezone }),
    ...(catchupMissed === undefined ? {} : { catchupMissed }),
  };
}

/** Returns the jobs as they were before ncp's own migration, each from the newest backup that has it. */
function backedUpJobs(legacy: LegacyData, dir: string, path: string): LegacyRecords {
  const jobs = new Map<string, LegacyRecord>();
  for (const text of legacy.jobBackups(dir)) {
    try {
      for (const [id, job] of jobsOf(text, path)) if (!jobs.has(id)) jobs.set(id, job);
    } catch (error) {
      // Backups only add what is missing, so an unreadable one is skipped.
      if (!(error instanceof SchedulerError)) throw error;
    }
  }
  return jobs;
}

function parse(text: string, path: string): Record<string, unknown> {
  let reason = 'it is not an object';
  try {
    const raw: unknown = JSON.parse(text);
    if (isRecord(raw)) return raw;
  } catch (error) {
    reason = messageOf(error);
  }
  throw new SchedulerError('store/unreadable', `${path} was not migrated: ${reason}. Nothing was changed.`, { path });
}

function records(value: unknown): LegacyRecords | null {
  if (!isRecord(value)) return null;
  return new Map(Object.entries(value).map(([id, record]) => [id, isRecord(record) ? record : {}]));
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
