import { PassThrough } from 'node:stream';
import { LineClient } from '../../../main/adapters/ssh/line-client.ts';
import { serveLines } from '../../../main/ipc/lines/serve-lines.ts';
import { Listeners, type Binding } from './bound-window.ts';

const machine = { name: 'server', user: 'person', platform: 'linux', timezone: 'UTC' };

/** The real server and client of `ncp-scheduler bridge` over a pair of streams, as over SSH. */
export const overLines: Binding = {
  name: 'standard input and output',
  open: async ({ application }) => {
    const [stdin, stdout] = [new PassThrough(), new PassThrough()];
    const stop = new AbortController().signal;
    const served = serveLines({ application, machine, stdin, stdout, stop, log: () => undefined });
    const { on, tell } = new Listeners();
    const client = new LineClient({
      ...{ input: stdout, output: stdin, onEvent: tell, onGreeting: () => undefined },
      onGarbage: (line) => {
        throw new Error(`The bridge wrote a line that is no document: ${line}`);
      },
    });
    const close = async (): Promise<void> => {
      stdin.end();
      await served;
    };
    // Changes are sent once this has an answer.
    await client.call('app.snapshot', {});
    return { bridge: { call: (name, input) => client.call(name, input), on }, close };
  },
};
