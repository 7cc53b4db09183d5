import { defineCommand } from '../../command.ts';
import { required, text } from '../../option.ts';

export const fleetRemoveCommand = defineCommand({
  name: 'fleet remove',
  byPerson: true,
  summary: 'Remove a member that is gone for good, and no longer accept its key on this machine.',
  description:
    'Refused while the member is alive: use `fleet leave` there. Its shared tasks stay. On the other members, its key stays accepted.',
  positionals: { member: required(text('Name of the member, as `fleet members` shows it.', 'MEMBER')) },
  options: {},
  answers: 'member: as in `fleet members`.',
  examples: [{ line: 'fleet remove server-2', does: 'forget a machine that was scrapped' }],
  run: async (context, { member }) => ({
    member: await (await (await context.application()).fleet()).remove(member, 'cli'),
  }),
  text: ({ member: { name } }, view) => `Removed ${view.plain(name)} from the fleet.`,
});
