import { defineCommand } from '../../command.ts';
import { describeFleet } from './describe-fleet.ts';

export const fleetStatusCommand = defineCommand({
  name: 'fleet status',
  summary: 'Show the fleet of this machine: its key, its database, and definitions that it refused.',
  description: 'Takes over what other members changed, if the database answers.',
  positionals: {},
  options: {},
  answers:
    'fleet: fleetId, address, invitation (the address without its password), name, tags, fingerprint, problem (null if the database answers), sharedTasks, refused (taskId, taskName, revision, reason, message, authorId, fingerprint, at); null if this machine is in no fleet.',
  examples: [{ line: 'fleet status', does: 'show the key of this machine, to compare it elsewhere' }],
  run: async (context) => {
    const fleet = await (await context.application()).fleet();
    if ((await fleet.state())?.problem === null) await fleet.sync();
    return { fleet: await fleet.state() };
  },
  text: ({ fleet }, view) =>
    fleet === null ? 'This machine is in no fleet. `fleet join URL` joins one.' : describeFleet(fleet, view),
});
