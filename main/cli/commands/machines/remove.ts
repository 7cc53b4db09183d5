import { SchedulerError } from '../../../domain/errors.ts';
import { defineCommand } from '../../command.ts';
import { required, text } from '../../option.ts';

export const machinesRemoveCommand = defineCommand({
  name: 'machines remove',
  byPerson: true,
  summary: 'Forget a machine. Nothing changes on it.',
  positionals: { name: required(text('Name of the machine, as `machines list` shows it.', 'NAME')) },
  options: {},
  answers: 'removed: the name.',
  examples: [{ line: 'machines remove web', does: 'forget the machine' }],
  run: async (context, { name }) => {
    const application = await context.application();
    const { machines } = application.settings.read();
    if (!Object.hasOwn(machines, name)) throw noMachine(name, Object.keys(machines));
    const { [name]: _, ...rest } = machines;
    (await application.settingsChanges()).update({ machines: rest }, 'cli');
    return { removed: name };
  },
  text: ({ removed }, view) => `Removed ${view.plain(removed)}. \`undo\` brings it back.`,
});

function noMachine(name: string, known: readonly string[]): SchedulerError {
  const names = known.length === 0 ? 'None has been added.' : `Machines: ${known.join(', ')}.`;
  return new SchedulerError('machine/not-found', `There is no machine ${JSON.stringify(name)}. ${names}`, {
    name,
    known,
  });
}
