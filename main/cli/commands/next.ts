import { nextEventText } from '../../contract/events.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { defineCommand } from '../command.ts';
import { integer, list, text, withDefault } from '../option.ts';
import { cronSpec } from '../../domain/timing/cron-spec.ts';
import { describeNextEvent } from '../text/describe-task.ts';
import { instant } from '../values/instant.ts';

export const nextCommand = defineCommand({
  name: 'next',
  reads: true,
  summary: 'Show the next runs of a group, a task or a cron expression.',
  positionals: {
    group: text('Id of a group, or id or name of a task. A group runs when any of its tasks does.', 'GROUP|TASK'),
  },
  options: {
    cron: list('Cron expression, instead of a group or task. Several make one schedule.', 'CRON'),
    timezone: text("IANA time zone of --cron, for example Europe/Paris. Default: this machine's.", 'ZONE'),
    from: instant('Show the runs after this instant. Default: now.', 'future'),
    count: withDefault(integer('Number of runs.', { min: 1, max: 1000 }), 5),
  },
  answers:
    'slots; for a group that events start also nextEvent, for example "at the next login", and skipsNextEvent: true if all its active tasks skip that event.',
  examples: [
    { line: 'next daily-9am', does: 'show the next five runs of the group' },
    {
      line: 'next Backup --count 10',
      does: 'show the next ten runs of a task, without the days that its calendars leave out',
    },
    { line: 'next --cron "30 6 * * *" --cron "0 15 * * *"', does: 'show the next runs of two cron lines' },
    {
      line: 'next --cron "0 9 * * 1-5" --timezone Europe/Paris --from 2026-12-24T00:00:00Z --count 3',
      does: 'show three runs after a date',
    },
  ],
  run: async (context, { group, cron, timezone, from, count }) => {
    const { environment } = context;
    const fromMs = from === undefined ? environment.now() : Date.parse(from);
    if ((cron === undefined) === (group === undefined))
      throw new SchedulerError('usage/missing-argument', 'next needs either GROUP or TASK, or --cron, and not both.');
    if (group === undefined)
      return { slots: (await slotsOfCron(cron ?? [], timezone ?? environment.timezone, fromMs, count)).map(isoOf) };
    const tasks = await (await context.application()).tasks();
    const spec = tasks.timingSpec(group);
    if (spec.kind === 'event')
      return { slots: [], nextEvent: nextEventText(spec.events), skipsNextEvent: tasks.skipsNextEvent(group) };
    return { slots: tasks.nextRuns(group, fromMs, count).map(isoOf) };
  },
  text: ({ slots, nextEvent, skipsNextEvent }, view) =>
    nextEvent !== undefined
      ? describeNextEvent(nextEvent, skipsNextEvent === true)
      : slots.length === 0
        ? 'No further runs: the schedule is over, runs only on demand, or only on days of a calendar that has none.'
        : slots.map((slot) => view.instant(slot)).join('\n'),
});

async function slotsOfCron(cron: readonly string[], timezone: string, fromMs: number, count: number) {
  const { nextSlots } = await import('../../domain/timing/slots.ts');
  return nextSlots(cronSpec(cron.join('; '), timezone), fromMs, count);
}

const isoOf = (ms: number): string => new Date(ms).toISOString();
