import { defineCommand } from '../command.ts';
import { flag, required, text } from '../option.ts';

export const webCreateTokenCommand = defineCommand({
  name: 'web create-token',
  byPerson: true,
  summary: 'Create a token for signing in to the window that `serve --web` shows in a browser.',
  description:
    'The token is shown once. Anyone who has it can do everything in the window that you can, or only look with --read-only, until you revoke it. The history shows what was changed under its name.',
  positionals: {},
  options: {
    name: required(text('Name of the token, for example the device that uses it.', 'NAME')),
    'read-only': flag('The token shows everything, and changes and runs nothing.'),
  },
  answers: 'secret (the token), token (name, readOnly, createdAt, lastSignInAt).',
  examples: [
    { line: 'web create-token --name phone', does: 'create a token for your phone' },
    { line: "web create-token --name 'wall display' --read-only", does: 'create a token that can only look' },
  ],
  run: async (context, args) => {
    const tokens = await (await context.application()).webTokens();
    return tokens.create(args.name, args['read-only']);
  },
  text: ({ secret, token }, view) =>
    `${secret}\nThis token is shown only now. Enter it on the sign-in page that \`serve --web\` shows.${
      token.readOnly ? ' It can only look.' : ''
    }\nTo revoke it: ncp-scheduler web revoke-token '${view.plain(token.name)}'`,
});
