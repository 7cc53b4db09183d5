import { defineCommand } from '../command.ts';
import { flag } from '../option.ts';
import { isTruncated } from '../../contract/log-format.ts';
import { TerminalText } from '../text/terminal-text.ts';
import { runOrNewest } from './newest-run.ts';
import { runOrTaskPositional } from './positionals.ts';

export const logCommand = defineCommand({
  name: 'log',
  reads: true,
  summary: 'Print the log of a run, or of the newest run of a task.',
  description:
    'Each line begins with its time and its stream: out, err, or sys for messages of the scheduler. The bytes are printed unchanged; on a terminal, control sequences other than colours are shown as text.',
  positionals: runOrTaskPositional,
  options: { follow: flag('Keep printing until the run ends.') },
  answers: 'executionId, log, truncated (true if output was left out because of the size limit).',
  examples: [
    { line: 'log RUN', does: 'print the whole log' },
    { line: 'log Backup', does: 'print the log of the newest run of this task' },
    { line: 'log RUN --follow', does: 'print the log as it is written, until the run ends' },
  ],
  run: async (context, { run: id, follow }) => {
    const application = await context.application();
    const [executions, logs] = [await application.executions(), await application.logs()];
    const { executionId } = await runOrNewest(application, id);
    if (follow) await ended(logs.stream(executionId, context.environment.stop));
    const log = logs.whole(executions.find(executionId)).toString('utf8');
    return { executionId, log, truncated: isTruncated(log) };
  },
  text: ({ log }) => log,
  stream: async (context, { run: id, follow }) => {
    const application = await context.application();
    const [execution, logs] = [await runOrNewest(application, id), await application.logs()];
    const { stdout, environment } = context;
    const terminal = environment.isTerminal ? new TerminalText() : null;
    const write = (bytes: Buffer): Promise<void> => stdout.write(terminal === null ? bytes : terminal.write(bytes));
    if (!follow) await write(logs.whole(execution));
    else {
      for await (const bytes of logs.stream(execution.executionId, environment.stop)) {
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
