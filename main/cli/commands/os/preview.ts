import { eventNameSchema, type EventName } from '../../../contract/events.ts';
import { osSchedulerKindSchema } from '../../../contract/os-scheduler-kinds.ts';
import { defineCommand } from '../../command.ts';
import { flag, list, manyOf, oneOf, required, text } from '../../option.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import { cronSpec } from '../../../domain/timing/cron-spec.ts';
import { knownEvents } from '../../../domain/timing/events.ts';
import type { ScheduleSpec } from '../../../domain/timing/schedule-spec.ts';
import { blocks } from '../../text/describe-task.ts';
import { plainLines } from '../../../domain/escaped-text.ts';
import { instant } from '../../values/instant.ts';

export const osPreviewCommand = defineCommand({
  name: 'os preview',
  reads: true,
  summary: 'Show the entry that would be installed for a schedule, also for the OS scheduler of another system.',
  positionals: {},
  options: {
    kind: required(oneOf('The OS scheduler.', osSchedulerKindSchema.options)),
    cron: list('Cron expression. Several make one schedule.', 'CRON'),
    event: manyOf('An event that starts the group, instead of --cron.', eventNameSchema.options),
    timezone: text("IANA time zone of --cron, for example Europe/Paris. Default: this machine's.", 'ZONE'),
    id: text('Id of the group. Default: the id that the group would get.', 'ID'),
    'signs-in': flag(
      'As for a group with a task that may sign in: the entry also fires an hour before each slot, to check the sign-in.',
    ),
    from: instant('Start of the list of dates, for a schedule that needs one. Default: now.', 'future'),
  },
  answers: 'kind, artifacts (path, content), covers (exact or superset), notes.',
  examples: [
    { line: 'os preview --kind systemd --cron "0 9 * * 1-5"', does: 'show the systemd timer and its service' },
    { line: 'os preview --kind cron --event startup', does: 'show the line that cron runs when the system starts' },
  ],
  run: async (context, { kind, cron, event, timezone, id, from, 'signs-in': signsIn }) => {
    const entries = await (await context.application()).entries();
    const spec = specOfOptions({ cron, event, timezone: timezone ?? context.environment.timezone });
    const { artifacts, covers, notes } = await entries.preview(kind, spec, {
      ...(id === undefined ? {} : { timingId: id }),
      ...(signsIn === true && { signsIn }),
      ...(from === undefined ? {} : { fromMs: Date.parse(from) }),
    });
    return { kind, artifacts: [...artifacts], covers, notes: [...notes] };
  },
  text: ({ artifacts, covers, notes }, view) =>
    blocks(
      ...artifacts.map(({ path, content }) =>
        `${view.style('bold', view.plain(path))}\n${plainLines(content)}`.trimEnd(),
      ),
      covers === 'exact'
        ? 'Fires exactly when the group is due.'
        : 'Fires whenever the group is due, and also at other times, when it exits without running anything.',
      ...notes.map((note) => `${view.style('yellow', 'Note:')} ${view.plain(note)}`),
    ),
});

interface Asked {
  readonly cron: readonly string[] | undefined;
  readonly event: readonly EventName[] | undefined;
  readonly timezone: string;
}

function specOfOptions({ cron, event, timezone }: Asked): ScheduleSpec {
  const events = knownEvents(event ?? []);
  if (cron !== undefined && events === null) return cronSpec(cron.join('; '), timezone);
  if (cron === undefined && events !== null) return { kind: 'event', events, timezone };
  throw new SchedulerError('usage/missing-argument', 'os preview needs either --cron or --event, and not both.');
}
