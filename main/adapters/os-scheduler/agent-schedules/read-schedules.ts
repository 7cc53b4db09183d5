import { createHash } from 'node:crypto';
import { messageOf } from '../../../domain/errors.ts';
import { canonicalJson } from '../../../domain/canonical-json.ts';
import type { SchedulerReading } from '../../../ports/import-files.ts';
import { readFile } from '../../files/read-file.ts';
import { Findings } from '../reading/reading.ts';
import type { ReadingContext } from '../reading/reading.ts';
import { programs } from './programs.ts';
import type { ProgramPerson, ProgramSchedule, ScheduleFile, ScheduleProgram } from './schedule-program.ts';

/** Far more than a program keeps in one file. */
const LARGEST_BYTES = 16 * 1024 * 1024;

/** A schedule, with where it was found. */
export interface FoundSchedule {
  /** Unique on this machine: `Codex: weekly-notes`. */
  readonly source: string;
  readonly program: ScheduleProgram;
  readonly file: ScheduleFile;
  readonly schedule: ProgramSchedule;
}

/** Finds the schedules of all programs. What cannot be read is a sentence in `unread`. */
export function foundSchedules(person: ProgramPerson): { found: FoundSchedule[]; unread: string[] } {
  const found: FoundSchedule[] = [];
  const unread: string[] = [];
  const counts = new Map<string, number>();
  const each = <T>(what: string, read: () => readonly T[]): readonly T[] => {
    try {
      return read();
    } catch (problem) {
      unread.push(`${what} cannot be read: ${messageOf(problem)}.`);
      return [];
    }
  };
  for (const program of programs) {
    for (const file of each(`The schedules of ${program.title}`, () => program.files(person))) {
      const schedules = each(`${file.path} (${program.title})`, () =>
        program.schedules(textIn(program, file, person), file),
      );
      for (const schedule of schedules) {
        const wanted = [`${program.title}:`, ...(file.place === null ? [] : [file.place]), schedule.id].join(' ');
        const count = (counts.get(wanted) ?? 0) + 1;
        counts.set(wanted, count);
        found.push({ source: count === 1 ? wanted : `${wanted} (${count})`, program, file, schedule });
      }
    }
  }
  return { found, unread };
}

const textIn = ({ text }: ScheduleProgram, file: ScheduleFile, person: ProgramPerson): string =>
  text?.(file, person) ?? readFile(file.path, LARGEST_BYTES).toString('utf8');

/** Reads what agents schedule themselves. Those that are switched off are imported, too, and stay off everywhere. */
export function readAgentSchedules(person: ProgramPerson, context: ReadingContext): SchedulerReading {
  const { found, unread } = foundSchedules(person);
  const findings = new Findings();
  for (const { source, program, schedule } of found) {
    findings.attempt(source, schedule.name, () => {
      const task = schedule.read(context, source);
      if (schedule.isOn) return task;
      return { ...task, notes: [`It is switched off in ${program.title}.`, ...task.notes] };
    });
  }
  findings.notes.push(...unread);
  return { ...findings.reading('agents'), original: JSON.stringify(reviewed(found)) };
}

/** Returns a hash of each schedule that is switched on, and can be switched off, by its source. */
export const reviewed = (found: readonly FoundSchedule[]): Record<string, string> =>
  Object.fromEntries(
    found
      .filter(({ schedule, program }) => schedule.isOn && program.switches !== undefined)
      .map(({ source, schedule }) => [
        source,
        createHash('sha256').update(canonicalJson(schedule.definition)).digest('hex'),
      ]),
  );
