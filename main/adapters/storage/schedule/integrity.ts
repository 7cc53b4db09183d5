import { scheduleText } from '../../../contract/schedule-rule.ts';
import type { ScheduleFile, Task, Timing } from '../../../contract/task.ts';
import { parseCron } from '../../../domain/cron/parse-cron.ts';
import { messageOf } from '../../../domain/errors.ts';
import { scheduleKey } from '../../../domain/timing/schedule-key.ts';
import { specOf } from '../../../domain/timing/spec-of.ts';
import { assertTimeZone } from '../../../domain/timing/time-zone.ts';

/** A problem between fields that are valid on their own, and its place. */
export interface IntegrityProblem {
  readonly path: readonly string[];
  readonly message: string;
}

/**
 * Returns the first broken rule between tasks and groups, or null: every group has a valid schedule, and every task is
 * in exactly one group, names that group and has its schedule.
 */
export function integrityProblem(file: ScheduleFile): IntegrityProblem | null {
  return groupProblem(file) ?? taskProblem(file);
}

/** Checks each zone and expression once: checking a zone is slow, and hundreds of groups share one. */
class CheckedSchedules {
  readonly #known = new Set<string>();

  problemOf(timing: Timing): IntegrityProblem | null {
    const zone = this.#problem(['timings', timing.id, 'timezone'], timing.timezone, assertTimeZone);
    const cron = zone ?? this.#problem(['timings', timing.id, 'cronExpression'], timing.cronExpression, parseCron);
    if (cron !== null || timing.scheduleRule === undefined) return cron;
    const text = JSON.stringify(timing.scheduleRule);
    return this.#problem(['timings', timing.id, 'scheduleRule'], text, () => specOf(timing));
  }

  #problem(path: readonly string[], text: string, check: (text: string) => unknown): IntegrityProblem | null {
    const key = `${path.at(-1) ?? ''} ${text}`;
    if (this.#known.has(key)) return null;
    try {
      check(text);
      this.#known.add(key);
      return null;
    } catch (error) {
      return { path, message: messageOf(error) };
    }
  }
}

function groupProblem(file: ScheduleFile): IntegrityProblem | null {
  const schedules = new CheckedSchedules();
  for (const [id, timing] of Object.entries(file.timings)) {
    if (timing.id !== id)
      return { path: ['timings', id, 'id'], message: `is "${timing.id}", but must be its key "${id}"` };
    const problem = schedules.problemOf(timing);
    if (problem !== null) return problem;
    const seen = new Set<string>();
    for (const taskId of timing.taskIds) {
      const path = ['timings', id, 'taskIds'];
      const task = own(file.tasks, taskId);
      if (task === undefined) return { path, message: `lists "${taskId}", but there is no such task` };
      if (task.timingId !== id) {
        return { path, message: `lists "${taskId}", but that task says it belongs to group "${task.timingId}"` };
      }
      if (seen.has(taskId)) return { path, message: `lists "${taskId}" twice` };
      seen.add(taskId);
    }
  }
  return null;
}

function taskProblem(file: ScheduleFile): IntegrityProblem | null {
  const members = new Set(Object.values(file.timings).flatMap((timing) => timing.taskIds));
  for (const [id, task] of Object.entries(file.tasks)) {
    if (task.id !== id) return { path: ['tasks', id, 'id'], message: `is "${task.id}", but must be its key "${id}"` };
    const timing = own(file.timings, task.timingId);
    if (timing === undefined) {
      return { path: ['tasks', id, 'timingId'], message: `names group "${task.timingId}", but there is no such group` };
    }
    if (!members.has(id)) {
      return { path: ['timings', timing.id, 'taskIds'], message: `does not list task "${id}", which belongs to it` };
    }
    for (const field of ['cronExpression', 'timezone', 'runAt'] as const) {
      if (task[field] !== timing[field]) return otherSchedule(timing, ['tasks', id, field], task[field], timing[field]);
    }
    if (!isSameRule(task, timing)) {
      const path = ['tasks', id, 'scheduleRule'];
      return otherSchedule(timing, path, scheduleText(task), scheduleText(timing));
    }
  }
  return null;
}

function otherSchedule(
  timing: Timing,
  path: readonly string[],
  said: string | undefined,
  meant: string | undefined,
): IntegrityProblem {
  return {
    path,
    message: `is "${said ?? ''}", but its group "${timing.id}" has "${meant ?? ''}"; to change when a task runs, use "update"`,
  };
}

/**
 * Compares what the two mean: an older version keeps a rule that no longer counts, and adds tasks without a rule to a group
 * that has one.
 */
function isSameRule(task: Task, timing: Timing): boolean {
  if (task.scheduleRule === undefined || timing.scheduleRule === undefined) return true;
  return scheduleKey(specOf(task)) === scheduleKey(specOf(timing));
}

/** Returns only what the file contains: names such as `constructor` exist on every object. */
function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
