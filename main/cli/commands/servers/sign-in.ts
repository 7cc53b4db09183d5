import { createInterface } from 'node:readline';
import { messageOf } from '../../../domain/errors.ts';
import { defineCommand } from '../../command.ts';
import { required, text } from '../../option.ts';

export const serversSignInCommand = defineCommand({
  name: 'servers sign-in',
  byPerson: true,
  summary: 'Sign in to an MCP server with OAuth, in your browser.',
  description:
    'Prints the page to sign in, and opens it where there is a display. The browser returns to this machine. If it runs on another machine, it ends at an address that it cannot reach: paste that address here. Tasks then use the sign-in, which is renewed as long as the service allows it. The tokens are stored encrypted, as secrets are.',
  positionals: { name: required(text('Name of the server.', 'SERVER')) },
  options: {},
  answers: 'signIn: server, state, page, signedInAt, problem.',
  examples: [{ line: 'servers sign-in linear', does: 'sign in to the server that is configured as linear' }],
  run: async (context, { name }) => {
    const { stdin, stderr, isTerminal, canAsk = isTerminal, stop } = context.environment;
    const signIns = await (await context.application()).signIns();
    const { page } = await signIns.begin(name);
    const finished = signIns.finished(name);
    const cancel = (): void => signIns.cancel(name);
    stop.addEventListener('abort', cancel, { once: true });
    stderr.write(`Sign in at this page:\n${page}\n`);
    const lines = canAsk ? createInterface({ input: stdin, output: stderr }) : null;
    lines?.on('line', (line) => {
      if (line.trim() !== '')
        signIns.complete(name, line).catch((problem: unknown) => stderr.write(`${messageOf(problem)}\n`));
    });
    try {
      if (await signIns.open(page)) stderr.write('It opens in your browser.\n');
      if (lines !== null) stderr.write('If the browser runs on another machine, paste the address at which it ends:\n');
      await finished;
    } finally {
      stop.removeEventListener('abort', cancel);
      lines?.close();
    }
    return { signIn: signIns.list().signIns.find(({ server }) => server === name) ?? null };
  },
  text: ({ signIn }, view) => `Signed in to ${view.plain(signIn?.server ?? '')}. Tasks use this sign-in from now on.`,
});
