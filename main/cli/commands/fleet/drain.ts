import { defineCommand } from '../../command.ts';
import { flag, required, text } from '../../option.ts';

export const fleetDrainCommand = defineCommand({
  name: 'fleet drain',
  byPerson: true,
  summary: 'Let a member finish what runs and take no new slots of shared tasks, for example before maintenance.',
  description:
    'A member whose app or `serve` runs knows it at once, the others at their next fire. Local tasks and manual runs are not affected.',
  positionals: { member: required(text('Name of the member, as `fleet members` shows it.', 'MEMBER')) },
  options: { undo: flag('Let it take slots again.') },
  answers: 'member: as in `fleet members`.',
  examples: [
    { line: 'fleet drain server-2', does: 'leave the next slots to the other members' },
    { line: 'fleet drain server-2 --undo', does: 'let server-2 take slots again' },
  ],
  run: async (context, { member, undo }) => ({
    member: await (await (await context.application()).fleet()).drain(member, !undo, 'cli'),
  }),
  text: ({ member: { name, draining, running } }, view) =>
    draining
      ? `${view.plain(name)} takes no new slots. Runs in progress there: ${running}.`
      : `${view.plain(name)} takes slots again.`,
});
