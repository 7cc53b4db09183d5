import { exitCodes } from '../../contract/exit-codes.ts';
import type { UninstallStep } from '../../contract/uninstall.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../option.ts';
import { confirmed } from '../question.ts';
import type { TextView } from '../text/view.ts';

const names: Readonly<Record<UninstallStep['what'], string>> = {
  service: 'service',
  'os-entry': 'entry of the OS scheduler',
  autostart: 'start at login',
  'shell-command': 'shell command',
  agent: 'server in the settings of an agent',
  fleet: 'membership in the fleet',
  cache: 'cache',
  data: 'data',
};
const changes: Readonly<Record<UninstallStep['change'], string>> = {
  removed: 'Removed',
  'would-remove': 'Would remove',
  failed: 'Could not remove',
  kept: 'Kept',
};

export const uninstallCommand = defineCommand({
  name: 'uninstall',
  byPerson: true,
  summary: 'Remove what NCP Scheduler put on this machine; with --purge, also your tasks and their history.',
  description:
    'Removes the service, the entries in the OS scheduler, start at login, the shell command, the server in the settings of agents, and caches; with --purge, also the membership in a fleet. Copies that it made of the settings of agents stay beside them. It says how to remove the program itself. Other data directories are not touched.',
  positionals: {},
  options: {
    purge: flag(
      'Also delete tasks, history, logs, settings and secrets; for the default data directory also the key, which secrets of your other data directories need. This cannot be undone.',
    ),
    'dry-run': flag('Show what would be removed, and change nothing.'),
    yes: flag('Do not ask.'),
  },
  answers:
    'steps: what, path, change (removed, would-remove, failed, kept), detail. left: sentences about what is still there and how to remove it.',
  examples: [
    { line: 'uninstall --dry-run', does: 'show what would be removed' },
    { line: 'uninstall --yes', does: 'remove everything but your tasks and their history' },
  ],
  run: async (context, args) => {
    const application = await context.application();
    const dryRun = args['dry-run'];
    if (!dryRun && !args.yes) {
      const { dataDir } = application;
      const loss = args.purge ? ` and delete all tasks, history, logs and secrets in ${dataDir} for good` : '';
      const question = `Remove NCP Scheduler from this machine${loss}?`;
      const unasked = 'uninstall asks before it removes anything. Without a terminal, add --yes.';
      if (!(await confirmed(context.environment, { question, unasked }))) {
        throw new SchedulerError('usage/declined', 'Nothing was removed.');
      }
    }
    const done = context.progress('Removing NCP Scheduler');
    try {
      return await (await application.uninstall()).run({ purge: args.purge, dryRun });
    } finally {
      done();
    }
  },
  exitCode: ({ steps }) => (steps.some(({ change }) => change === 'failed') ? exitCodes.store : exitCodes.done),
  text: ({ steps, left }, view) =>
    [...steps.map((step) => line(step, view)), '', 'Still there:', ...left.map((item) => `- ${view.plain(item)}`)].join(
      '\n',
    ),
});

function line({ what, path, change, detail }: UninstallStep, view: TextView): string {
  const why = detail === null ? '' : `: ${view.plain(detail)}`;
  return `${changes[change]} ${view.plain(path)} (${names[what]})${why}`;
}
