import { defineCommand } from '../../command.ts';
import { required, text } from '../../option.ts';
import { machineNamed } from '../../values/machine.ts';

export const machinesTestCommand = defineCommand({
  name: 'machines test',
  reads: true,
  summary: 'Connect to a machine over SSH, and show which version of NCP Scheduler answers.',
  positionals: {
    name: required(text('Name from `machines list`, user@host or a name from ~/.ssh/config.', 'MACHINE')),
  },
  options: {},
  answers:
    'test: version, sameContract (the window of this version can show that machine), machine (name, user, platform, timezone), tookMs.',
  examples: [{ line: 'machines test web', does: 'check sign-in, program and version' }],
  run: async (context, { name }) => {
    const machine = machineNamed('MACHINE', name, (await context.application()).settings.read().machines);
    const end = context.progress(`Connecting to ${machine.host}`);
    try {
      return { test: await (await context.environment.machines()).test(machine) };
    } finally {
      end();
    }
  },
  text: ({ test: { version, sameContract, machine, tookMs } }, view) => {
    const { name, user, platform, timezone } = machine;
    const first = `${view.plain(user)}@${view.plain(name)} answers: NCP Scheduler ${view.plain(version)} on ${view.plain(platform)}, ${view.plain(timezone)}, in ${view.duration(tookMs)}.`;
    if (sameContract) return first;
    return `${first}\n${view.style('yellow', 'Note:')} commands work with --on. To show it in a window, install the same version on both machines.`;
  },
});
