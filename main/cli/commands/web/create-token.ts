import { defineCommand } from '../../command.ts';
import { flag, required, text } from '../../option.ts';

export const webCreateTokenCommand = defineCommand({
  name: 'web create-token',
  byPerson: true,
  summary: 'Create a token for a browser or an agent that reaches this machine through `serve --web`.',
  description:
    'The token is shown once. Anyone who has it can do everything in the window that you can, or only look with --read-only, until you revoke it. With --agent, it opens no window: an agent sends it to the address of the window with /mcp at its end, and its changes need your approval as those of other agents do. The history shows what was changed under its name.',
  positionals: {},
  options: {
    name: required(text('Name of the token, for example the device that uses it.', 'NAME')),
    'read-only': flag('The token shows everything, and changes and runs nothing.'),
    agent: flag('The token is for an agent: it signs in no person, and only works at /mcp.'),
  },
  answers: 'secret (the token), token (name, readOnly, agent (true, or absent), createdAt, lastSignInAt).',
  examples: [
    { line: 'web create-token --name phone', does: 'create a token for your phone' },
    { line: "web create-token --name 'wall display' --read-only", does: 'create a token that can only look' },
    { line: 'web create-token --name laptop --agent', does: 'let an agent on your laptop propose changes here' },
  ],
  run: async (context, args) => {
    const tokens = await (await context.application()).webTokens();
    return tokens.create(args.name, args['read-only'], args.agent ? 'agent' : 'person');
  },
  text: ({ secret, token }, view) =>
    `${secret}\nThis token is shown only now. ${token.agent === true ? forAgent : forPerson}${
      token.readOnly ? ' It can only look.' : ''
    }\nTo revoke it: ncp-scheduler web revoke-token '${view.plain(token.name)}'`,
});

const forPerson = 'Enter it on the sign-in page that `serve --web` shows.';
const forAgent =
  'The agent sends it in the header "Authorization: Bearer TOKEN", to the address that `serve --web` shows with /mcp at its end.';
