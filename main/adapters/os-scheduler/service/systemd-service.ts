import type { ServiceState } from '../../../contract/service.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import type { ServiceManager, ServiceOptions } from '../../../ports/service-manager.ts';
import { complaint, type CommandResult, type CommandRunner } from '../run-program.ts';
import { readIfThere } from '../files.ts';
import { lingers } from '../systemd/linger.ts';
import { UserManager } from '../systemd/user-manager.ts';
import { assertOurFile, deleteServiceFile, isOurs, noService, unavailable, writeServiceFile } from './service-files.ts';
import type { ServiceContext } from './service-files.ts';
import { serviceUnit, unitName, unitPath } from './systemd-unit.ts';

export interface SystemdServiceOptions {
  readonly run: CommandRunner;
  /** The folder of the manager's socket; null for the one of the environment. */
  readonly runtimeDir: string | null;
  readonly username: string;
  readonly context: () => ServiceContext;
}

/** Runs `serve` as a service of the person's own systemd. */
export class SystemdService implements ServiceManager {
  readonly #options: SystemdServiceOptions;
  readonly #manager: UserManager;

  constructor(options: SystemdServiceOptions) {
    this.#options = options;
    this.#manager = new UserManager(options.run, options.runtimeDir);
  }

  async state(): Promise<ServiceState> {
    const { context, run, username } = this.#options;
    const path = unitPath(context());
    const text = readIfThere(path);
    const problem = await this.#manager.unavailable();
    if (problem !== null) {
      const state = text === null ? 'unavailable' : 'installed';
      return { ...noService, state, path, notes: [`systemctl --user does not answer: ${problem}`] };
    }
    if (text === null) return { ...noService, path };
    if (!isOurs(text, context().namespace)) return { ...noService, state: 'foreign', path };
    const { active, failed, command } = await this.#unit();
    const atBoot = await lingers(run, username);
    return {
      ...{ state: 'installed', path, running: active, atBoot, command },
      notes: [
        ...(failed === null ? [] : [`The service failed: ${failed}. See: journalctl --user -u ${this.#name()}`]),
        ...(atBoot ? [] : ['The service stops when you log out. Run "loginctl enable-linger" to keep it running.']),
      ],
    };
  }

  async install(options: ServiceOptions): Promise<ServiceState> {
    const { context, run, username } = this.#options;
    const problem = await this.#manager.unavailable();
    if (problem !== null) throw unavailable(`systemctl --user does not answer: ${problem}.`);
    const version = Number(/^systemd (\d+)/.exec((await run('systemctl', ['--version'])).stdout)?.[1] ?? 0);
    // Without this program, the watchdog would kill a service that works.
    const watched = (await run('systemd-notify', ['--version'])).exitCode === 0;
    const unit = serviceUnit(options, context(), { version, watched });
    writeServiceFile(unitPath(context()), unit, context().namespace);
    // Refused where the machine's policy does not allow it; the state then says what to run.
    if (!(await lingers(run, username))) await run('loginctl', ['enable-linger', username]);
    await this.#manager.reload();
    assertDone(await this.#manager.enable([this.#name()]), 'enable');
    assertDone(await this.#manager.restart([this.#name()]), 'restart');
    return this.state();
  }

  async uninstall(): Promise<ServiceState> {
    const { context } = this.#options;
    const path = unitPath(context());
    if (readIfThere(path) === null) return this.state();
    assertOurFile(path, context().namespace);
    if ((await this.#manager.unavailable()) === null)
      assertDone(await this.#manager.disable([this.#name()]), 'disable');
    deleteServiceFile(path, context().namespace);
    if ((await this.#manager.unavailable()) === null) await this.#manager.reload();
    return this.state();
  }

  #name(): string {
    return unitName(this.#options.context().namespace);
  }

  async #unit(): Promise<{ active: boolean; failed: string | null; command: string[] }> {
    const { run, runtimeDir } = this.#options;
    const properties = 'ActiveState,SubState,Result,ExecMainStatus,ExecStart';
    const env = { ...(runtimeDir === null ? {} : { XDG_RUNTIME_DIR: runtimeDir }) };
    const { stdout } = await run('systemctl', ['--user', 'show', '--property', properties, this.#name()], { env });
    const value = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(stdout)?.[1] ?? '';
    const failing = value('ActiveState') === 'failed' || value('SubState') === 'auto-restart';
    return {
      active: value('ActiveState') === 'active',
      failed: failing ? `${value('Result')}, exit code ${value('ExecMainStatus')}` : null,
      command: (/argv\[\]=(.*?) ; ignore_errors=/.exec(value('ExecStart'))?.[1] ?? '').split(' ').filter(Boolean),
    };
  }
}

function assertDone(result: CommandResult, verb: string): void {
  if (result.exitCode === 0) return;
  const message = `systemctl --user ${verb} failed: ${complaint(result)}`;
  throw new SchedulerError('os/service-refused', message, { exitCode: result.exitCode });
}
