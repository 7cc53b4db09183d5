import { defineCommand } from '../../command.ts';
import { blocks } from '../../text/describe-task.ts';

export const secretsListCommand = defineCommand({
  name: 'secrets list',
  reads: true,
  summary: 'List the names of the stored secrets. No command shows their values.',
  positionals: {},
  options: {},
  answers:
    'secrets: name, updatedAt; problem (why secrets cannot be stored here, or null), note (about the key, or null).',
  examples: [{ line: 'secrets list', does: 'list the secrets and where their key is' }],
  run: async (context) => (await (await context.application()).secrets()).list(),
  text: async ({ secrets, problem, note }, view) =>
    blocks(
      await view.table(
        secrets,
        [
          { title: 'NAME', cell: ({ name }) => view.plain(name), whole: true },
          { title: 'SET', cell: ({ updatedAt }) => view.instant(updatedAt) },
        ],
        'No secrets.',
      ),
      problem === null ? '' : `${view.style('yellow', 'Secrets cannot be stored here:')} ${view.plain(problem)}`,
      problem !== null || note === null ? '' : view.plain(note),
    ),
});
