import type { Application } from '../../application/application.ts';
import { agentProgramNameSchema, agentProgramTitles } from '../../contract/agent-programs.ts';
import type { AgentProgram, AgentProgramName } from '../../contract/agent-programs.ts';
import { safeLine } from '../../domain/escaped-text.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { fileDifference } from '../../domain/file-change/file-difference.ts';
import type { CommandContext } from '../command.ts';
import { flag, oneOf } from '../option.ts';
import type { ValuesOf } from '../option.ts';
import { confirmed } from '../question.ts';
import { TextView } from '../text/view.ts';

const names = agentProgramNameSchema.options;

export const clientOptions = {
  install: oneOf(
    `Add this server to the settings of an agent, after a preview: ${names.join(', ')}. A copy of the file is kept beside it.`,
    names,
    'CLIENT',
  ),
  uninstall: oneOf('Remove it from the settings of that agent, after a preview.', names, 'CLIENT'),
  print: oneOf('Show what to add to the settings of that agent by hand, and change nothing.', names, 'CLIENT'),
  yes: flag('With --install and --uninstall: do not ask.'),
};
type ClientArguments = ValuesOf<typeof clientOptions>;
const actions = ['install', 'uninstall', 'print'] as const;
interface Asked {
  readonly action: (typeof actions)[number];
  readonly client: AgentProgramName;
}

/** Returns what the arguments ask for, if not for the server itself. @throws SchedulerError `usage/…` */
export function askedOfClient(args: ClientArguments): Asked | null {
  const asked = actions.flatMap((action) => {
    const client = args[action];
    return client === undefined ? [] : [{ action, client }];
  });
  if (asked.length > 1) {
    const options = asked.map(({ action }) => `--${action}`);
    throw new SchedulerError('usage/conflicting-options', `Give only one of ${options.join(', ')}.`, { options });
  }
  return asked[0] ?? null;
}

/** Changes or shows the settings of an agent, and prints the result. */
export async function manageClient(context: CommandContext, { action, client }: Asked, yes: boolean): Promise<number> {
  const { environment, stdout, json } = context;
  const application = await context.application();
  const programs = await application.agentPrograms();
  const view = new TextView(environment, application.timeStyle().clock);
  const print = (fields: object, text: string) => stdout.write(`${json ? safeLine({ ok: true, ...fields }) : text}\n`);
  if (action === 'print') {
    const { change: _change, removal: _removal, ...program } = programs.find(client);
    await print({ program }, program.snippet);
    return 0;
  }
  const found = programs.find(client);
  const change = changeOf(found, action);
  if (change === null) {
    await print({ client, state: found.state, path: found.path, backup: null }, nothingToDo(found, action, view));
    return 0;
  }
  const preview = previewOf(found.path, change, view);
  if (!yes) await ask(context, preview);
  const { program, backup } = write(programs, { action, client }, change.basis);
  const done = `${view.plain(program.path)} has been ${change.after === null ? 'deleted' : 'updated'}. Restart ${agentProgramTitles[client]} to apply the change.`;
  const copy = backup === null ? [] : [`The earlier file: ${view.plain(backup)}`];
  await print(
    { client, state: program.state, path: program.path, backup },
    [...(yes ? [preview] : []), done, ...copy].join('\n'),
  );
  return 0;
}

type FileChange = NonNullable<AgentProgram['change']>;

/** Returns what would be written; null if there is nothing to do. @throws SchedulerError `agent/file-refused` */
function changeOf({ path, state, problem, change, removal }: AgentProgram, action: 'install' | 'uninstall') {
  const isDone = action === 'install' ? state === 'connected' : state === 'absent' || state === 'other';
  if (isDone) return null;
  const wanted = action === 'install' ? change : removal;
  if (wanted === null) throw new SchedulerError('agent/file-refused', `${path}: ${problem ?? ''}`, { path });
  return wanted;
}

function nothingToDo({ path, state }: AgentProgram, action: 'install' | 'uninstall', view: TextView): string {
  if (action === 'install') return `${view.plain(path)} starts this installation already.`;
  if (state === 'absent') return `${view.plain(path)} does not have this server.`;
  return `${view.plain(path)} has another server named “schedule”, which is not changed. Remove it by hand.`;
}

function previewOf(path: string, { before, after }: FileChange, view: TextView): string {
  if (after === null) return `${view.plain(path)} would be deleted, because nothing else is in it.`;
  return [`Change of ${view.plain(path)}:`, view.lines(fileDifference(before, after).join('\n'))].join('\n');
}

/** Shows the preview where the person is asked. @throws SchedulerError `usage/…` unless the person agrees */
async function ask({ environment }: CommandContext, preview: string): Promise<void> {
  environment.stderr.write(`${preview}\n`);
  const unasked = 'mcp asks before it changes a file of another program. Without a terminal, add --yes.';
  if (!(await confirmed(environment, { question: 'Write it?', unasked })))
    throw new SchedulerError('usage/declined', 'Nothing was changed.');
}

type AgentPrograms = Awaited<ReturnType<Application['agentPrograms']>>;

const write = (programs: AgentPrograms, { action, client }: Asked, basis: string) =>
  action === 'install' ? programs.connect(client, basis) : programs.disconnect(client, basis);
