import { defineCommand } from '../../command.ts';
import { listedMachine } from '../../values/machine.ts';

export const machinesListCommand = defineCommand({
  name: 'machines list',
  reads: true,
  summary: 'List the machines that `--on` reaches by name, and the hosts of ~/.ssh/config.',
  positionals: {},
  options: {},
  answers:
    'machines: name, host, program, dataDir, colour (null if not set), notify; suggestions: names from ~/.ssh/config that are not among them.',
  examples: [{ line: 'machines list', does: 'show the names for --on' }],
  run: async (context) => {
    const { machines } = (await context.application()).settings.read();
    const list = Object.entries(machines).map(([name, machine]) => listedMachine(name, machine));
    const known = new Set(list.flatMap(({ name, host }) => [name, host]));
    const aliases = (await context.environment.machines()).aliases();
    return { machines: list, suggestions: aliases.filter((alias) => !known.has(alias)) };
  },
  text: async ({ machines, suggestions }, view) => {
    const table = await view.table(
      machines,
      [
        { title: 'NAME', cell: ({ name }) => view.plain(name), whole: true },
        { title: 'HOST', cell: ({ host }) => view.plain(host), whole: true },
        { title: 'PROGRAM', cell: ({ program }) => view.plain(program ?? '-') },
        { title: 'DATA DIRECTORY', cell: ({ dataDir }) => view.plain(dataDir ?? '-') },
      ],
      'No machine has been added. `machines add NAME HOST` adds one; --on also takes user@host.',
    );
    if (suggestions.length === 0) return table;
    return `${table === '' ? '' : `${table}\n`}Also in ~/.ssh/config: ${suggestions.map((alias) => view.plain(alias)).join(', ')}\n`;
  },
});
