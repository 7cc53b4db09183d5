import type { LogChunk } from '../../../contract/log-chunk.ts';
import { defineCommand } from '../../command.ts';
import { required, text } from '../../option.ts';

export const fleetLogCommand = defineCommand({
  name: 'fleet log',
  reads: true,
  summary: 'Print the log of a run on any member of the fleet, as far as it is written.',
  description:
    'The member that ran it sends it, so its app or `serve` must run, and it must have accepted the key of this machine. The lines are as in `log`.',
  positionals: { run: required(text('Id of the run, as `fleet runs` shows it.', 'RUN')) },
  options: {},
  answers: 'executionId, log, complete (false while the run goes on).',
  examples: [{ line: 'fleet log RUN', does: 'read why it failed on server-2' }],
  run: async (context, { run: executionId }) => {
    const fleet = await (await context.application()).fleet();
    const parts: string[] = [];
    let chunk: LogChunk | null = null;
    do {
      chunk = await fleet.readLog({ executionId, offset: chunk?.nextOffset ?? 0 });
      parts.push(chunk.text);
    } while (chunk.nextOffset < chunk.size && chunk.text !== '');
    return { executionId, log: parts.join(''), complete: chunk.complete };
  },
  text: ({ log }, view) => view.lines(log),
});
