import { defineCommand } from '../command.ts';
import { flag } from '../option.ts';
import { isTruncated } from '../../contract/log-format.ts';
import { TerminalText } from '../text/terminal-text.ts';
import { executionPositional } from './positionals.ts';

export const logCommand = defineCommand({
  name: 'log',
  summary: "Print a run's log, byte for byte.",
  description:
    'On a terminal, control sequences other than colours are shown instead of obeyed. Each line begins with its instant and its stream: out, err, or sys for remarks of the scheduler.',
  positionals: executionPositional,
  options: { follow: flag('Go on until the run has ended.') },
  answers: 'executionId, log, truncated (output was left out at the size limit).',
  examples: [
    { line: 'log EXECUTION', does: 'the whole log' },
    { line: 'log EXECUTION --follow', does: 'as it is written, until the run ends' },
  ],
  run: async (context, { execution: id, follow }) => {
    const application = await context.application();
    const [executions, logs] = [await application.executions(), await application.logs()];
    const { executionId } = executions.find(id);
    if (follow) await ended(logs.stream(id, context.environment.stop));
    const log = logs.whole(executions.find(id)).toString('utf8');
    return { executionId, log, truncated: isTruncated(log) };
  },
  text: ({ log }) => log,
  stream: async (context, { execution: id, follow }) => {
    const application = await context.application();
    const [execution, logs] = [(await application.executions()).find(id), await application.logs()];
    const { stdout, environment } = context;
    const terminal = environment.isTerminal ? new TerminalText() : null;
    const write = (bytes: Buffer): Promise<void> => stdout.write(terminal === null ? bytes : terminal.write(bytes));
    if (!follow) await write(logs.whole(execution));
    else {
      for await (const bytes of logs.stream(id, environment.stop)) {
        await write(bytes);
        if (stdout.closed) break;
      }
    }
    if (terminal !== null) await stdout.write(terminal.end());
    return 0;
  },
});

async function ended(chunks: AsyncGenerator<Buffer>): Promise<void> {
  let chunk = await chunks.next();
  while (chunk.done !== true) chunk = await chunks.next();
}
