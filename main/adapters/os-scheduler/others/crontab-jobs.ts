import { nameOfCommand } from '../../../contract/shell-line-name.ts';
import type { OtherPlace } from '../../../contract/other-jobs.ts';
import { minuteMs } from '../../../domain/durations.ts';
import type { FoundJob } from '../../../ports/other-schedulers.ts';
import { splitCommand } from '../cron/crontab-command.ts';
import { crontabEntries, crontabEntry } from '../cron/crontab-entries.ts';
import type { CrontabEntryLine } from '../cron/crontab-entries.ts';
import { expressionsFor, zoneOf } from '../cron/read-crontab.ts';
import { withUser } from '../cron/users/user-column.ts';
import { cronSpecs, Unsaid } from '../reading/reading.ts';
import type { ReadingContext } from '../reading/reading.ts';
import { shownOriginal, unknownResult } from './reading.ts';

export interface CronTable {
  readonly place: OtherPlace;
  /** The file, or null for the person's crontab. */
  readonly path: string | null;
  readonly text: string;
  /** Why cron does not run this table; null if it does. */
  readonly stopped: string | null;
}

const noResults = unknownResult('cron does not record results');
const atStart = /^@reboot$/i;

/** Returns the jobs of a crontab. The lines of a system's crontab name a user before the command. */
export function crontabJobs(table: CronTable, context: ReadingContext): FoundJob[] {
  return [...crontabEntries(table.text)].map((entry) => jobOf(entry, table, context));
}

function jobOf(entry: CrontabEntryLine, table: CronTable, context: ReadingContext): FoundJob {
  const { place, path } = table;
  const line = entry.line.trim();
  const [, time = '', rest = ''] = crontabEntry.exec(line) ?? [];
  const ofUser = path === null ? null : withUser(rest);
  const written = path === null ? rest : (ofUser?.command ?? '');
  const command = splitCommand(written).command.trim();
  const problem = command === '' ? 'cron cannot run this line: it is not a schedule with a command.' : null;
  return {
    place,
    source: path === null ? `line ${entry.number}` : `${path}, line ${entry.number}`,
    name: (entry.comments[0] ?? (nameOf(command) || line)).slice(0, 200),
    command: command === '' ? null : command,
    runsAs: ofUser?.user ?? null,
    ...scheduleOf(time, entry, context),
    written: time === '' ? line : time,
    original: shownOriginal(line),
    watchedFromMs: null,
    graceMs: minuteMs,
    last: noResults,
    stopped: problem ?? table.stopped,
  };
}

/** Debian guards its `run-parts` with tests for anacron, which would be the name otherwise. */
function nameOf(command: string): string {
  const folder = /\brun-parts\b[^;|&]*?(\/etc\/cron\.\w+)/.exec(command)?.[1];
  return folder === undefined ? nameOfCommand(command) : `Scripts in ${folder}`;
}

function scheduleOf(
  time: string,
  { variables }: CrontabEntryLine,
  context: ReadingContext,
): Pick<FoundJob, 'schedules' | 'trigger' | 'nextMs'> {
  if (atStart.test(time)) return { schedules: [], trigger: 'When the machine starts', nextMs: null };
  try {
    return {
      schedules: cronSpecs(expressionsFor(time), zoneOf(variables, context).timezone),
      trigger: null,
      nextMs: undefined,
    };
  } catch (problem) {
    if (!(problem instanceof Unsaid)) throw problem;
    return { schedules: [], trigger: time, nextMs: null };
  }
}
