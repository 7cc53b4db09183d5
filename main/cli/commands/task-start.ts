import { defineService } from '../command.ts';
import { safeLine } from '../../domain/escaped-text.ts';
import { wireError } from '../../application/wire-error.ts';
import { taskPositional } from './positionals.ts';

export const taskStartCommand = defineService({
  name: '_task-start',
  summary: 'Run a task now, and report as soon as the run has started. Called by `trigger --no-wait`.',
  positionals: taskPositional,
  options: {},
  answers: 'one line of JSON with execution, still running, or error.',
  examples: [{ line: '_task-start Backup', does: 'run the task; the process lives until the run ends' }],
  stream: async (context, { task }) => {
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
