import type { ReadTask } from '../../../ports/import-files.ts';
import type { ReadingContext } from '../reading/reading.ts';

/** The person whose programs are looked at. */
export interface ProgramPerson {
  readonly platform: NodeJS.Platform;
  readonly homeDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * Returns the rows of a query to a program's SQLite file. Absent: programs with such a file are left out.
   * @throws Error if it cannot be read
   */
  readonly rows?: (path: string, query: string) => readonly Readonly<Record<string, unknown>>[];
}

/** A file in which a program keeps schedules. */
export interface ScheduleFile {
  readonly path: string;
  /** Where the file belongs, if a program has several: a project, a profile. Shown in front of the id. */
  readonly place: string | null;
}

/** One schedule in such a file. */
export interface ProgramSchedule {
  /** Unique in the file, as the program calls it. */
  readonly id: string;
  readonly name: string;
  /** False if the program does not run it as it is now. */
  readonly isOn: boolean;
  /** What a person reviews. Run state such as the last run is not part of it. */
  readonly definition: unknown;
  /** Translates it. @throws Unsaid with the reason if it cannot become a task. */
  readonly read: (context: ReadingContext, source: string) => ReadTask;
}

/** How one program keeps its own schedules. A new program is a file beside this one, and a row in `programs.ts`. */
export interface ScheduleProgram {
  readonly title: string;
  /** Returns the files that exist. */
  readonly files: (person: ProgramPerson) => readonly ScheduleFile[];
  /** Returns what the file holds, for a file that is no text. @default its text */
  readonly text?: (file: ScheduleFile, person: ProgramPerson) => string;
  /** @throws Error if the text is not what the program writes */
  readonly schedules: (text: string, file: ScheduleFile) => readonly ProgramSchedule[];
  /** Absent: its schedules are imported, and only its person or agent can switch them off. */
  readonly switches?: ScheduleSwitches;
}

/** How the schedules of a program are switched off and on in the text of a file. */
export interface ScheduleSwitches {
  /** Returns the text with one schedule switched off, and everything else as it is. */
  readonly switchOff: (text: string, id: string) => string;
  /** Returns the text with one schedule as it is in `before`; null if it was removed from `text`. */
  readonly switchOn: (text: string, id: string, before: string) => string | null;
  /** What a person has to do so that the program notices the change, as a sentence. */
  readonly afterwards: string;
}
