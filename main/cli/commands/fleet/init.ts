import { defineCommand } from '../../command.ts';
import { flag } from '../../option.ts';
import { databaseUrl, urlPositional } from './database-url.ts';

export const fleetInitCommand = defineCommand({
  name: 'fleet init',
  byPerson: true,
  summary: 'Prepare a PostgreSQL database for a fleet: machines that share tasks. Upgrades an older one.',
  description:
    'Creates the schema ncp, or upgrades it. Another host needs TLS that checks its certificate. With --print, nothing is changed: an administrator runs the SQL, which also creates the roles ncp_member and ncp_viewer.',
  positionals: urlPositional,
  options: { print: flag('Print the SQL and change nothing.') },
  answers: 'fleet (id, schemaVersion, address), or null with --print; script: the SQL with --print, else null.',
  examples: [
    { line: 'fleet init postgresql://postgres@localhost/ncp', does: 'create a fleet' },
    { line: 'fleet init --print', does: 'show the SQL for an administrator' },
  ],
  run: async (context, { url, print }) => {
    const fleet = await (await context.application()).fleet();
    if (print) return { fleet: null, script: fleet.script() };
    const made = await fleet.init(await databaseUrl(url, context.environment));
    return { fleet: made, script: null };
  },
  text: ({ fleet, script }, view) => {
    if (fleet === null) return script ?? '';
    return `The database ${view.plain(fleet.address)} is ready (schema ${fleet.schemaVersion}). On each machine: ncp-scheduler fleet join URL --name NAME`;
  },
});
