import type { CronExpression } from '../../../domain/cron/cron-sets.ts';
import { combinedSpec } from '../../../domain/timing/combined-spec.ts';
import { refuseTooMany } from '../../../domain/lines/import-limit.ts';
import { scheduleKey } from '../../../domain/timing/schedule-key.ts';
import type { ScheduleSpec } from '../../../domain/timing/schedule-spec.ts';
import type { SchedulerReading, ReadRefusal, ReadTask } from '../../../ports/import-files.ts';
import { clockChanges, repairHorizon, slotsAround } from '../clock-changes.ts';

/** The facts about the machine that a reader needs. */
export interface ReadingContext {
  /** Epoch ms. */
  readonly nowMs: number;
  /** IANA zone of the times of schedulers without zones. */
  readonly timezone: string;
  readonly homeDir: string;
  readonly username: string;
}

/** The reason why an entry cannot become a task. Thrown by readers of parts, caught by the reader of the whole. */
export class Unsaid extends Error {}

/** Collects the tasks, refusals and notes of a reader. */
export class Findings {
  readonly tasks: ReadTask[] = [];
  readonly refused: ReadRefusal[] = [];
  readonly notes: string[] = [];

  /**
   * Adds the result of `read`, or the reason why there is none.
   * @throws SchedulerError `usage/import-too-large`
   */
  attempt(source: string, name: string, read: () => ReadTask): void {
    refuseTooMany(this.tasks.length + this.refused.length + 1);
    try {
      this.tasks.push(read());
    } catch (problem) {
      if (!(problem instanceof Unsaid)) throw problem;
      this.refused.push({ source, name, reason: problem.message });
    }
  }

  reading(kind: SchedulerReading['kind']): SchedulerReading {
    return { kind, tasks: this.tasks, refused: this.refused, notes: this.notes };
  }
}

export function cronSpecs(expressions: readonly CronExpression[], timezone: string): ScheduleSpec[] {
  return expressions.map((cron) => combinedSpec([cron], null, timezone));
}

/** Returns a note if clock changes affect these schedules: every scheduler has its own rule for those hours. */
export function clockChangeNotes(schedules: readonly ScheduleSpec[], nowMs: number, scheduler: string): string[] {
  return clockChangeNoter(nowMs, scheduler)(schedules);
}

/** The same for many entries: finding the changes of a zone, and the slots in them, takes a millisecond or more. */
export function clockChangeNoter(nowMs: number, scheduler: string): (schedules: readonly ScheduleSpec[]) => string[] {
  const horizon = repairHorizon(nowMs);
  const changesOf = remembered((timezone: string) => clockChanges(timezone, horizon));
  // Cron runs the lines of every hour by real time, as this app does.
  const isSame = (schedule: ScheduleSpec): boolean =>
    scheduler === 'cron' && schedule.kind === 'cron' && schedule.cron.sets.followsRealTime;
  const isTouched = (schedule: ScheduleSpec): boolean =>
    schedule.kind !== 'once' &&
    schedule.kind !== 'interval' &&
    !isSame(schedule) &&
    slotsAround(schedule, changesOf(schedule.timezone, schedule.timezone)).length > 0;
  const touched = remembered(isTouched);
  const note = `On days with a clock change it may run at another time than in ${scheduler}; see docs/import-export.md.`;
  return (schedules) => (schedules.some((schedule) => touched(scheduleKey(schedule), schedule)) ? [note] : []);
}

function remembered<Given, Found>(find: (given: Given) => Found): (key: string, given: Given) => Found {
  const known = new Map<string, { readonly found: Found }>();
  return (key, given) => {
    const entry = known.get(key) ?? { found: find(given) };
    known.set(key, entry);
    return entry.found;
  };
}
