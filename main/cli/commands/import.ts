import { resolve } from 'node:path';
import { clashPolicySchema, importActionSchema, fileKindSchema, installedKindSchema } from '../../contract/transfer.ts';
import type { ClashPolicy, FileKind, ImportAction, ImportReport, InstalledKind } from '../../contract/transfer.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { defineCommand, type CommandContext } from '../command.ts';
import type { TransferOperations } from '../../application/operations.ts';
import { flag, invalid, list, oneOf, text } from '../option.ts';
import type { Option } from '../option.ts';
import { wholeInput } from '../values/whole-input.ts';
import { describeImport } from '../text/describe-import.ts';

/** Most that `import -` reads, in bytes: far more than an export of 10,000 tasks has. */
const mostInput = 64 * 1024 * 1024;

const decisions: Option<Record<string, ImportAction> | undefined> = {
  ...list(
    'What to do with one item, by its key, id or name: add, replace or skip. Overrides --replace and --skip.',
    'TASK=ACTION',
  ),
  read: (raw, name) => {
    if (raw.length === 0) return undefined;
    return Object.fromEntries(
      raw.map((text) => {
        const [, task = '', action = ''] = /^(.+)=(\w+)$/s.exec(text) ?? [];
        const known = importActionSchema.safeParse(action);
        if (!known.success) throw invalid(name, text, 'TASK=add, TASK=replace or TASK=skip');
        return [task, known.data];
      }),
    );
  },
};

const names: Option<Record<string, string> | undefined> = {
  ...list('Another name for one task, by its key, id or name.', 'TASK=NAME'),
  read: (raw, option) => {
    if (raw.length === 0) return undefined;
    return Object.fromEntries(
      raw.map((text) => {
        const [, task = '', name = ''] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
        if (name.trim() === '' || name.length > 200)
          throw invalid(option, text, 'TASK=NAME, NAME with at most 200 characters');
        return [task.trim(), name.trim()];
      }),
    );
  },
};

export const importCommand = defineCommand({
  name: 'import',
  byPerson: true,
  summary: 'Import tasks from a file or another scheduler, or MCP servers from another program.',
  description:
    'FILE is an export of NCP Scheduler, a schedule.json, a crontab, a systemd timer or launchd agent (or a folder of them), a Task Scheduler task as XML, or a file with MCP servers such as those of Claude Desktop and VS Code. --from-system imports what is installed on this machine instead. Use --dry-run first to see what would change. Tasks from another scheduler are imported paused. So are the active tasks of an export that another machine made or that was changed since, unless you use --keep-active. Permissions of agents are never imported. What cannot be imported is listed with the reason. A task that already exists is skipped. If its id or name belongs to a different task, it is added under a new name and paused, unless you use --replace or --skip. Existing settings are kept unless you use --replace. All tasks are imported in one transaction.',
  positionals: { file: text('File or folder to import; - for standard input.', 'FILE') },
  options: {
    'dry-run': flag('Show what would change without changing anything.'),
    kind: oneOf('Type of FILE. Default: detected from its content.', fileKindSchema.options),
    'from-system': oneOf(
      'Import what this scheduler runs for you on this machine, except the entries of NCP Scheduler. agents: what Claude Desktop, Claude Code, Codex, goose, hermes and mcp-cron schedule themselves. mcp-servers: the MCP servers of Claude Desktop and ncp.',
      installedKindSchema.options,
    ),
    replace: flag('If the id or name of a task is taken, replace the existing task. Also replace settings.'),
    skip: flag('If the id or name of a task is taken, keep the existing task.'),
    decide: decisions,
    name: names,
    move: flag(
      'With --from-system crontab or agents: switch the imported entries off there, and activate the tasks here. `undo` reverses both.',
    ),
    'no-settings': flag('Do not import settings and MCP servers.'),
    'keep-active': flag('Keep active tasks active, even if the file comes from another machine.'),
  },
  answers:
    'kind, elsewhere, dryRun, importId, moved (number of crontab lines or schedules that were switched off, or null), changes (what, key, name, action, choices, taskId, source, schedule, runs, paused, reason, fields, notes), notes, warnings. action is add, replace, skip or refused.',
  examples: [
    { line: 'import schedule.ncp.json --dry-run', does: 'show every change that the import would make' },
    {
      line: 'import --from-system crontab --move',
      does: 'move your cron jobs: comment their lines out in the crontab, and run them here',
    },
    {
      line: 'import --from-system agents --dry-run',
      does: 'show what your AI agents schedule themselves, and how it would run here',
    },
    {
      line: 'import -',
      does: 'import what another program writes: ssh web ncp-scheduler export | ncp-scheduler import -',
    },
    {
      line: 'import schedule.ncp.json --replace --decide "Backup=skip"',
      does: 'replace existing tasks, except Backup',
    },
  ],
  run: async (context, args) => {
    const transfer = await (await context.application()).transfer();
    const source = await sourceOf(context, args, transfer);
    const options = {
      ...{ policy: policyOf(args), settings: !args['no-settings'], keepActive: args['keep-active'] },
      ...{ move: args.move, names: {} },
    };
    const planned = await transfer.preview(source, { ...options, decisions: {} });
    const decided = byKey(args.decide ?? {}, planned, '--decide');
    const chosen = { ...options, decisions: decided, names: byKey(args.name ?? {}, planned, '--name') };
    if (args['dry-run']) return { ...(await transfer.preview(source, chosen)), dryRun: true };
    const done = context.progress('Importing');
    try {
      return { ...(await transfer.apply(source, chosen, 'cli')), dryRun: false };
    } finally {
      done();
    }
  },
  text: (result, view) => describeImport(result, view),
});

async function sourceOf(
  context: CommandContext,
  args: {
    readonly file: string | undefined;
    readonly kind: FileKind | undefined;
    readonly 'from-system': InstalledKind | undefined;
  },
  transfer: TransferOperations,
): ReturnType<TransferOperations['read']> {
  const system = args['from-system'];
  if ((args.file === undefined) === (system === undefined)) {
    throw new SchedulerError('usage/missing-argument', 'import needs either FILE or --from-system, and not both.');
  }
  if (system !== undefined) return transfer.installed(system);
  if (args.file === '-') {
    return transfer.readContent(
      await wholeInput(context.environment.stdin, mostInput, '`import -` reads'),
      'Standard input',
      args.kind ?? null,
    );
  }
  return transfer.read(resolve(args.file ?? ''), args.kind ?? null);
}

function policyOf({ replace, skip }: { readonly replace: boolean; readonly skip: boolean }): ClashPolicy {
  if (replace && skip) {
    throw new SchedulerError('usage/conflicting-options', 'Use either --replace or --skip, not both.');
  }
  return replace ? clashPolicySchema.enum.replace : skip ? clashPolicySchema.enum.skip : clashPolicySchema.enum.copy;
}

/** Returns decisions or names by key. A person may name an item by its key, its id or its name. */
function byKey<T>(given: Readonly<Record<string, T>>, { changes }: ImportReport, option: string): Record<string, T> {
  return Object.fromEntries(
    Object.entries(given).map(([wanted, value]) => {
      const decidable = changes.filter(({ choices }) => choices.length > 0);
      const exact = decidable.filter(({ key }) => key === wanted);
      const found =
        exact.length > 0 ? exact : decidable.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
      const [only, second] = found;
      if (only !== undefined && second === undefined) return [only.key, value];
      const keys = (found.length === 0 ? decidable : found).map(({ key }) => key);
      const problem =
        found.length === 0
          ? 'No item of the import has this key, id or name.'
          : `Several items have this name. Use a key: ${keys.join(', ')}.`;
      throw new SchedulerError('usage/unknown-decision', `${option} "${wanted}": ${problem}`, {
        decision: wanted,
        keys,
      });
    }),
  );
}
