import { defineCommand } from '../../command.ts';
import { required, text } from '../../option.ts';

export const webRevokeTokenCommand = defineCommand({
  name: 'web revoke-token',
  byPerson: true,
  summary: 'Revoke a token of the window in a browser. Browsers that signed in with it are signed out at once.',
  positionals: { name: required(text('Name of the token, as `web tokens` shows it.', 'NAME')) },
  options: {},
  answers: 'token (name, readOnly, createdAt, lastSignInAt).',
  examples: [{ line: 'web revoke-token tablet', does: 'sign the tablet out for good' }],
  run: async (context, { name }) => ({ token: (await (await context.application()).webTokens()).revoke(name) }),
  text: ({ token }, view) => `Revoked ${view.plain(token.name)}.`,
});
