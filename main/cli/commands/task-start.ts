import { defineService } from '../command.ts';
import type { Approval } from '../../contract/control.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { safeLine } from '../../domain/escaped-text.ts';
import { wireError } from '../../application/wire-error.ts';
import { text } from '../option.ts';
import { taskPositional } from './positionals.ts';

export const taskStartCommand = defineService({
  name: '_task-start',
  summary: 'Run a task now, and report as soon as the run has started. Called by `trigger --no-wait`.',
  positionals: taskPositional,
  options: {
    proposal: text('Id of the proposal that this run applies. Used together with --basis.', 'ID'),
    basis: text('Run only if the task and its MCP server still have this fingerprint.', 'FINGERPRINT'),
  },
  answers: 'one line of JSON with execution, still running, or error.',
  examples: [{ line: '_task-start Backup', does: 'run the task; the process lives until the run ends' }],
  stream: async (context, { task, proposal, basis }) => {
    const { stdout, environment } = context;
    let announced = false;
    const announce = (line: object): Promise<void> => {
      announced = true;
      return stdout.write(`${safeLine(line)}\n`);
    };
    try {
      const execution = await (
        await (await context.application()).runs()
      ).trigger(task, {
        trigger: 'manual',
        approval: approvalOf(proposal, basis),
        stop: environment.stop,
        onStarted: (started) => announce({ execution: started }),
      });
      if (!announced) await announce({ execution });
      return 0;
    } catch (error) {
      if (announced) throw error;
      await announce({ error: wireError(error) });
      return 1;
    }
  },
});

/** Half of an approval must not start an unchecked run. */
function approvalOf(proposalId: string | undefined, basis: string | undefined): Approval | undefined {
  if (proposalId === undefined && basis === undefined) return undefined;
  if (proposalId !== undefined && basis !== undefined) return { proposalId, basis };
  throw new SchedulerError('usage/missing-argument', '--proposal and --basis must be used together.');
}
