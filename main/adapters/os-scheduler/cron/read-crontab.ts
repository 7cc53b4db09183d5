import { nameOfCommand } from '../../../contract/shell-line-name.ts';
import { parseCron } from '../../../domain/cron/parse-cron.ts';
import { minuteMs } from '../../../domain/durations.ts';
import type { CronExpression } from '../../../domain/cron/cron-sets.ts';
import { messageOf, SchedulerError } from '../../../domain/errors.ts';
import type { ScheduleSpec } from '../../../domain/timing/schedule-spec.ts';
import { canonicalTimeZone } from '../../../domain/timing/time-zone.ts';
import type { SchedulerReading, ReadTask } from '../../../ports/import-files.ts';
import { clockChangeNoter, cronSpecs, Findings, Unsaid } from '../reading/reading.ts';
import type { ReadingContext } from '../reading/reading.ts';
import { bothDays, expressionsOf } from '../reading/rules.ts';
import { splitCommand } from './crontab-command.ts';
import { crontabEntries, crontabEntry } from './crontab-entries.ts';
import type { CrontabEntryLine } from './crontab-entries.ts';
import { machineAccounts } from './users/machine-accounts.ts';
import { namesUsers, withUser } from './users/user-column.ts';
import type { CrontabOrigin } from './users/user-column.ts';

const LONGEST_COMMENT = 4;

interface EntryContext extends ReadingContext {
  /** The lines of a system crontab name a user before the command. */
  readonly hasUsers: boolean;
  readonly clockNotes: (schedules: ReadTask['schedules']) => string[];
}

/** Reads the person's own lines of a crontab (`man 5 crontab`). Skips lines of this app and of ncp. */
export function readCrontab(
  text: string,
  context: ReadingContext,
  origin: CrontabOrigin = null,
  accounts = machineAccounts(),
): SchedulerReading {
  const findings = new Findings();
  const afterTimes = [...crontabEntries(text)].flatMap(({ line }) => crontabEntry.exec(line)?.[2] ?? []);
  const hasUsers = namesUsers({ text, afterTimes }, origin, accounts);
  const clockNotes = clockChangeNoter(context.nowMs, 'cron');
  const noteVariable = (name: string, number: number): void => {
    if (name !== 'MAILTO' && name !== 'MAILFROM') return;
    findings.notes.push(
      `Line ${number}: ${name} is not imported. The output of each run is in its log, and you are notified of failures.`,
    );
  };
  for (const entry of crontabEntries(text, noteVariable)) {
    const source = `line ${entry.number}`;
    const shown = entry.line.trim().slice(0, 80);
    findings.attempt(source, shown, () => readEntry(entry, source, { ...context, hasUsers, clockNotes }));
  }
  if (hasUsers && findings.tasks.length > 0)
    findings.notes.push('Each line names a user before the command. That is not imported: tasks run as you.');
  return { ...findings.reading('crontab'), original: text };
}

function readEntry(entry: CrontabEntryLine, source: string, context: EntryContext): ReadTask {
  const { line, variables } = entry;
  const [, time = '', rest = ''] = crontabEntry.exec(line) ?? [];
  if (time === '') throw new Unsaid('It is not a schedule with a command, a variable or a comment.');
  const raw = context.hasUsers ? ownCommand(rest, context.username) : rest;
  const { command, stdin } = splitCommand(raw);
  if (command.trim() === '') throw new Unsaid('It has no command.');
  const zone = zoneOf(variables, context);
  const schedules = schedulesFor(time, zone.timezone);
  const comments = entry.comments.length > LONGEST_COMMENT ? [] : entry.comments;
  const env = Object.fromEntries([...variables].filter(([name]) => !ofCron.has(name)));
  const home = variables.get('HOME');
  const delay = Number(variables.get('RANDOM_DELAY') ?? 0);
  return {
    source,
    name: (comments[0] ?? (nameOfCommand(command) || 'command')).slice(0, 200),
    ...(comments.length > 1 ? { description: comments.join('\n') } : {}),
    schedules,
    parameters: { ...commandFor(command, variables.get('SHELL')), ...(stdin === null ? {} : { stdin }) },
    ...(home === undefined ? {} : { workingDirectory: home }),
    ...(Object.keys(env).length === 0 ? {} : { env }),
    // cron starts a line even if its last run has not ended.
    policies: { overlap: 'allow-all', ...(delay > 0 ? { jitterMs: Math.round(delay * minuteMs) } : {}) },
    notes: [...zone.notes, ...context.clockNotes(schedules)],
  };
}

/** Returns when a line runs: `@reboot` when cron starts, every other at times. */
function schedulesFor(time: string, timezone: string): ScheduleSpec[] {
  if (time.toLowerCase() === '@reboot') return [{ kind: 'event', events: ['startup'], timezone }];
  return cronSpecs(expressionsFor(time), timezone);
}

/** Variables that are for cron itself. `HOME` also sets the working directory. */
const ofCron = new Set(['SHELL', 'MAILTO', 'MAILFROM', 'CRON_TZ', 'RANDOM_DELAY']);

/** Returns the command without the user name, which a system crontab has before it. */
function ownCommand(rest: string, username: string): string {
  const found = withUser(rest);
  if (found === null) throw new Unsaid('It has no command after the user, which a system crontab names first.');
  const { user, command } = found;
  if (user === username) return command;
  throw new Unsaid(`It runs as the user "${user}". Tasks run as you: import it as ${user}, or keep it in cron.`);
}

export function zoneOf(
  variables: ReadonlyMap<string, string>,
  context: ReadingContext,
): { timezone: string; notes: string[] } {
  const written = variables.get('CRON_TZ');
  if (written === undefined || written === '') return { timezone: context.timezone, notes: [] };
  const timezone = canonicalTimeZone(written);
  if (timezone === null) throw new Unsaid(`CRON_TZ is "${written}", which is not a known time zone.`);
  return {
    timezone,
    notes: [`CRON_TZ=${written}: its times are read in that zone, as cronie does. Debian's cron ignores it.`],
  };
}

function commandFor(command: string, shell: string | undefined): Record<string, unknown> {
  if (shell === undefined || /^(?:\/usr)?\/bin\/sh$/.test(shell)) return { command };
  const known = /^(?:\/usr(?:\/local)?)?\/bin\/(bash|zsh|fish)$/.exec(shell)?.[1];
  return known === undefined ? { args: [shell, '-c', command] } : { command, shell: known };
}

/**
 * Returns the expressions by the rules of Vixie cron: a day field that begins with a star does not restrict on its own,
 * and is joined with the other by AND.
 */
export function expressionsFor(time: string): CronExpression[] {
  const [, , monthDay = '', , weekday = ''] = time.split(/\s+/);
  const starred = [monthDay, weekday].some((field) => field.startsWith('*') && field !== '*');
  try {
    if (time.startsWith('@') || !starred || monthDay === '*' || weekday === '*') return [parseCron(time)];
    return bothExpressions(time.split(/\s+/));
  } catch (problem) {
    if (problem instanceof SchedulerError) throw new Unsaid(messageOf(problem));
    throw problem;
  }
}

function bothExpressions([
  minute = '',
  hour = '',
  monthDay = '',
  month = '',
  weekday = '',
]: string[]): CronExpression[] {
  const { minutes, hours, months } = parseCron(`${minute} ${hour} * ${month} *`).sets;
  const { monthDays } = parseCron(`0 0 ${monthDay} * *`).sets.days;
  const { weekdays } = parseCron(`0 0 * * ${weekday}`).sets.days;
  const days = bothDays(monthDays ?? allMonthDays, weekdays ?? allWeekdays);
  const expressions = expressionsOf([{ minutes, hours, months, days }]);
  if (expressions !== null) return expressions;
  throw new Unsaid(
    `cron reads "${monthDay}" and "${weekday}" as days that match both, because one begins with a star. One expression cannot express that here.`,
  );
}

const allMonthDays = Array.from({ length: 31 }, (_, index) => index + 1);
const allWeekdays = [0, 1, 2, 3, 4, 5, 6];
