import { defineService } from '../command.ts';
import { safeLine } from '../../domain/escaped-text.ts';
import { wireError } from '../../application/wire-error.ts';
import { taskPositional } from './positionals.ts';

export const taskStartCommand = defineService({
  name: '_task-start',
  summary: 'Run one task now, and say so as soon as it runs. Called by `trigger --no-wait`.',
  positionals: taskPositional,
  options: {},
  answers: 'one line of JSON: the running execution, or an error.',
  examples: [{ line: '_task-start Backup', does: 'the process goes on until the run has ended' }],
  stream: async (context, { task }) => {
    const { stdout, environment } = context;
    let announced = false;
    const announce = (line: object): Promise<void> => {
      announced = true;
      return stdout.write(`${safeLine(line)}\n`);
    };
    try {
      const execution = await (await (await context.application()).runs()).trigger(task, {
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
