import { SchedulerError } from '../../../domain/errors.ts';
import { complaint } from '../run-program.ts';
import type { CommandResult, CommandRunner } from '../run-program.ts';
import { sortedUnique } from '../number-runs.ts';

export interface TimerState {
  readonly active: boolean;
  readonly enabled: boolean;
  /** True if the file changed after systemd last read it. */
  readonly outdated: boolean;
  /** The calendar events as systemd understood them. */
  readonly calendar: readonly string[];
}

/** Results of `is-system-running` that mean that there is a manager (`man systemctl`). */
const RUNNING = new Set(['initializing', 'starting', 'running', 'degraded', 'maintenance']);

const ELAPSE = /^\s*(?:Next elapse|Iter\. #\d+): \w{3} (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC$/gm;

/** The person's own systemd, used through its command line tools. */
export class UserManager {
  readonly #run: CommandRunner;
  readonly #env: Readonly<Record<string, string>>;

  /**
   * @param runtimeDir the folder of the manager's socket, for processes that were started without a session (cron, su).
   */
  constructor(run: CommandRunner, runtimeDir: string | null) {
    this.#run = run;
    this.#env = { TZ: 'UTC', ...(runtimeDir === null ? {} : { XDG_RUNTIME_DIR: runtimeDir }) };
  }

  /** Returns null if the manager answers, otherwise the reason. */
  async unavailable(): Promise<string | null> {
    const result = await this.#systemctl('is-system-running');
    if (RUNNING.has(result.stdout.trim())) return null;
    return complaint(result);
  }

  /** @throws SchedulerError `os/systemd-refused` */
  async reload(): Promise<void> {
    assertDone(await this.#systemctl('daemon-reload'), 'systemctl --user daemon-reload');
  }

  /** Starts timers now and at every login. Check `timers` afterwards: one bad unit does not stop the others. */
  async enable(units: readonly string[]): Promise<CommandResult> {
    return this.#systemctl('enable', '--now', ...units);
  }

  async restart(units: readonly string[]): Promise<CommandResult> {
    return this.#systemctl('restart', ...units);
  }

  async disable(units: readonly string[]): Promise<CommandResult> {
    return this.#systemctl('disable', '--now', ...units);
  }

  /** Returns what systemd has loaded under these names. @throws SchedulerError `os/systemd-refused` */
  async timers(units: readonly string[]): Promise<Map<string, TimerState>> {
    if (units.length === 0) return new Map();
    const properties = 'Id,ActiveState,UnitFileState,NeedDaemonReload,TimersCalendar';
    const result = await this.#systemctl('show', '--property', properties, ...units);
    assertDone(result, 'systemctl --user show');
    return new Map(result.stdout.split(/\n\s*\n/).flatMap(parseTimer));
  }

  /**
   * Returns the next `count` instants (epoch ms) after `fromMs` of these events together, computed by systemd's own
   * engine.
   */
  async elapses(calendar: readonly string[], fromMs: number, count: number): Promise<number[]> {
    if (calendar.length === 0) return [];
    const base = new Date(fromMs).toISOString().slice(0, 19).replace('T', ' ');
    const options = [`--iterations=${count}`, `--base-time=${base} UTC`];
    const result = await this.#run('systemd-analyze', ['calendar', ...options, ...calendar], { env: this.#env });
    assertDone(result, 'systemd-analyze calendar');
    const found = [...result.stdout.matchAll(ELAPSE)].map(([, date, time]) => Date.parse(`${date}T${time}Z`));
    return sortedUnique(found).slice(0, count);
  }

  async #systemctl(...args: string[]): Promise<CommandResult> {
    return this.#run('systemctl', ['--user', '--no-pager', ...args], { env: this.#env });
  }
}

function assertDone(result: CommandResult, command: string): void {
  if (result.exitCode === 0) return;
  throw new SchedulerError('os/systemd-refused', `${command} failed: ${complaint(result)}`, {
    command,
    exitCode: result.exitCode,
    stderr: result.stderr,
  });
}

function parseTimer(block: string): [string, TimerState][] {
  const values = (name: string): string[] =>
    [...block.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map((match) => match[1] ?? '');
  const id = values('Id')[0];
  if (id === undefined) return [];
  const calendar = values('TimersCalendar').map((text) => /OnCalendar=(.*?) ; next_elapse=/.exec(text)?.[1] ?? '');
  return [
    [
      id,
      {
        active: values('ActiveState')[0] === 'active',
        enabled: values('UnitFileState')[0] === 'enabled',
        outdated: values('NeedDaemonReload')[0] === 'yes',
        calendar: calendar.filter((event) => event !== ''),
      },
    ],
  ];
}
