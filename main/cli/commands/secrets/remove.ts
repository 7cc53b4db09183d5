import { defineCommand } from '../../command.ts';
import { secretPositional } from '../positionals.ts';

export const secretsRemoveCommand = defineCommand({
  name: 'secrets remove',
  byPerson: true,
  summary: 'Delete a secret. Tasks that use it fail from then on.',
  positionals: secretPositional,
  options: {},
  answers: 'name.',
  examples: [{ line: 'secrets remove GITHUB_TOKEN', does: 'delete this secret' }],
  run: async (context, { name }) => {
    (await (await context.application()).secrets()).remove(name);
    return { name };
  },
  text: ({ name }, view) => `Removed ${view.plain(name)}. Tasks that use it will fail.`,
});
