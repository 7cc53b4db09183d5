import { changeOf } from '../../contract/probe.ts';
import { defineCommand } from '../command.ts';
import { exitCodeOfRuns } from '../exit-code.ts';
import { manyOf, required, text } from '../option.ts';
import { executionTable } from '../text/describe-execution.ts';
import { instant } from '../values/instant.ts';

export const timingRunCommand = defineCommand({
  name: '_timing-run',
  summary: 'Run the due slots of a group, or only --slot. Called by the OS scheduler.',
  positionals: { group: required(text('Id of the group.', 'GROUP')) },
  options: {
    slot: instant('Run exactly this slot, whatever the time is, unless it has run already.', 'past'),
    event: manyOf('An event for which the entry was started.', ['startup', 'login']),
  },
  answers: 'timingId, executions.',
  examples: [{ line: '_timing-run daily-9am', does: 'run what is due; print nothing if nothing is' }],
  run: async (context, { group, slot, event }) => {
    const application = await context.application();
    const runs = await application.runs();
    if ((await application.primary()) !== null) return runs.fire(group, slot, event);
    const stop = (await application.runWatch()).follow(group, () => context.environment.announceAttention?.());
    try {
      const fired = await runs.fire(group, slot, event);
      if (fired.executions.some(({ result }) => (changeOf(result)?.diff ?? '') !== ''))
        context.environment.announceChange?.();
      // Before the last look of the watch, which finds what this finds. Many entries fire an hour early only for this.
      await application.checkSignIns();
      return fired;
    } finally {
      stop();
    }
  },
  exitCode: ({ executions }) => exitCodeOfRuns(executions),
  text: ({ executions }, view) => (executions.length === 0 ? '' : executionTable(executions, view)),
});
