import { defineCommand } from '../../command.ts';

export const webTokensCommand = defineCommand({
  name: 'web tokens',
  reads: true,
  summary: 'List the tokens that sign in to the window in a browser. The tokens themselves are not stored.',
  positionals: {},
  options: {},
  answers: 'tokens: name, readOnly, agent (true, or absent), createdAt, lastSignInAt (or null).',
  examples: [{ line: 'web tokens', does: 'list the tokens and when each was last used' }],
  run: async (context) => ({ tokens: (await (await context.application()).webTokens()).list() }),
  text: ({ tokens }, view) =>
    view.table(
      tokens,
      [
        { title: 'NAME', cell: ({ name }) => view.plain(name), whole: true },
        {
          title: 'MAY',
          cell: ({ readOnly, agent }) =>
            `${readOnly ? 'read' : 'read and change'}${agent === true ? ', as an agent' : ''}`,
        },
        { title: 'CREATED', cell: ({ createdAt }) => view.instant(createdAt) },
        {
          title: 'LAST SIGN-IN',
          cell: ({ lastSignInAt }) => (lastSignInAt === null ? 'never' : view.instant(lastSignInAt)),
        },
      ],
      'No tokens. `ncp-scheduler web create-token --name NAME` creates one.',
    ),
});
