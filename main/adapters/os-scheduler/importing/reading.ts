import type { CronExpression } from '../../../domain/cron/cron-sets.ts';
import type { ScheduleSpec } from '../../../domain/timing/schedule-spec.ts';
import type { SchedulerReading, ReadRefusal, ReadTask } from '../../../ports/import-files.ts';
import { clockChanges, repairHorizon, slotsAround } from '../clock-changes.ts';

/** What a reader needs to know of the machine. */
export interface ReadingContext {
  /** Epoch ms. */
  readonly nowMs: number;
  /** IANA zone in which schedulers without zones read their times. */
  readonly timezone: string;
  readonly homeDir: string;
  readonly username: string;
}

/** Why something cannot be a task, thrown by readers of parts and caught by the reader of the whole. */
export class Unsaid extends Error {}

/** Collects what a reader finds. */
export class Findings {
  readonly tasks: ReadTask[] = [];
  readonly refused: ReadRefusal[] = [];
  readonly notes: string[] = [];

  /** Adds what `read` answers, or the reason why there is nothing. */
  attempt(source: string, name: string, read: () => ReadTask): void {
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
  return expressions.map((cron) => ({ kind: 'cron', cron, timezone }));
}

/** A note where clock changes touch these schedules: every scheduler has its own rule for such hours. */
export function clockChangeNotes(schedules: readonly ScheduleSpec[], nowMs: number, scheduler: string): string[] {
  const touched = schedules.some(
    (schedule) =>
      schedule.kind === 'cron' &&
      slotsAround(schedule, clockChanges(schedule.timezone, repairHorizon(nowMs))).length > 0,
  );
  if (!touched) return [];
  return [
    `On days of a clock change it may run at another time than ${scheduler} did; docs/import-export.md says how.`,
  ];
}

const interpreters =
  /^(?:env|nice|ionice|nohup|time|timeout|setsid|chronic|flock|sudo|exec|sh|bash|zsh|fish|dash|python[\d.]*|node|ruby|perl|php[\d.]*|powershell(?:\.exe)?|pwsh(?:\.exe)?|cmd(?:\.exe)?)$/i;

/** A name for a command that nobody named: the program, or the script it is given to. */
export function nameOfCommand(command: string): string {
  const words = command
    .trim()
    .replace(/^cd\s+\S+\s*(?:&&|;)\s*/, '')
    .split(/\s+/);
  const program = words
    .map((word) => word.replaceAll(/["']/g, ''))
    .filter((word) => word !== '' && !/^\w+=|^-|^\d+[smhd]?$/.test(word))
    .map((word) => word.split(/[/\\]/).at(-1) ?? word)
    .find((word) => word !== '' && !interpreters.test(word));
  return (program ?? command.trim()).slice(0, 80) || 'command';
}
