import { minuteMs } from '../../../domain/durations.ts';
import { messageOf } from '../../../domain/errors.ts';
import type { FoundJob, FoundJobs } from '../../../ports/other-schedulers.ts';
import { foundSchedules } from '../agent-schedules/read-schedules.ts';
import type { FoundSchedule } from '../agent-schedules/read-schedules.ts';
import type { ProgramPerson } from '../agent-schedules/schedule-program.ts';
import type { ReadingContext } from '../reading/reading.ts';
import { Gathered, shownOriginal, unknownResult } from './reading.ts';

/** Lists what AI agents schedule themselves. Their programs run it only while they are open. */
export function agentJobs(person: ProgramPerson, context: ReadingContext): FoundJobs {
  const { found, unread } = foundSchedules(person);
  const gathered = new Gathered();
  gathered.add(
    'agents',
    'The schedules of AI agents',
    found.map((each) => jobOf(each, context)),
  );
  for (const sentence of unread) gathered.miss('agents', 'A file with schedules', sentence);
  return gathered;
}

function jobOf({ source, program, schedule }: FoundSchedule, context: ReadingContext): FoundJob {
  const { title } = program;
  return {
    ...{ place: 'agents', source, name: schedule.name, runsAs: null },
    ...translated({ source, schedule }, context),
    written: writtenTime(schedule.definition),
    original: shownOriginal(JSON.stringify(schedule.definition, null, 2)),
    ...{ nextMs: undefined, watchedFromMs: null, graceMs: minuteMs },
    last: unknownResult(`${title} keeps its results itself, and runs it only while ${title} is open`),
    stopped: schedule.isOn ? null : `It is switched off in ${title}.`,
  };
}

function translated(
  { source, schedule }: Pick<FoundSchedule, 'source' | 'schedule'>,
  context: ReadingContext,
): Pick<FoundJob, 'command' | 'schedules' | 'trigger'> {
  try {
    const { parameters, schedules } = schedule.read(context, source);
    const work = parameters['prompt'] ?? parameters['command'];
    return { command: typeof work === 'string' ? firstLine(work) : null, schedules, trigger: null };
  } catch (problem) {
    return { command: null, schedules: [], trigger: `Not known. ${messageOf(problem)}` };
  }
}

const firstLine = (text: string): string => (text.trim().split('\n')[0] ?? '').slice(0, 200);

/** The fields in which the programs write when something runs. */
const times = ['cronExpression', 'cron', 'rrule', 'schedule', 'fireAt'];

function writtenTime(definition: unknown): string {
  const fields = definition as Readonly<Record<string, unknown>>;
  const value = times.map((name) => fields[name]).find((found) => found !== undefined && found !== null);
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}
