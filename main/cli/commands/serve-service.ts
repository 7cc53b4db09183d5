import { isAbsolute, resolve } from 'node:path';
import type { ServiceState } from '../../contract/service.ts';
import { exitCodes } from '../../contract/exit-codes.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { safeLine } from '../../domain/escaped-text.ts';
import type { CommandContext } from '../command.ts';
import { flag, type ValuesOf } from '../option.ts';
import { TextView } from '../text/view.ts';

export const serviceOptions = {
  install: flag(
    'Install `serve` as a service of your systemd, launchd or Task Scheduler, with the other options given.',
  ),
  uninstall: flag('Stop and remove that service.'),
  status: flag('Show whether that service is installed and runs.'),
  hardened: flag(
    'With --install on Linux: no new privileges, a /tmp of its own and read-only system folders, for all tasks too. Tasks can then not use sudo, nor files of others in /tmp.',
  ),
};
type ServiceArguments = ValuesOf<typeof serviceOptions>;
const actions = ['install', 'uninstall', 'status'] as const;

/** Returns whether the arguments ask for the service rather than for `serve` itself. @throws SchedulerError `usage/…` */
export function asksForService(args: ServiceArguments): boolean {
  const asked = actions.filter((action) => args[action]);
  if (asked.length > 1) {
    const message = `Give only one of ${asked.map((name) => `--${name}`).join(', ')}.`;
    throw new SchedulerError('usage/conflicting-options', message, { options: asked });
  }
  if (args.hardened && !args.install) {
    throw new SchedulerError(
      'usage/needs-install',
      '--hardened has an effect only with --install. Add --install, or remove it.',
    );
  }
  return asked.length === 1;
}

/**
 * Installs, removes or shows the service, and prints its state.
 * @param serveArguments the words after `serve`, for the service
 */
export async function manageService(
  context: CommandContext,
  args: ServiceArguments,
  serveArguments: readonly string[],
): Promise<number> {
  const application = await context.application();
  const manager = await application.service();
  // Asked before, because the service itself leads the scheduler afterwards.
  const before = await manager.state();
  const leads = args.install && before.running !== true && (await application.primary()) !== null;
  const state = args.install
    ? await manager.install({ args: serveArguments, hardened: args.hardened })
    : args.uninstall
      ? await manager.uninstall()
      : before;
  const waits =
    'Another process leads the scheduler now: the app or another `serve`. The service starts once that has quit.';
  const service = leads ? { ...state, notes: [...state.notes, waits] } : state;
  const { stdout, environment, json } = context;
  const view = new TextView(environment, application.timeStyle().clock);
  await stdout.write(`${json ? safeLine({ ok: true, service }) : describeService(service, view)}\n`);
  return args.status && service.state !== 'installed' ? exitCodes.runFailed : exitCodes.done;
}

/** Returns the options of `serve` as words for the service, with absolute paths. @param given values by option name */
export function wordsOf(given: Readonly<Record<string, string | boolean | undefined>>): string[] {
  const files = new Set(['tls-cert', 'tls-key']);
  return Object.entries(given).flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    if (value === true) return [`--${name}`];
    const isPath = files.has(name) || (name === 'listen' && value.includes('/'));
    return [`--${name}`, isPath && !isAbsolute(value) ? resolve(value) : value];
  });
}

const states: Readonly<Record<ServiceState['state'], string>> = {
  absent: 'not installed',
  installed: 'installed',
  foreign: 'a service of this name exists that NCP Scheduler did not write',
  unavailable: 'not available on this machine',
};

function describeService({ state, running, atBoot, path, command, notes }: ServiceState, view: TextView): string {
  const life = running === null ? '' : running ? ', running' : ', not running';
  return [
    `Service: ${states[state]}${state === 'installed' ? life : ''}${path === null ? '' : ` (${view.plain(path)})`}`,
    ...(state === 'installed' && atBoot === true ? ['Starts: at boot, and again after a failure'] : []),
    ...(command.length === 0 ? [] : [`Command: ${view.plain(command.join(' '))}`]),
    ...notes.map((note) => `Note: ${view.plain(note)}`),
  ].join('\n');
}
