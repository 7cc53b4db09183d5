import { SchedulerError } from '../../domain/errors.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { defineCommand } from '../command.ts';
import { integer, text, withDefault } from '../option.ts';
import { cronSpec } from '../../domain/timing/cron-spec.ts';
import { instant } from '../values/instant.ts';

export const nextCommand = defineCommand({
  name: 'next',
  summary: 'Tell the next slots of a timing group or a cron expression.',
  positionals: { timing: text('Id of a timing group (see `timings`).', 'TIMING') },
  options: {
    cron: text('A cron expression instead of a group.', 'CRON'),
    timezone: text('IANA time zone of --cron. Default: the one of this machine.', 'ZONE'),
    from: instant('Slots strictly after this instant. Default: now.', 'future'),
    count: withDefault(integer('How many.', { min: 1, max: 1000 }), 5),
  },
  answers: 'slots.',
  examples: [
    { line: 'next daily-9am', does: 'the next five slots of the group' },
    { line: 'next --cron "0 9 * * 1-5" --timezone Europe/Paris --from 2026-12-24T00:00:00Z --count 3', does: 'three' },
  ],
  run: async (context, { timing, cron, timezone, from, count }) => {
    const { environment } = context;
    let spec: ScheduleSpec;
    if (cron !== undefined && timing === undefined) spec = cronSpec(cron, timezone ?? environment.timezone);
    else if (timing !== undefined && cron === undefined) spec = (await (await context.application()).tasks()).timingSpec(timing);
    else throw new SchedulerError('usage/missing-argument', 'next needs either TIMING or --cron, and not both.');
    const { nextSlots } = await import('../../domain/timing/slots.ts');
    const fromMs = from === undefined ? environment.now() : Date.parse(from);
    return { slots: nextSlots(spec, fromMs, count).map((ms) => new Date(ms).toISOString()) };
  },
  text: ({ slots }, view) => slots.map((slot) => view.instant(slot)).join('\n'),
});
