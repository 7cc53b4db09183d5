import { defineService } from '../command.ts';

export const bridgeCommand = defineService({
  name: 'bridge',
  summary: 'Serve the calls of the window on standard input and output, for a program on another machine.',
  description:
    'One JSON document a line. The first line is {"hello": {contract, version, machine}}. A request is {"id": 1, "call": "settings.get", "input": {}}; its answer repeats the id. Changes arrive as {"event": NAME, "payload": …}. It ends at the end of its input, and ends its test runs then. Tasks are run by the app or `serve` on this machine; without them, by processes of their own. docs/ssh.md describes it.',
  // A program that speaks to it decides as a person does in the window.
  byPerson: true,
  positionals: {},
  options: {},
  answers: 'none, because standard output carries the protocol.',
  examples: [{ line: 'bridge', does: 'answer the requests on standard input' }],
  stream: async (context) => {
    const { environment } = context;
    const application = await context.application();
    const { stdin, stdout, stderr, stop } = environment;
    const serve = await environment.lineSide();
    await serve({
      ...{ application, stdin, stdout, stop },
      log: (sentence) => void stderr.write(`bridge: ${sentence}\n`),
    });
    // A test run that was started here is cancelled and recorded before the ledger closes.
    await application.stop();
    return 0;
  },
});
