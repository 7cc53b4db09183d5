import { resolve } from 'node:path';
import {
  clashPolicySchema,
  importActionSchema,
  importKindSchema,
  installedKindSchema,
} from '../../contract/transfer.ts';
import type { ClashPolicy, ImportAction, ImportKind, ImportReport, InstalledKind } from '../../contract/transfer.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { defineCommand } from '../command.ts';
import type { TransferOperations } from '../../application/application.ts';
import { flag, invalid, list, oneOf, text } from '../option.ts';
import type { Option } from '../option.ts';
import { describeImport } from '../text/describe-import.ts';

const decisions: Option<Record<string, ImportAction> | undefined> = {
  ...list('One change, by its key, id or name: add, replace or skip. Wins over --replace and --skip.', 'TASK=ACTION'),
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

export const importCommand = defineCommand({
  name: 'import',
  summary: 'Take tasks from a file or another scheduler of this machine, or MCP servers from another program.',
  description:
    'The file is an export of NCP Scheduler, a schedule.json, a crontab, a systemd timer (or a folder of them), a launchd agent (or a folder of them), a task of Task Scheduler as XML, or a file with mcpServers such as that of Claude Desktop; --from-system reads what is installed here instead. What comes from another scheduler is imported paused, and what cannot be said here is listed with the reason. See what would change with --dry-run first. A task that is here already is skipped; one whose id or name has another definition here is added beside it, renamed and paused, unless --replace or --skip says otherwise. Settings that were set here stay unless --replace is given. All tasks come in one transaction.',
  positionals: { file: text('The file or folder.', 'FILE') },
  options: {
    'dry-run': flag('Say what would change, and change nothing.'),
    kind: oneOf('What the file is. Default: by its content.', importKindSchema.options),
    'from-system': oneOf(
      'Read what this scheduler runs for you here, without entries of ours; or the MCP servers of Claude Desktop and of the profiles of ncp.',
      installedKindSchema.options,
    ),
    replace: flag('Where the id or name of a task is taken, the definition of the file wins. So do its settings.'),
    skip: flag('Where the id or name of a task is taken, what is here stays.'),
    decide: decisions,
    'no-settings': flag('Leave settings and MCP servers alone.'),
  },
  answers:
    'kind, dryRun, importId, changes (what, key, name, action, choices, taskId, source, schedule, runs, paused, reason, fields, notes), notes, warnings. action is add, replace, skip or refused.',
  examples: [
    { line: 'import schedule.ncp.json --dry-run', does: 'every change it would make' },
    {
      line: 'import schedule.ncp.json --replace --decide "Backup=skip"',
      does: 'takes the definitions of the file, but not that of Backup',
    },
  ],
  run: async (context, args) => {
    const transfer = await (await context.application()).transfer();
    const source = await sourceOf(args, transfer);
    const options = { policy: policyOf(args), settings: !args['no-settings'] };
    const planned = await transfer.preview(source, { ...options, decisions: {} });
    const chosen = { ...options, decisions: byKey(args.decide ?? {}, planned) };
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
  args: {
    readonly file: string | undefined;
    readonly kind: ImportKind | undefined;
    readonly 'from-system': InstalledKind | undefined;
  },
  transfer: TransferOperations,
): ReturnType<TransferOperations['read']> {
  const system = args['from-system'];
  if ((args.file === undefined) === (system === undefined)) {
    throw new SchedulerError(
      'usage/missing-argument',
      'Give a FILE, or --from-system with the scheduler to read, and only one of them.',
    );
  }
  if (system !== undefined) return transfer.installed(system);
  return transfer.read(resolve(args.file ?? ''), args.kind ?? null);
}

function policyOf({ replace, skip }: { readonly replace: boolean; readonly skip: boolean }): ClashPolicy {
  if (replace && skip) {
    throw new SchedulerError(
      'usage/conflicting-options',
      '--replace and --skip say opposite things: give one of them.',
    );
  }
  return replace ? clashPolicySchema.enum.replace : skip ? clashPolicySchema.enum.skip : clashPolicySchema.enum.copy;
}

/** Decisions name what a person sees: a key, an id or a name. */
function byKey(given: Readonly<Record<string, ImportAction>>, { changes }: ImportReport): Record<string, ImportAction> {
  return Object.fromEntries(
    Object.entries(given).map(([wanted, action]) => {
      const decidable = changes.filter(({ choices }) => choices.length > 0);
      const exact = decidable.filter(({ key }) => key === wanted);
      const found =
        exact.length > 0 ? exact : decidable.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
      const [only, second] = found;
      if (only !== undefined && second === undefined) return [only.key, action];
      const keys = (found.length === 0 ? decidable : found).map(({ key }) => key);
      const problem =
        found.length === 0 ? 'Nothing in the file has this name.' : 'Several have this name: use the key.';
      throw new SchedulerError('usage/unknown-decision', `--decide "${wanted}": ${problem}`, {
        decision: wanted,
        keys,
      });
    }),
  );
}
