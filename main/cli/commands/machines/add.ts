import { machineColours, machineNameSchema, machineSchema, type Machine } from '../../../contract/machines.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import { defineCommand } from '../../command.ts';
import { listedMachine } from '../../values/machine.ts';
import { flag, oneOf, required, text } from '../../option.ts';

export const machinesAddCommand = defineCommand({
  name: 'machines add',
  byPerson: true,
  summary: 'Add a machine that `--on NAME` reaches over SSH, or replace it.',
  description:
    'Your own ssh signs in, with your keys and ~/.ssh/config. It must not need a password or ask about a host key. The change is in the history and can be undone. `machines test` checks the connection.',
  positionals: {
    name: required(text('What you call the machine.', 'NAME')),
    host: required(text('user@host, ssh://user@host:port or a name from ~/.ssh/config.', 'HOST')),
  },
  options: {
    program: text('Path of ncp-scheduler there. Default: the PATH, ~/.local/bin or /usr/local/bin.', 'PATH'),
    'remote-data-dir': text('Data directory there, as an absolute path. Default: that of the machine.', 'DIR'),
    notify: flag('Show the failures of this machine as notifications here, while the app runs.'),
    colour: oneOf('Colour of the machine in a list.', machineColours),
  },
  answers: 'machine: name, host, program, dataDir, colour (null if not set), notify.',
  examples: [
    { line: 'machines add web kim@web.example.org', does: 'run commands there with --on web' },
    { line: 'machines add nas nas --program /opt/ncp/ncp-scheduler', does: 'say where the program is' },
  ],
  run: async (context, { name, host, program, 'remote-data-dir': dataDir, colour, notify }) => {
    const machine: Machine = {
      host,
      ...(program && { program }),
      ...(dataDir && { dataDir }),
      ...(colour && { colour }),
      ...(notify && { notify }),
    };
    check('NAME', machineNameSchema.safeParse(name).error?.issues[0], name);
    const [issue] = machineSchema.safeParse(machine).error?.issues ?? [];
    check(optionOf[String(issue?.path[0])] ?? 'HOST', issue, issue?.path[0] === 'host' ? host : (dataDir ?? ''));
    const application = await context.application();
    const { machines } = application.settings.read();
    (await application.settingsChanges()).update({ machines: { ...machines, [name]: machine } }, 'cli');
    return { machine: listedMachine(name, machine) };
  },
  text: ({ machine: { name, host } }, view) =>
    `Added ${view.plain(name)} (${view.plain(host)}). Check the connection: ncp-scheduler machines test ${view.plain(name)}`,
});

const optionOf: Readonly<Record<string, string>> = { host: 'HOST', program: '--program', dataDir: '--remote-data-dir' };

function check(field: string, issue: { readonly message: string } | undefined, given: string): void {
  if (issue === undefined) return;
  const shown = JSON.stringify(given.slice(0, 100));
  throw new SchedulerError('usage/invalid-machine', `${field}: ${shown} is not valid. ${issue.message}.`, {
    field,
    given,
  });
}
