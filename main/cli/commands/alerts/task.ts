import { SchedulerError } from '../../../domain/errors.ts';
import { defineCommand } from '../../command.ts';
import { flag, list, required, text } from '../../option.ts';

export const alertsTaskCommand = defineCommand({
  name: 'alerts task',
  byPerson: true,
  summary: 'Send the alerts of one task to other channels than the rules say, or nowhere.',
  positionals: { task: required(text('Name or id of the task.', 'TASK')) },
  options: {
    channel: list('Channel that receives its alerts.', 'NAME'),
    none: flag('Send no alerts of this task.'),
    reset: flag('Send its alerts where the rules say.'),
  },
  answers: 'alerts, states: as `alerts list`.',
  examples: [{ line: 'alerts task Backup --none', does: 'send no alerts of this task' }],
  run: async (context, { task, channel, none, reset }) => {
    if ([channel !== undefined, none, reset].filter(Boolean).length !== 1)
      throw new SchedulerError('usage/alerts', 'Give one of --channel, --none and --reset.');
    const application = await context.application();
    const { id } = (await (await application.tasks()).get(task)).task;
    const alerts = await application.alerts();
    const { [id]: _, ...rest } = alerts.list().alerts.overrides;
    const overrides = reset ? rest : { ...rest, [id]: { channels: channel ?? [] } };
    return alerts.configure({ overrides }, 'cli');
  },
  text: () => 'Changed. `undo` reverses it.',
});
