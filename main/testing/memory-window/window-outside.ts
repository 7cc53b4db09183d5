import type { Outside } from '../../application/outside.ts';
import type { OsSchedulerKind } from '../../contract/os-scheduler-kinds.ts';
import { settingsSchema } from '../../contract/settings.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LoginEnvironment, LoginShell } from '../../ports/login-shell.ts';
import type { ShellCommand } from '../../ports/shell-command.ts';
import type { ToolServers } from '../../ports/tool-servers.ts';
import { version } from '../../start/version.ts';
import { memoryOsScheduler, type MemoryOsScheduler } from '../memory-os-scheduler.ts';
import { memoryOutsideAt, type MemoryOutsideAt } from '../memory-outside.ts';
import { memorySettings } from '../memory-settings.ts';
import { memoryLogs, type MemoryLogs } from './memory-logs.ts';
import { pastClock, type PastClock } from './past-clock.ts';
import { filesystemTools } from './samples.ts';
import { writingWorkers } from './writing-workers.ts';

const homeDir = '/home/ada';
const dataDir = `${homeDir}/.ncp/scheduler`;

/** Ports of a window in memory, which a scenario can fill. */
export interface WindowOutside extends MemoryOutsideAt<PastClock> {
  readonly logs: MemoryLogs;
  /** Returns the scheduler of a kind. `os` is the one for systemd. */
  osScheduler(kind: OsSchedulerKind): MemoryOsScheduler;
  /** Makes a backup unreadable. */
  spoilBackup(name: string): void;
}

/** Returns the ports of Ada's machine, in Berlin. */
export function windowOutside(clock: Clock): WindowOutside {
  const past = pastClock(clock);
  const logs = memoryLogs();
  const memory = memoryOutsideAt(past, 'Europe/Berlin');
  return {
    ...memory,
    ...storeWithSpoiltBackups(memory),
    ...schedulersOf(memory.os),
    logs,
    dataDir,
    machine: { ...memory.machine, version, homeDir, username: 'ada', workingDirectory: homeDir },
    settings: memorySettings({ startAtLogin: false, concurrencyLimit: 4, tourSeen: true }),
    logPath: (executionId, startedAt) => `${dataDir}/logs/${startedAt.slice(0, 7)}/${executionId}.log`,
    logFiles: () => Promise.resolve(logs.files),
    logRemoval: () => Promise.resolve(logs.removal),
    workers: () => Promise.resolve(writingWorkers({ clock: past, logs })),
    loginShell: changedShell(past),
    shellCommand: absentCommand(),
    toolServers: () => Promise.resolve(sampleServers),
  };
}

export const settingsWithServers = (...names: readonly (keyof typeof servers)[]) =>
  settingsSchema.shape.mcpServers.parse(Object.fromEntries(names.map((name) => [name, servers[name]])));

const servers = {
  filesystem: { command: 'npx', args: ['@modelcontextprotocol/server-filesystem', homeDir] },
  github: { command: 'github-mcp-server', args: ['stdio'] },
  asana: { url: 'https://mcp.asana.com/sse' },
  linear: { url: 'https://mcp.linear.app/mcp' },
  notion: { url: 'https://mcp.notion.com/mcp' },
  sentry: { url: 'https://mcp.sentry.dev/mcp' },
  vercel: { url: 'https://mcp.vercel.com/' },
};

/** `filesystem` works; every other server fails to start. */
const sampleServers: ToolServers = {
  connect: (name) => {
    if (name !== 'filesystem') {
      return Promise.reject(new SchedulerError('mcp/unreachable', 'it ended with exit code 127: command not found'));
    }
    return Promise.resolve({
      server: { name: 'secure-filesystem-server', version: '0.2.0' },
      listTools: () => Promise.resolve(filesystemTools),
      callTool: () => Promise.resolve({ content: [{ type: 'text', text: '[FILE] notes.txt' }] }),
      close: () => Promise.resolve(),
    });
  },
};

function schedulersOf(
  os: MemoryOsScheduler,
): Pick<WindowOutside, 'osScheduler' | 'osSchedulers' | 'chooseOsScheduler'> {
  const known = new Map<OsSchedulerKind, MemoryOsScheduler>([[os.kind, os]]);
  const osScheduler = (kind: OsSchedulerKind): MemoryOsScheduler => {
    const scheduler = known.get(kind) ?? memoryOsScheduler(kind);
    known.set(kind, scheduler);
    return scheduler;
  };
  return {
    osScheduler,
    osSchedulers: (kind) => Promise.resolve(osScheduler(kind)),
    chooseOsScheduler: (setting) => Promise.resolve(setting === 'auto' ? os : osScheduler(setting)),
  };
}

function storeWithSpoiltBackups({ store }: Pick<WindowOutside, 'store'>): Pick<WindowOutside, 'store' | 'spoilBackup'> {
  const spoilt = new Set<string>();
  const backups = () => store.backups().map((backup) => (spoilt.has(backup.name) ? { ...backup, file: null } : backup));
  return {
    store: { ...store, path: `${dataDir}/schedule.json`, backups },
    spoilBackup: (name) => void spoilt.add(name),
  };
}

/** Returns a login shell whose environment has changed since it was captured. */
function changedShell(clock: Clock): Outside['loginShell'] {
  const names = Array.from({ length: 40 }, (_, index) => [`ADA_${index + 1}`, `${index + 1}`]);
  const others = { ...(Object.fromEntries(names) as Record<string, string>) };
  const path = '/usr/local/bin:/usr/bin:/bin';
  const source: LoginEnvironment['source'] = 'cache';
  const answer = (env: LoginEnvironment['env'], atMs: number): LoginEnvironment => ({
    ...{ env, source, problem: null },
    capturedAt: new Date(atMs).toISOString(),
  });
  let captured = answer({ ...others, PATH: path }, clock.now() - 3 * 86_400_000);
  const changed = { ...others, PATH: `${homeDir}/.nvm/versions/node/v22.11.0/bin:${path}`, GITHUB_TOKEN: 'hidden' };
  const shell: LoginShell = {
    captured: () => Promise.resolve(captured),
    renew: () => Promise.resolve(captured),
    present: () => Promise.resolve(answer(changed, clock.now())),
    refresh: () => Promise.resolve((captured = answer(changed, clock.now()))),
  };
  return () => Promise.resolve(shell);
}

function absentCommand(): Outside['shellCommand'] {
  const path = `${homeDir}/.local/bin/ncp-scheduler`;
  const addToPath = `echo 'export PATH="$HOME/.local/bin:$PATH"' >> ~/.profile`;
  let installed = false;
  const state: ShellCommand['state'] = () =>
    Promise.resolve({ path, state: installed ? 'installed' : 'absent', onPath: false, addToPath });
  const command: ShellCommand = {
    state,
    install: () => ((installed = true), state()),
    remove: () => ((installed = false), state()),
  };
  return () => Promise.resolve(command);
}
