import { SchedulerError } from '../../domain/errors.ts';
import { defineCommand } from '../command.ts';
import { flag, required, text } from '../option.ts';
import { executionTable } from '../text/describe-execution.ts';
import { describeFacts } from '../text/describe-proposal.ts';
import { blocks, describeTask, describeWarnings } from '../text/describe-task.ts';

export const approveCommand = defineCommand({
  name: 'approve',
  byPerson: true,
  summary: "Approve an agent's proposal and apply it.",
  description:
    'If the task or its MCP server has changed since the agent asked, look at the new difference with `proposals ID`. It shows a fingerprint: approve exactly that difference with --seen.',
  positionals: { id: required(text('Id of the proposal, as `proposals` shows it.', 'ID')) },
  options: {
    seen: text('Approve what `proposals ID` showed with this fingerprint, and nothing else.', 'FINGERPRINT'),
    anyway: flag('Approve the proposal as it is now, even if the task has changed since the agent asked.'),
  },
  answers: 'proposal, task, execution or executions, warnings.',
  examples: [{ line: 'approve 3f2a9c1b07', does: 'make the change, with the agent as its author' }],
  run: async (context, { id, seen, anyway }) => {
    if (seen !== undefined && anyway) {
      throw new SchedulerError('usage/conflicting-options', 'Use either --seen or --anyway, not both.');
    }
    const { proposals } = await (await context.application()).agents();
    const { proposal, outcome } = await proposals.approve(id, 'cli', { anyway, basis: seen });
    return {
      proposal,
      ...('task' in outcome && { task: outcome.task }),
      ...('execution' in outcome && { execution: outcome.execution }),
      ...('backfill' in outcome && { executions: (await outcome.backfill.finished).executions }),
      ...('testRun' in outcome && outcome.testRun !== undefined && { execution: outcome.testRun }),
      warnings: 'warnings' in outcome ? outcome.warnings : [],
    };
  },
  text: async ({ proposal, task, executions, warnings }, view) =>
    blocks(
      describeFacts(proposal, view),
      executions === undefined ? '' : await executionTable(executions, view),
      task === undefined || proposal.change.action === 'delete' ? '' : describeTask(task, view),
      describeWarnings(warnings, view),
    ),
});
