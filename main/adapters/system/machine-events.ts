import { execFile } from 'node:child_process';
import { uptime } from 'node:os';
import process from 'node:process';
import { promisify } from 'node:util';
import { readText } from '../files/read-file.ts';
import { secondMs } from '../../domain/durations.ts';
import type { Happened, MachineEvents } from '../../ports/machine-events.ts';

export interface MachineEventsOptions {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly username: string;
  readonly pid: number;
  readonly now: () => number;
  /** How long the system has run, in seconds, with the time it slept. */
  readonly uptime: () => number;
  /** How long the system has run, in ms, without the time it slept on Linux. */
  readonly awakeMs: () => number;
  /** Returns the output of a command, or null if it fails. */
  readonly run: (file: string, args: readonly string[]) => Promise<string | null>;
  /** Returns the content of a kernel file, or null if it does not exist. */
  readonly read: (path: string) => string | null;
}

/** Asks this system for its latest start and for the login of this session. */
export function machineEvents(options: MachineEventsOptions): MachineEvents {
  const { platform, awakeMs } = options;
  const { startup, login } = sources[platform] ?? { startup: () => null, login: () => null };
  return {
    latest: async (event) => (event === 'startup' ? startup(options) : login(options)),
    sleptMs: () => (platform === 'linux' ? options.uptime() * secondMs - awakeMs() : null),
  };
}

type Ask = (options: MachineEventsOptions) => Promise<Happened | null> | Happened | null;
interface Source {
  readonly startup: Ask;
  readonly login: Ask;
}

const bootId = ({ read }: MachineEventsOptions): string | null =>
  read('/proc/sys/kernel/random/boot_id')?.trim() ?? null;

/** Linux counts the start of a process in these units since the boot, whatever the kernel's own clock (`man 5 proc`). */
const tickMs = 10;

/** Returns when a process started, in ticks since the boot: the 22nd field of its `stat`, after a name with any text. */
function startTicks({ read }: MachineEventsOptions, pid: string): number | null {
  const stat = read(`/proc/${pid}/stat`);
  const ticks = Number(stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
  return Number.isInteger(ticks) ? ticks : null;
}

/** Returns the start of a process on Linux. Its id does not change when the clock is set. */
function startOf(options: MachineEventsOptions, pid: string): Happened | null {
  const [boot, ticks] = [bootId(options), startTicks(options, pid)];
  const bootSeconds = Number(/^btime (\d+)$/m.exec(options.read('/proc/stat') ?? '')?.[1]);
  if (boot === null || ticks === null || Number.isNaN(bootSeconds)) return null;
  return { id: `${boot}:${pid}:${ticks}`, sinceMs: bootSeconds * secondMs + ticks * tickMs };
}

/** Returns a login that logind knows; null in a process without a session. */
async function linuxSession(options: MachineEventsOptions): Promise<Happened | null> {
  const session = options.env['XDG_SESSION_ID'];
  const boot = bootId(options);
  if (session === undefined || boot === null) return null;
  const said = await options.run('loginctl', ['show-session', session, '--property=Timestamp', '--value']);
  const [, date, time] = /(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC/.exec(said ?? '') ?? [];
  return date === undefined ? null : { id: `${boot}:session ${session}`, sinceMs: Date.parse(`${date}T${time}Z`) };
}

const linux: Source = {
  // The first process: in a container this is the start of the container, whose kernel may have run for months.
  startup: (options) => startOf(options, '1'),
  // systemd sets this in everything that the manager of a person starts. It runs from the first login to the last logout.
  login: (options) => {
    const manager = options.env['MANAGERPID'];
    return manager === undefined ? linuxSession(options) : startOf(options, manager);
  },
};

const darwin: Source = {
  startup: async ({ run }) => {
    const [id, since] = [
      await run('sysctl', ['-n', 'kern.bootsessionuuid']),
      await run('sysctl', ['-n', 'kern.boottime']),
    ];
    const seconds = /sec = (\d+)/.exec(since ?? '')?.[1];
    return id === null || seconds === undefined ? null : { id: id.trim(), sinceMs: Number(seconds) * secondMs };
  },
  // The login on the screen: `kim  console  Nov 29 07:13`.
  login: async (options) => {
    const boot = await options.run('sysctl', ['-n', 'kern.bootsessionuuid']);
    const lines = ((await options.run('who', [])) ?? '').split('\n').map((line) => line.trim().split(/\s+/));
    const [, , ...words] = lines.find(([name, place]) => name === options.username && place === 'console') ?? [];
    const when = words.slice(0, 3).join(' ');
    const sinceMs = inThePast(when, options.now());
    return boot === null || sinceMs === null ? null : { id: `${boot.trim()}:${when}`, sinceMs };
  },
};

/** Returns the latest `Nov 29 07:13`, local time, that has passed: `who` writes no year. */
function inThePast(text: string, nowMs: number): number | null {
  const year = new Date(nowMs).getFullYear();
  const found = [year, year - 1].map((each) => Date.parse(`${text} ${each}`)).find((ms) => ms <= nowMs);
  return found ?? null;
}

/** Where Windows counts its starts. */
const bootCount = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management\\PrefetchParameters';

const windows: Source = {
  startup: async ({ run, now, uptime: seconds }) => {
    const id = /BootId\s+REG_DWORD\s+(0x[0-9a-f]+)/i.exec(
      (await run('reg', ['query', bootCount, '/v', 'BootId'])) ?? '',
    );
    return id === null ? null : { id: `boot ${id[1]}`, sinceMs: now() - seconds() * secondMs };
  },
  // Each login has a session with a number of its own until the next start. Task Scheduler starts the entry at once.
  login: async (options) => {
    const boot = await windows.startup(options);
    const said = await options.run('tasklist', ['/FI', `PID eq ${options.pid}`, '/FO', 'CSV', '/NH']);
    const session = /^"[^"]*","\d+","[^"]*","(\d+)"/m.exec(said ?? '')?.[1];
    return boot === null || session === undefined
      ? null
      : { id: `${boot.id}:session ${session}`, sinceMs: options.now() };
  },
};

const sources: Readonly<Partial<Record<NodeJS.Platform, Source>>> = { linux, darwin, win32: windows };

const longestAnswerMs = 5 * secondMs;

/** Returns the events of this machine, as seen by this process. */
export function thisMachineEvents(username: string): MachineEvents {
  const ask = promisify(execFile);
  return machineEvents({
    ...{ platform: process.platform, env: process.env, pid: process.pid, username, now: Date.now, uptime },
    awakeMs: () => Number(process.hrtime.bigint() / 1_000_000n),
    run: async (file, args) => {
      const env = { ...process.env, LC_ALL: 'C', ...(file === 'loginctl' ? { TZ: 'UTC' } : {}) };
      const answer = await ask(file, [...args], { timeout: longestAnswerMs, windowsHide: true, env }).catch(() => null);
      return answer?.stdout ?? null;
    },
    read: (path) => {
      try {
        return readText(path);
      } catch {
        // Not there, or not for this person: the event is then not known.
        return null;
      }
    },
  });
}
