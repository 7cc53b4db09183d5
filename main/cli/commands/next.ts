import { SchedulerError } from '../../domain/errors.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { defineCommand } from '../command.ts';
import { integer, list, text, withDefault } from '../option.ts';
import { cronSpec } from '../../domain/timing/cron-spec.ts';
import { instant } from '../values/instant.ts';

export const nextCommand = defineCommand({
  name: 'next',
  reads: true,
  summary: 'Show the next runs of a group or a cron expression.',
  positionals: { group: text('Id of the group, as `groups` shows it.', 'GROUP') },
  options: {
    cron: list('Cron expression, instead of a group. Several make one schedule.', 'CRON'),
    timezone: text("IANA time zone of --cron, for example Europe/Paris. Default: this machine's.", 'ZONE'),
    from: instant('Show the runs after this instant. Default: now.', 'future'),
    count: withDefault(integer('Number of runs.', { min: 1, max: 1000 }), 5),
  },
  answers: 'slots.',
  examples: [
    { line: 'next daily-9am', does: 'show the next five runs of the group' },
    { line: 'next --cron "30 6 * * *" --cron "0 15 * * *"', does: 'show the next runs of two cron lines' },
    {
      line: 'next --cron "0 9 * * 1-5" --timezone Europe/Paris --from 2026-12-24T00:00:00Z --count 3',
      does: 'show three runs after a date',
    },
  ],
  run: async (context, { group, cron, timezone, from, count }) => {
    const { environment } = context;
    let spec: ScheduleSpec;
    if (cron !== undefined && group === undefined) spec = cronSpec(cron.join('; '), timezone ?? environment.timezone);
    else if (group !== undefined && cron === undefined)
      spec = (await (await context.application()).tasks()).timingSpec(group);
    else throw new SchedulerError('usage/missing-argument', 'next needs either GROUP or --cron, and not both.');
    const { nextSlots } = await import('../../domain/timing/slots.ts');
    const fromMs = from === undefined ? environment.now() : Date.parse(from);
    return { slots: nextSlots(spec, fromMs, count).map((ms) => new Date(ms).toISOString()) };
  },
  text: ({ slots }, view) =>
    slots.length === 0
      ? 'No further runs: the group is over, or its tasks run only on demand.'
      : slots.map((slot) => view.instant(slot)).join('\n'),
});
