import { defineCommand } from '../command.ts';
import { flag } from '../option.ts';
import { isTruncated } from '../../contract/log-format.ts';
import { TerminalText } from '../text/terminal-text.ts';
import { runPositional } from './positionals.ts';

export const logCommand = defineCommand({
  name: 'log',
  reads: true,
  summary: 'Print the log of a run.',
  description:
    'Each line begins with its time and its stream: out, err, or sys for messages of the scheduler. The bytes are printed unchanged; on a terminal, control sequences other than colours are shown as text.',
  positionals: runPositional,
  options: { follow: flag('Keep printing until the run ends.') },
  answers: 'executionId, log, truncated (true if output was left out because of the size limit).',
  examples: [
    { line: 'log RUN', does: 'print the whole log' },
    { line: 'log RUN --follow', does: 'print the log as it is written, until the run ends' },
  ],
  run: async (context, { run: id, follow }) => {
    const application = await context.application();
    const [executions, logs] = [await application.executions(), await application.logs()];
    const { executionId } = executions.find(id);
    if (follow) await ended(logs.stream(id, context.environment.stop));
    const log = logs.whole(executions.find(id)).toString('utf8');
    return { executionId, log, truncated: isTruncated(log) };
  },
  text: ({ log }) => log,
  stream: async (context, { run: id, follow }) => {
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
