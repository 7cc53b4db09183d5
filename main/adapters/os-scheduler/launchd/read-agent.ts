import { z } from 'zod';
import type { Policies } from '../../../contract/task.ts';
import { messageOf } from '../../../domain/errors.ts';
import type { DayRule } from '../../../domain/cron/cron-sets.ts';
import type { ScheduleSpec } from '../../../domain/timing/schedule-spec.ts';
import type { SchedulerReading, ReadTask } from '../../../ports/import-files.ts';
import { clockChangeNotes, cronSpecs, Findings, Unsaid } from '../reading/reading.ts';
import type { ReadingContext } from '../reading/reading.ts';
import {
  eitherDay,
  everyDay,
  everyHour,
  everyMinute,
  everyMonth,
  expressionsOf,
  onMonthDays,
  onWeekdays,
  span,
} from '../reading/rules.ts';
import type { Rule } from '../reading/rules.ts';
import { parsePlist } from './plist-text.ts';
import { LABEL_PREFIX } from './translate.ts';

export interface AgentText {
  /** File name, for display. */
  readonly name: string;
  readonly text: string;
}

const interval = z.looseObject({
  Minute: z.number().int().min(0).max(59).optional(),
  Hour: z.number().int().min(0).max(23).optional(),
  Day: z.number().int().min(1).max(31).optional(),
  Weekday: z.number().int().min(0).max(7).optional(),
  Month: z.number().int().min(1).max(12).optional(),
});
const agentSchema = z.looseObject({
  Label: z.string().min(1),
  Program: z.string().optional(),
  ProgramArguments: z.array(z.string()).optional(),
  StartCalendarInterval: z.union([z.array(interval), interval.transform((one) => [one])]).optional(),
  StartInterval: z.number().int().positive().optional(),
  EnvironmentVariables: z.record(z.string(), z.string()).optional(),
  WorkingDirectory: z.string().optional(),
  Nice: z.number().int().optional(),
});
type Agent = z.infer<typeof agentSchema>;

/** Reads launchd agents (`man 5 launchd.plist`). Skips those of this app and of ncp. */
export function readAgents(files: readonly AgentText[], context: ReadingContext): SchedulerReading {
  const findings = new Findings();
  for (const { name, text } of files) {
    const raw = parsed(text);
    if (!(raw instanceof Unsaid) && isOurs(raw)) continue;
    findings.attempt(name, name.replace(/\.plist$/, ''), () => {
      if (raw instanceof Unsaid) throw raw;
      const agent = agentSchema.safeParse(raw);
      if (agent.success) return readAgent(name, agent.data, context);
      const issue = agent.error.issues[0];
      throw new Unsaid(`It is not a launchd agent: ${issue?.path.map(String).join('.') ?? ''} ${issue?.message ?? ''}`);
    });
  }
  return findings.reading('launchd');
}

const dayMinutes = 24 * 60;

/** Labels of ncp. */
const OLD_PREFIX = 'com.portel.ncp.job.';

/** Returns whether this app or ncp wrote an agent. */
export function isOurs(raw: unknown): boolean {
  if (typeof raw !== 'object' || raw === null) return false;
  const label = 'Label' in raw ? String(raw.Label) : '';
  return 'NCPScheduler' in raw || label.startsWith(LABEL_PREFIX) || label.startsWith(OLD_PREFIX);
}

/** Returns the content of the file, or why it has none. */
function parsed(text: string): unknown {
  if (text.startsWith('bplist'))
    return new Unsaid('It is a binary plist: convert it first with "plutil -convert xml1".');
  try {
    return parsePlist(text);
  } catch (problem) {
    return new Unsaid(`It is not a plist: ${messageOf(problem)}`);
  }
}

/** Keys that start an agent other than by a schedule, with their meaning. */
const otherStarts: Readonly<Record<string, string>> = {
  RunAtLoad: 'it also ran at each login',
  KeepAlive: 'it was kept running',
  WatchPaths: 'it ran when a file changed',
  QueueDirectories: 'it ran when a folder was not empty',
  StartOnMount: 'it ran when a disk was mounted',
  Sockets: 'it ran when something connected',
  LaunchEvents: 'it ran on events of the system',
};

/** Returns the schedules of an agent; null if it has none, or if cron expressions cannot express them. */
export function agentSchedules(raw: unknown, timezone: string): ScheduleSpec[] | null {
  const agent = agentSchema.safeParse(raw);
  if (!agent.success) return null;
  try {
    const expressions = expressionsOf(rulesOf(agent.data).rules);
    return expressions === null || expressions.length === 0 ? null : cronSpecs(expressions, timezone);
  } catch (problem) {
    if (problem instanceof Unsaid) return null;
    throw problem;
  }
}

function readAgent(source: string, agent: Agent, context: ReadingContext): ReadTask {
  const { rules, notes } = rulesOf(agent);
  const args = agent.ProgramArguments ?? (agent.Program === undefined ? [] : [agent.Program]);
  if (args.length === 0) throw new Unsaid('It does not name a program.');
  // Program is what starts; the first argument is only the name that it is given.
  const words = agent.Program === undefined ? args : [agent.Program, ...args.slice(1)];
  const expressions = expressionsOf(rules);
  if (expressions === null || expressions.length === 0) throw new Unsaid('Cron expressions cannot express its times.');
  const schedules: ScheduleSpec[] = cronSpecs(expressions, context.timezone);
  const lost = ['StandardInPath', 'RootDirectory'].filter((key) => agent[key] !== undefined);
  if (lost.length > 0) throw new Unsaid(`It uses ${lost.join(', ')}, which tasks do not support.`);
  return {
    source,
    name: agent.Label.slice(0, 200),
    schedules,
    parameters: { args: words },
    ...(agent.WorkingDirectory === undefined ? {} : { workingDirectory: agent.WorkingDirectory }),
    ...(agent.EnvironmentVariables === undefined ? {} : { env: agent.EnvironmentVariables }),
    policies: policiesOf(agent),
    notes: [
      ...notes,
      ...Object.entries(otherStarts).flatMap(([key, meaning]) =>
        agent[key] === undefined || agent[key] === false ? [] : [`${key} is not imported: ${meaning}.`],
      ),
      ...((agent['StandardOutPath'] ?? agent['StandardErrorPath']) === undefined
        ? []
        : ['Its output went to a file; here it goes to the log of each run.']),
      ...clockChangeNotes(schedules, context.nowMs, 'launchd'),
    ],
  };
}

function rulesOf({ StartCalendarInterval, StartInterval, ...agent }: Agent): { rules: Rule[]; notes: string[] } {
  if (StartCalendarInterval !== undefined && StartCalendarInterval.length > 0) {
    const notes =
      StartInterval === undefined
        ? []
        : [`StartInterval (${StartInterval} s) is not imported: it counted from its own start.`];
    return { rules: StartCalendarInterval.map(ruleOf), notes };
  }
  if (StartInterval !== undefined) {
    const minutes = StartInterval / 60;
    const every = everyMinutes(minutes);
    if (every === null) {
      throw new Unsaid(
        `It runs every ${StartInterval} seconds. Only whole minutes that divide a day evenly can be imported.`,
      );
    }
    return {
      rules: every,
      notes: [`Every ${minutes} minutes: launchd counted from the login, tasks here run by the clock.`],
    };
  }
  const other = Object.entries(otherStarts).filter(([key]) => agent[key] !== undefined && agent[key] !== false);
  throw new Unsaid(
    other.length === 0
      ? 'It has no schedule.'
      : `It has no schedule: ${other.map(([key, meaning]) => `${key}, ${meaning}`).join('; ')}.`,
  );
}

/** Returns the times of a day at which an interval ends that divides a day evenly; null for another interval. */
function everyMinutes(minutes: number): Rule[] | null {
  if (!Number.isInteger(minutes) || dayMinutes % minutes !== 0) return null;
  const rule = { minutes: everyMinute, hours: everyHour, months: everyMonth, days: everyDay };
  if (60 % minutes === 0) return [{ ...rule, minutes: everyMinute.filter((minute) => minute % minutes === 0) }];
  return span(0, dayMinutes / minutes - 1).map((index) => {
    const time = index * minutes;
    return { ...rule, minutes: [time % 60], hours: [Math.floor(time / 60)] };
  });
}

/**
 * Returns the rule of an interval. A missing field matches everything; Day and Weekday together match if either does,
 * as in cron.
 */
function ruleOf({ Minute, Hour, Day, Weekday, Month }: z.infer<typeof interval>): Rule {
  const byDay: DayRule = Day === undefined ? everyDay : onMonthDays([Day]);
  const byWeekday: DayRule = Weekday === undefined ? everyDay : onWeekdays([Weekday % 7]);
  const either =
    Day !== undefined && Weekday !== undefined ? eitherDay(byDay, byWeekday) : Day === undefined ? byWeekday : byDay;
  return {
    minutes: Minute === undefined ? everyMinute : [Minute],
    hours: Hour === undefined ? everyHour : [Hour],
    months: Month === undefined ? everyMonth : [Month],
    days: either,
  };
}

function policiesOf({ Nice }: Agent): Policies {
  return {
    // launchd does not start an agent that is running, and catches up once for the times missed during sleep.
    overlap: 'skip',
    catchUp: 'once',
    ...(Nice !== undefined && Nice > 0 && Nice <= 19 ? { nice: Nice } : {}),
  };
}
