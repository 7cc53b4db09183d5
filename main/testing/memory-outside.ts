import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TimeStyle } from '../contract/time-style.ts';
import type { PublishedFile } from '../ports/published-files.ts';
import { parameterProblems } from '../adapters/json-schema/parameter-check.ts';
import { icalWriter } from '../adapters/slot-calendar/ical-writer.ts';
import { legacyFiles } from '../adapters/storage/legacy-files.ts';
import { openLogRemoval } from '../adapters/storage/log-removal.ts';
import { diskLogFiles } from '../adapters/system/log-files.ts';
import type { Outside } from '../application/outside.ts';
import { SchedulerError } from '../domain/errors.ts';
import type { CalendarMemory } from '../ports/calendars.ts';
import type { ControlClient, ControlServer } from '../ports/control.ts';
import type { LoginEnvironment } from '../ports/login-shell.ts';
import type { Installation } from '../ports/installation.ts';
import type { OwnProgram } from '../ports/own-program.ts';
import type { ProcessTree } from '../ports/process-tree.ts';
import type { LockedSecret, SecretFile } from '../ports/secrets.ts';
import type { ToolSession } from '../ports/tool-servers.ts';
import type { RememberedTools } from '../ports/tool-memory.ts';
import type { StoredWebToken, WebTokenFile } from '../ports/web-tokens.ts';
import type { Clock } from '../ports/clock.ts';
import { fakeClock, type FakeClock } from './fake-clock.ts';
import { memoryFolders } from './memory-folders.ts';
import { memoryMembership } from './fleet/memory-membership.ts';
import type { MemoryFleet } from './fleet/memory-fleet.ts';
import { noTraces } from './memory-traces.ts';
import { memoryAlertChannels, type MemoryAlertChannels } from './memory-alert-channels.ts';
import { memoryAgentPrograms } from './memory-agent-programs.ts';
import { memoryMachines, type MemoryMachines } from './memory-machines.ts';
import { machineEventsOf, memoryEvents, type HappenedInMemory } from './memory-events.ts';
import { memoryLedger } from './memory-ledger.ts';
import { memoryOsScheduler, type MemoryOsScheduler } from './memory-os-scheduler.ts';
import { memorySignIn } from './memory-sign-in.ts';
import { memoryService } from './memory-service.ts';
import { memorySettings } from './memory-settings.ts';
import { memoryStore, type MemoryStore } from './memory-store.ts';
import { memoryTransfers, type OtherJobsInMemory } from './memory-transfers.ts';
import { memoryWorkers } from './memory-workers.ts';

/** Ports in memory, in UTC, that a test can inspect and change. Only logs are files. */
export interface MemoryOutside extends Outside, OtherJobsInMemory {
  readonly clock: FakeClock;
  readonly store: MemoryStore;
  readonly os: MemoryOsScheduler;
  /** What left the machine. */
  readonly alerts: MemoryAlertChannels;
  /** The files for other programs, by path. */
  readonly published: Map<string, PublishedFile>;
  /** What the primary told the OS entries: when it fired each group, in epoch ms. */
  readonly fired: Map<string, number>;
  /** The latest start and login, and how long the machine has slept, in ms. */
  readonly happened: HappenedInMemory;
  /** Other machines, over an SSH in memory. */
  readonly machines: MemoryMachines;
  /** The databases of fleets that this machine reaches. */
  fleet(): MemoryFleet;
  /** Reaches the databases of another machine. */
  useFleet(fleet: MemoryFleet): void;
  /** Sets the running primary; null for none. */
  setPrimary(primary: ControlClient | null): void;
  /** Sets what a detached process of this program does. @param firstLine returns the first line of its output */
  setOwnProgram(firstLine: (args: readonly string[]) => Promise<string>): void;
  /** Deletes the logs. */
  dispose(): void;
}

export type MemoryOutsideAt<C extends Clock> = Omit<MemoryOutside, 'clock'> & { readonly clock: C };

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** A process table in which every process is alive and has no children. */
export const memoryProcessTree: ProcessTree = {
  containment: 'search',
  leads: () => undefined,
  identify: (pid) => ({ pid, startedAt: 'memory' }),
  isAlive: () => true,
  descendants: () => [],
  contains: () => false,
  usage: () => Promise.resolve({ memoryBytes: 0, cpuMs: 0, processes: 0 }),
  signal: () => [],
  ended: () => undefined,
};
const shell: LoginEnvironment = {
  env: { PATH: '/usr/bin:/bin' },
  source: 'login-shell',
  capturedAt: '2026-11-23T08:00:00.000Z',
  problem: null,
};

/**
 * Returns ports with a fake clock. Two MCP servers are configured: `filesystem` has one tool, and `silent` does not
 * start. Retention keeps two executions per task.
 */
export function memoryOutside(start = '2026-11-23T12:00:00.000Z'): MemoryOutside {
  return memoryOutsideAt(fakeClock(start));
}

/** Returns the same ports with any clock and time zone. */
export function memoryOutsideAt<C extends Clock>(clock: C, timezone = 'UTC'): MemoryOutsideAt<C> {
  const logs = mkdtempSync(join(tmpdir(), 'ncp-memory-'));
  const os = memoryOsScheduler('systemd');
  const alerts = memoryAlertChannels();
  let primary: ControlClient | null = null;
  let firstLine: OwnProgram['firstLine'] = () => Promise.resolve('');
  let ids = 0;
  const published = new Map<string, PublishedFile>();
  const fired = new Map<string, number>();
  const note = (timingId: string, atMs: number): void => void fired.set(timingId, atMs);
  const machines = memoryMachines(clock);
  const happened: HappenedInMemory = { latest: new Map(), sleptMs: null };
  return {
    ...memoryMembership(clock),
    machines,
    machineAccess: () => Promise.resolve(machines),
    ...machineInMemory(timezone),
    ...filesInMemory(clock, logs),
    ...memoryTransfers(clock, timezone),
    ...{ clock, os, alerts, published, fired, happened, logger: silent },
    machineEvents: () => Promise.resolve(machineEventsOf(happened)),
    firedGroups: () => Promise.resolve({ open: () => Promise.resolve(), note, close: () => fired.clear() }),
    alertChannels: () => Promise.resolve(alerts),
    traces: noTraces,
    signIn: once(() => memorySignIn(clock)),
    calendarWriter: () => Promise.resolve(icalWriter),
    publishedFiles: () => Promise.resolve({ write: (file) => void published.set(file.path, file) }),
    newId: () => `id-${String((ids += 1)).padStart(3, '0')}`,
    store: memoryStore({}, () => clock.now()),
    osSchedulers: (kind) => Promise.resolve(os.kind === kind ? os : memoryOsScheduler(kind)),
    chooseOsScheduler: (setting) =>
      Promise.resolve(setting === 'auto' || setting === os.kind ? os : memoryOsScheduler(setting)),
    control: { connect: () => Promise.resolve(primary), listen: () => Promise.resolve(deafServer) },
    ownProgram: () => Promise.resolve({ firstLine: (args) => firstLine(args), launch: () => undefined }),
    setPrimary: (client) => (primary = client),
    setOwnProgram: (program) => (firstLine = program),
    dispose: () => rmSync(logs, { recursive: true, force: true }),
  };
}

const configuredServers = { filesystem: { command: 'filesystem' }, silent: { command: 'silent' } };

async function memoryServer(name: string): Promise<ToolSession> {
  if (name === 'silent') throw new SchedulerError('mcp/unreachable', 'The server does not start.');
  const path = { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] };
  return {
    server: { name, version: '1.0.0' },
    listTools: async () => [{ name: 'list_directory', description: 'Lists a folder.', inputSchema: path }],
    callTool: async (tool, parameters) => ({
      content: [{ type: 'text', text: `${tool} ${JSON.stringify(parameters)}` }],
    }),
    close: async () => undefined,
  };
}

const deafServer: ControlServer = { close: () => Promise.resolve() };

function machineInMemory(timezone: string) {
  const command = ['/opt/ncp-scheduler'];
  const context = { command, env: {}, machineTimezone: timezone, homeDir: '/home/person', namespace: '' };
  return {
    machine: {
      ...{ version: '1.2.3', platform: 'linux', homeDir: '/home/person', username: 'person', parallelism: 2 },
      hostname: 'box',
      runtime: { system: 'linux x64', electron: 'none', node: '20.19.0' },
      ...{ pid: 4711, workingDirectory: '/home/person' },
    },
    timezone: () => timezone,
    timeStyle: (): TimeStyle => ({ clock: '24h', weekStart: 'monday' }),
    random: () => 0.5,
    entryContext: () => context,
    workers: once(memoryWorkers),
    processTree: () => Promise.resolve(memoryProcessTree),
    conditions: () => Promise.resolve({ onACPower: () => Promise.resolve(null), online: () => Promise.resolve(null) }),
    loginShell: () => {
      const answer = () => Promise.resolve(shell);
      return Promise.resolve({ captured: answer, present: answer, renew: answer, refresh: answer });
    },
    statusCommand: () => Promise.resolve(0),
    accessStatus: () => Promise.resolve(null),
    findProgram: (name: string) => Promise.resolve(name.startsWith('/') ? name : `/usr/bin/${name}`),
    toolServers: () => Promise.resolve({ connect: memoryServer }),
    listFolders: memoryFolders,
    workingDirectoryProblem: (path: string) =>
      path.startsWith('/missing') ? `The working directory ${path} does not exist.` : null,
    parameterCheck: () => Promise.resolve(parameterProblems),
    fingerprint: (server: object) => JSON.stringify(server),
  };
}

/** The package of npm, with a launcher that works. The registry has a newer version. */
const memoryInstallation: Installation = {
  kind: 'npm',
  path: '/usr/local/lib/node_modules/ncp-scheduler',
  launcherProblem: () => null,
  newestVersion: () => Promise.resolve('1.3.0'),
};

/** A keychain that "encrypts" a text by reversing it. */
const reversing = {
  problem: () => null,
  note: () => null,
  encrypt: (value: string) => [...value].toReversed().join(''),
  decrypt: (locked: string) => [...locked].toReversed().join(''),
};

function lockedValues(): SecretFile {
  const values: Record<string, LockedSecret> = {};
  return { read: () => values, update: (change) => change(values) };
}

function filesInMemory(clock: Clock, logs: string) {
  let calendars: ReturnType<CalendarMemory['read']> = {};
  let webTokens: readonly StoredWebToken[] = [];
  const tools = new Map<string, RememberedTools>();
  const command = { path: '/home/person/.local/bin/ncp-scheduler', onPath: true, addToPath: null };
  let installed = false;
  const state = () => Promise.resolve({ ...command, state: installed ? ('installed' as const) : ('absent' as const) });
  return {
    dataDir: '/memory',
    ledger: memoryLedger(),
    settings: memorySettings({ maxExecutionsPerJob: 2 }, configuredServers),
    logPath: (executionId: string, startedAt: string) => join(logs, startedAt.slice(0, 7), `${executionId}.log`),
    logFiles: () => Promise.resolve(diskLogFiles),
    logRemoval: () => Promise.resolve(openLogRemoval(logs)),
    cipher: () => Promise.resolve(reversing),
    secretFile: once(lockedValues),
    signInFile: once(lockedValues),
    webTokenFile: () =>
      Promise.resolve({
        read: () => webTokens,
        update: (change: Parameters<WebTokenFile['update']>[0]) => void (webTokens = change(webTokens)),
      }),
    toolMemory: () =>
      Promise.resolve({
        get: (server: string) => tools.get(server) ?? null,
        set: (server: string, remembered: RememberedTools) => void tools.set(server, remembered),
      }),
    calendarMemory: {
      read: () => calendars,
      update: (change: Parameters<CalendarMemory['update']>[0]) => void (calendars = change(calendars)),
    },
    eventMemory: memoryEvents(),
    legacyData: () => Promise.resolve(legacyFiles),
    agentPrograms: () => Promise.resolve(memoryAgentPrograms()),
    installation: () => Promise.resolve(memoryInstallation),
    service: once(memoryService),
    supervisor: () => Promise.resolve(null),
    autostart: () => Promise.resolve({ path: () => null, remove: () => undefined, byHand: null }),
    dataRemoval: () =>
      Promise.resolve({
        caches: () => ['/memory/tools.json'],
        everything: () => ['/memory/ledger.db', '/memory/schedule.json', '/memory/tools.json'],
        remove: () => undefined,
        removeEmptyFolders: () => undefined,
        removeFolder: () => [],
      }),
    shellCommand: () =>
      Promise.resolve({
        state,
        install: () => ((installed = true), state()),
        remove: () => ((installed = false), state()),
      }),
    clock,
  };
}

function once<T>(make: () => T): () => Promise<T> {
  let made: T | null = null;
  return () => Promise.resolve((made ??= make()));
}
