import { defineCommand } from '../../command.ts';

const keys = {
  own: 'this machine',
  accepted: 'accepted',
  waiting: 'not accepted',
  changed: 'CHANGED',
  withdrawn: 'withdrawn',
} as const;

export const fleetMembersCommand = defineCommand({
  name: 'fleet members',
  reads: true,
  summary: 'List the members of the fleet, whether they are alive, and whether their keys are accepted here.',
  positionals: {},
  options: {},
  answers:
    'members: id, name, tags, fingerprint, key (own, accepted, waiting, changed, withdrawn), version, alive, seenAt, draining, servers, secrets (their names), running, limit (null: unlimited), nextRunAt, clockOffsetMs.',
  examples: [{ line: 'fleet members', does: 'see which machines are alive' }],
  run: async (context) => ({ members: await (await (await context.application()).fleet()).members() }),
  text: ({ members }, view) =>
    view.table(
      members,
      [
        { title: 'NAME', cell: ({ name }) => view.plain(name), whole: true },
        {
          title: 'STATE',
          cell: ({ alive, draining }) => `${alive ? 'alive' : 'not seen'}${draining ? ', drained' : ''}`,
        },
        { title: 'LAST SEEN', cell: ({ seenAt }) => view.instant(seenAt), spare: 2 },
        { title: 'RUNNING', cell: ({ running }) => String(running), align: 'right', spare: 3 },
        { title: 'NEXT RUN', cell: ({ nextRunAt }) => view.instant(nextRunAt ?? undefined), spare: 4 },
        { title: 'TAGS', cell: ({ tags }) => view.plain(tags.join(', ') || '-') },
        { title: 'VERSION', cell: ({ version }) => view.plain(version), spare: 1 },
        { title: 'KEY', cell: ({ key }) => keys[key] },
        { title: 'FINGERPRINT', cell: ({ fingerprint }) => fingerprint, whole: true },
      ],
      'The fleet has no members.',
    ),
});
