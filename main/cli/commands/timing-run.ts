import { defineCommand } from '../command.ts';
import { exitCodeOfRuns } from '../exit-code.ts';
import { required, text } from '../option.ts';
import { executionTable } from '../text/describe-execution.ts';
import { instant } from '../values/instant.ts';

export const timingRunCommand = defineCommand({
  name: '_timing-run',
  summary: 'Fire a timing group: every slot that is due, or exactly --slot. Called by the OS scheduler.',
  positionals: { timing: required(text('Id of the timing group.', 'TIMING')) },
  options: { slot: instant('Exactly this slot, whatever the clock says, and still only once.', 'past') },
  answers: 'timingId, executions.',
  examples: [{ line: '_timing-run daily-9am', does: 'runs what is due, in silence where nothing is' }],
  run: async (context, { timing, slot }) => (await (await context.application()).runs()).fire(timing, slot),
  exitCode: ({ executions }) => exitCodeOfRuns(executions),
  text: ({ executions }, view) => (executions.length === 0 ? '' : executionTable(executions, view)),
});
