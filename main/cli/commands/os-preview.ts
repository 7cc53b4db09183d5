import { osSchedulerKindSchema } from '../../contract/settings.ts';
import { defineCommand } from '../command.ts';
import { oneOf, required, text } from '../option.ts';
import { cronSpec } from '../../domain/timing/cron-spec.ts';
import { blocks } from '../text/describe-task.ts';
import { plainLines } from '../../domain/escaped-text.ts';
import { instant } from '../values/instant.ts';

export const osPreviewCommand = defineCommand({
  name: 'os preview',
  summary: 'Show what would be installed for a schedule, on any machine.',
  positionals: {},
  options: {
    kind: required(oneOf('The OS scheduler.', osSchedulerKindSchema.options)),
    cron: required(text('A cron expression.', 'CRON')),
    timezone: text('IANA time zone of --cron. Default: the one of this machine.', 'ZONE'),
    id: text('Id of the group. Default: the one it would get.', 'ID'),
    from: instant('The instant explicit dates are computed from. Default: now.', 'future'),
  },
  answers: 'kind, artifacts (path, content), covers (exact or superset), notes.',
  examples: [{ line: 'os preview --kind systemd --cron "0 9 * * 1-5"', does: 'a timer and a service unit' }],
  run: async (context, { kind, cron, timezone, id, from }) => {
    const entries = await (await context.application()).entries();
    const spec = cronSpec(cron, timezone ?? context.environment.timezone);
    const { artifacts, covers, notes } = await entries.preview(kind, spec, {
      ...(id === undefined ? {} : { timingId: id }),
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
        ? 'Fires exactly at the slots.'
        : 'Fires at every slot and at other times too; nothing runs then.',
      ...notes.map((note) => `${view.style('yellow', 'Note:')} ${view.plain(note)}`),
    ),
});
