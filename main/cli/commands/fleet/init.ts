import { defineCommand } from '../../command.ts';
import { flag } from '../../option.ts';
import { duration } from '../../values/duration.ts';
import { databaseUrl, urlPositional } from './database-url.ts';

export const fleetInitCommand = defineCommand({
  name: 'fleet init',
  byPerson: true,
  summary: 'Prepare a PostgreSQL database for a fleet: machines that share tasks. Upgrades an older one.',
  description:
    'Creates the schema ncp, or upgrades it. Another host needs TLS that checks its certificate. With --print, nothing is changed: an administrator runs the SQL, which also creates the roles ncp_member and ncp_viewer.',
  positionals: urlPositional,
  options: {
    lease: duration(
      'A run whose machine gives no sign of life for so long is lost: 5s to 1h, the same for all members. Members that are running adopt it when they start again. Default: unchanged; 1m in a new fleet.',
      { min: 5000, max: 3_600_000 },
    ),
    print: flag('Print the SQL and change nothing.'),
  },
  answers:
    'fleet (id, schemaVersion, leaseMs, address), or null with --print; script: the SQL with --print, else null.',
  examples: [
    { line: 'fleet init postgresql://postgres@localhost/ncp', does: 'create a fleet' },
    { line: 'fleet init --print', does: 'show the SQL for an administrator' },
  ],
  run: async (context, { url, lease, print }) => {
    const fleet = await (await context.application()).fleet();
    if (print) return { fleet: null, script: fleet.script() };
    const made = await fleet.init(
      await databaseUrl(url, context.environment),
      lease === undefined ? {} : { leaseMs: lease },
    );
    return { fleet: made, script: null };
  },
  text: ({ fleet, script }, view) => {
    if (fleet === null) return script ?? '';
    return `The database ${view.plain(fleet.address)} is ready (schema ${fleet.schemaVersion}). On each machine: ncp-scheduler fleet join URL --name NAME`;
  },
});
