import { defineCommand } from '../command.ts';
import { exitCodeOfRuns } from '../exit-code.ts';
import { required, text } from '../option.ts';
import { fireTiming } from '../../application/operations/runs.ts';
import { executionTable } from '../text/describe-execution.ts';
import { instant } from '../../application/instant.ts';

export const timingRunCommand = defineCommand({
  name: '_timing-run',
  summary: 'Fire a timing group: every slot that is due, or exactly --slot. Called by the OS scheduler.',
  positionals: { timing: required(text('Id of the timing group.', 'TIMING')) },
  options: { slot: instant('Exactly this slot, whatever the clock says, and still only once.', 'past') },
  answers: 'timingId, executions.',
  examples: [{ line: '_timing-run daily-9am', does: 'runs what is due, in silence where nothing is' }],
  run: async (context, { timing, slot }) => fireTiming(await context.application(), timing, slot),
  exitCode: ({ executions }) => exitCodeOfRuns(executions),
  text: ({ executions }, view) => (executions.length === 0 ? '' : executionTable(executions, view)),
});
