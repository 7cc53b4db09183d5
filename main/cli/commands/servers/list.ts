import { defineCommand } from '../../command.ts';

const states = {
  none: 'not signed in',
  waiting: 'waiting for you in the browser',
  'signed-in': 'signed in',
  expired: 'expired',
} as const;

export const serversListCommand = defineCommand({
  name: 'servers list',
  reads: true,
  summary: 'List the MCP servers over HTTP, and whether you are signed in to each.',
  description: 'A server that needs no sign-in, or has a token in its headers, shows as not signed in.',
  positionals: {},
  options: {},
  answers:
    'signIns: server, state (none, waiting, signed-in, expired), page, signedInAt, problem (why a sign-in failed or expired, or null).',
  examples: [{ line: 'servers list', does: 'see which sign-ins have expired' }],
  run: async (context) => (await (await context.application()).signIns()).list(),
  text: async ({ signIns }, view) =>
    view.table(
      signIns,
      [
        { title: 'SERVER', cell: ({ server }) => view.plain(server), whole: true },
        { title: 'SIGN-IN', cell: ({ state }) => states[state], whole: true },
        { title: 'SINCE', cell: ({ signedInAt }) => (signedInAt === null ? '' : view.instant(signedInAt)) },
        { title: 'PROBLEM', cell: ({ problem }) => view.plain(problem ?? '') },
      ],
      'No MCP servers over HTTP.',
    ),
});
