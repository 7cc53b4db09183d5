import { createHash, randomUUID } from 'node:crypto';
import { availableParallelism, homedir, hostname, release, userInfo } from 'node:os';
import { join } from 'node:path';
import { defaultDataDir, type DataPaths } from '../adapters/storage/data-dir.ts';
import { createOtlpTraces } from '../adapters/traces/otlp-traces.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import { systemTimeStyle } from '../adapters/system/system-time-style.ts';
import { listFolders } from '../adapters/system/folders.ts';
import { workingDirectoryProblem } from '../adapters/system/working-directory.ts';
import type { AccessRequest } from '../ports/access-status.ts';
import type { StatusCommandOptions } from '../ports/status-command.ts';
import type { Machine, Outside } from '../application/outside.ts';
import { machineTimeZone } from '../domain/timing/time-zone.ts';
import type { FleetAccess } from '../ports/fleet/fleet-database.ts';
import type { Logger } from '../ports/logger.ts';
import type { OsSchedulers } from '../ports/os-scheduler.ts';
import type { PersonCrontab } from '../ports/person-crontab.ts';
import type { ProcessHost } from '../ports/process-host.ts';
import type { SecretCipher } from '../ports/secrets.ts';
import { dataDirectory, usePaths } from './data-directory.ts';
import { ownInstallation } from './npm/installation.ts';
import { agentSchedules, agentsOf, otherSchedulers } from './schedulers/other-schedulers.ts';
import { entryCommand, entryEnvironment, entryNamespace, type Executable } from './entry-command.ts';

export interface OutsideOptions {
  /** `--data-dir`, or null for `NCP_SCHEDULER_DIR` or the default. */
  readonly dataDir: string | null;
  /** The command only reads, so a missing data directory is not created and an existing one not changed. */
  readonly reads?: boolean;
  readonly version: string;
  readonly executable: Executable;
  readonly logger: Logger;
  /** Returns the host that starts workers. Called only when a task runs in this process. */
  readonly workers: () => Promise<ProcessHost>;
  /** Returns the system's keychain. @default `noCipher`, which says why there is none: a key in a file is used */
  readonly cipher?: () => Promise<SecretCipher>;
  /** The environment of the app, for session variables that no session manager has. @default null: not the app */
  readonly ownSession?: NodeJS.ProcessEnv;
}

/**
 * Opens the real ports of this process.
 * @throws SchedulerError `store/…`
 */
export function openOutside(options: OutsideOptions): Outside {
  const reads = options.reads ?? false;
  const { paths, isUsed } = usePaths(options.dataDir ?? defaultDataDir(), reads);
  const isDefaultDir = paths.dir === join(homedir(), '.ncp', 'scheduler');
  const { executable, logger, workers } = options;
  const machine = thisMachine(options.version);
  const timezone = once(machineTimeZone);
  const schedulers = lazySchedulers(paths);
  const directory = dataDirectory(paths, { isUsed, reads, logger });
  const installation = ownInstallation(executable, { dataDir: paths.dir, reads, logger });
  const ownCommand = (): string[] => entryCommand(executable, paths.dir, isDefaultDir, installation.launcher);
  const context = () => ({
    command: ownCommand(),
    env: entryEnvironment(process.platform, homedir(), process.getuid?.() ?? null),
    homeDir: homedir(),
    account: windowsAccount(process.env),
    namespace: entryNamespace(paths.dir, isDefaultDir),
    firedDir: join(paths.dir, 'fired'),
  });
  return {
    timeStyle: once(() => systemTimeStyle(process.env, process.platform)),
    ...{ machine, logger, timezone, workers, listFolders, workingDirectoryProblem },
    ...directory,
    // Always with its data directory: this process may have got it from `--data-dir`.
    ...programs(paths, entryCommand(executable, paths.dir, false), { reads, ownSession: options.ownSession ?? null }),
    ...transfers(machine, timezone),
    personCrontab: () => personCrontab(paths),
    agentSchedules: () => agentSchedules(paths.dir),
    ...{ clock: systemClock, newId: randomUUID, random: Math.random },
    osSchedulers: schedulers,
    chooseOsScheduler: async (setting) => {
      const { chooseOsScheduler } = await import('../adapters/os-scheduler/registry.ts');
      return chooseOsScheduler(setting, schedulers);
    },
    entryContext: () => ({ ...context(), machineTimezone: timezone() }),
    cipher: () => cipherOf(options),
    ...tracesOutside({ executable, paths, isDefaultDir, context }),
    installation: once(() => installation.open()),
    ...network(options),
    shellCommand: async (path) => {
      const { ShellCommandFile } = await import('../adapters/system/shell-command-file.ts');
      const { execPath, appImage, platform } = executable;
      const person = { platform, homeDir: homedir(), localAppData: process.env['LOCALAPPDATA'] };
      return new ShellCommandFile({ ...person, program: appImage ?? execPath, path });
    },
    agentPrograms: async () => {
      const { AgentProgramFiles } = await import('../adapters/agent-programs/agent-program-files.ts');
      const person = { platform: executable.platform, homeDir: homedir(), env: process.env };
      return new AgentProgramFiles(person, [...ownCommand(), 'mcp'], Date.now);
    },
    traces: createOtlpTraces({ env: process.env, logger, version: options.version }),
    parameterCheck: async () => (await import('../adapters/json-schema/parameter-check.ts')).parameterProblems,
    fingerprint: (server) => createHash('sha256').update(JSON.stringify(server)).digest('hex'),
  };
}

/** Returns the ports that reach other machines and services. */
function network({ logger, version }: OutsideOptions): Pick<
  Outside,
  'calendarSources' | 'signIn' | 'alertChannels' | 'machineAccess'
> & {
  fleetAccess(): Promise<FleetAccess>;
} {
  return {
    calendarSources: async () => {
      const { openCalendarSources } = await import('./network/calendar-sources.ts');
      return openCalendarSources(process.env, (message) => logger.info(message));
    },
    signIn: async (environment) => (await import('./network/sign-in.ts')).openSignIn(environment),
    alertChannels: async () => (await import('./network/alert-channels.ts')).openAlertChannels(),
    machineAccess: async () => (await import('./remote/machine-access.ts')).machineAccess(version),
    fleetAccess: async () => {
      const { postgresFleet } = await import('../adapters/fleet/postgres-fleet.ts');
      return postgresFleet({ clock: systemClock, random: Math.random });
    },
  };
}

interface TracePlaces {
  readonly executable: Executable;
  readonly paths: DataPaths;
  readonly isDefaultDir: boolean;
  readonly context: () => Omit<ReturnType<Outside['entryContext']>, 'machineTimezone'>;
}

/** Returns the ports to what this app puts on the machine beside its entries. */
function tracesOutside({
  executable,
  paths,
  isDefaultDir,
  context,
}: TracePlaces): Pick<Outside, 'service' | 'supervisor' | 'autostart' | 'dataRemoval' | 'firedGroups'> {
  return {
    firedGroups: async (kind) => {
      const { firedGroups, noteFolders } = await import('../adapters/os-scheduler/fired/fired-groups.ts');
      const { uid, runtimeDir = `/run/user/${uid ?? 0}` } = thisPerson();
      return firedGroups({ kind, folders: noteFolders(runtimeDir, context()), pid: process.pid });
    },
    service: once(async () => {
      const { createServiceManager } = await import('../adapters/os-scheduler/service/service-manager.ts');
      const { platform } = executable;
      return createServiceManager({ platform, ...thisPerson(), log: join(paths.dir, 'serve.log'), context });
    }),
    supervisor: async () => {
      if (executable.platform !== 'linux') return null;
      const [{ streamOf, systemdSupervisor }, { createCommandRunner }] = await Promise.all([
        import('../adapters/os-scheduler/service/systemd-supervisor.ts'),
        import('../adapters/os-scheduler/run-program.ts'),
      ]);
      return systemdSupervisor({ run: createCommandRunner(), env: process.env, output: streamOf(1) });
    },
    autostart: async () => {
      const { openAutostart } = await import('../adapters/freedesktop/autostart-removal.ts');
      const { platform } = executable;
      const configHome = process.env['XDG_CONFIG_HOME'];
      return openAutostart({ platform, configHome, homeDir: homedir(), namespace: context().namespace });
    },
    dataRemoval: async () => {
      const { dataRemoval } = await import('../adapters/storage/data-removal.ts');
      const keyPath = isDefaultDir ? secretKeyPath() : null;
      const inHome = (...names: string[]) => join(homedir(), '.config', ...names);
      const sharedFolders = [inHome('systemd', 'user'), inHome('systemd'), inHome('ncp-scheduler')];
      return dataRemoval({ dataDir: paths.dir, keyPath, sharedFolders });
    },
  };
}

const windowsAccount = ({ USERDOMAIN: domain, USERNAME: name }: NodeJS.ProcessEnv): string =>
  domain === undefined || name === undefined ? '' : `${domain}\\${name}`;

/** Outside the data directory, which people copy and back up. The same for every data directory of this person. */
const secretKeyPath = (): string => join(homedir(), '.config', 'ncp-scheduler', 'secret.key');

/** Returns the keychain, with a key in a file for machines that have none. */
async function cipherOf({ cipher }: OutsideOptions): Promise<SecretCipher> {
  const { withKeyFile } = await import('../adapters/storage/secrets/key-file-cipher.ts');
  const keychain = cipher === undefined ? (await import('./no-cipher.ts')).noCipher : await cipher();
  return withKeyFile(keychain, secretKeyPath());
}

function thisMachine(version: string): Machine {
  return {
    version,
    platform: process.platform,
    homeDir: homedir(),
    hostname: hostname(),
    get username() {
      return userInfo().username;
    },
    parallelism: availableParallelism(),
    runtime: {
      system: `${process.platform} ${process.arch} ${release()}`,
      electron: process.versions['electron'] ?? 'none',
      node: process.versions.node,
    },
    pid: process.pid,
    // Throws in a folder that was deleted, where most commands still work.
    get workingDirectory() {
      return process.cwd();
    },
  };
}

/** Reads a fact at the first call. That loads ICU, which takes as long as the rest of a short command. */
function once<Fact>(read: () => Fact): () => Fact {
  let known: { readonly fact: Fact } | null = null;
  return () => (known ??= { fact: read() }).fact;
}

function lazySchedulers(paths: DataPaths): OsSchedulers {
  let loaded: Promise<OsSchedulers> | null = null;
  const load = async (): Promise<OsSchedulers> => {
    const { createOsSchedulers } = await import('../adapters/os-scheduler/registry.ts');
    return createOsSchedulers({
      homeDir: homedir(),
      ...thisPerson(),
      launchdLabel: process.env['XPC_SERVICE_NAME'],
      crontabBackupDir: crontabBackups(paths),
    });
  };
  return async (kind) => (await (loaded ??= load()))(kind);
}

const thisPerson = () => ({
  username: userInfo().username,
  uid: process.getuid?.() ?? null,
  runtimeDir: process.env['XDG_RUNTIME_DIR'],
});

async function personCrontab(paths: DataPaths): Promise<PersonCrontab> {
  const [{ createPersonCrontab }, { userCrontab }] = await Promise.all([
    import('../adapters/os-scheduler/cron/person-crontab.ts'),
    import('../adapters/os-scheduler/cron/crontab.ts'),
  ]);
  return createPersonCrontab(userCrontab({ homeDir: homedir(), backupDir: crontabBackups(paths) }));
}

const crontabBackups = ({ dir }: DataPaths): string => join(dir, 'crontab-backups');

interface ShellUse {
  /** The command only reads, so nothing is stored. */
  readonly reads: boolean;
  readonly ownSession: NodeJS.ProcessEnv | null;
}

function programs(paths: DataPaths, command: readonly string[], use: ShellUse) {
  let shell: ReturnType<Outside['loginShell']> | null = null;
  return {
    processTree: async () => (await import('../adapters/process/process-tree.ts')).processTree(),
    conditions: async () => (await import('../adapters/system/machine-conditions.ts')).systemConditions,
    machineEvents: async () =>
      (await import('../adapters/system/machine-events.ts')).thisMachineEvents(userInfo().username),
    // One for the whole process, because it holds what is not stored.
    loginShell: () => (shell ??= openLoginShell(join(paths.dir, 'login-environment.json'), use)),
    statusCommand: async (program: string, args: readonly string[], options: StatusCommandOptions) =>
      (await import('../adapters/process/status-command.ts')).statusCommand(program, args, options),
    accessStatus: async (request: AccessRequest) => (await import('./network/access-status.ts')).accessStatus(request),
    findProgram: async (name: string, path: string) =>
      (await import('../adapters/system/program-finder.ts')).findProgram(name, path),
    ownProgram: async () => (await import('../adapters/process/own-program.ts')).ownProgram(command),
    toolServers: async () => {
      const { connectMcp } = await import('../worker/runners/mcp/client.ts');
      const connect: Awaited<ReturnType<Outside['toolServers']>>['connect'] = (name, server, env, signal, token) =>
        connectMcp(server, { name, env, cwd: homedir(), executionId: randomUUID(), signal, token });
      return { connect };
    },
  };
}

async function openLoginShell(cachePath: string, { reads, ownSession }: ShellUse): ReturnType<Outside['loginShell']> {
  const [{ CapturedLoginShell }, { sessionVariables }] = await Promise.all([
    import('../adapters/process/login/login-environment.ts'),
    import('../adapters/process/login/session-variables.ts'),
  ]);
  return new CapturedLoginShell({ cachePath, reads, session: sessionVariables({ ownSession }) });
}

function transfers(
  machine: Machine,
  timezone: () => string,
): Pick<
  Outside,
  'importFiles' | 'lintFiles' | 'groupExporter' | 'otherSchedulers' | 'calendarWriter' | 'publishedFiles'
> {
  const { homeDir } = machine;
  const context = () => ({ nowMs: systemClock.now(), timezone: timezone(), homeDir, username: machine.username });
  return {
    importFiles: async () => {
      const [{ createImportFiles }, { installedTexts }, { serverFiles }] = await Promise.all([
        import('../adapters/os-scheduler/importing/import-files.ts'),
        import('../adapters/os-scheduler/importing/installed-texts.ts'),
        import('../adapters/storage/server-files.ts'),
      ]);
      const found = () => serverFiles({ platform: process.platform, homeDir, env: process.env });
      const agents = async () => {
        const { readAgentSchedules } = await import('../adapters/os-scheduler/agent-schedules/read-schedules.ts');
        return readAgentSchedules(await agentsOf(homeDir), context());
      };
      return createImportFiles({ context, ...installedTexts(), agentSchedules: agents, serverFiles: found });
    },
    lintFiles: async () => {
      const { createLintFiles } = await import('../adapters/os-scheduler/linting/lint-files.ts');
      return createLintFiles(context);
    },
    otherSchedulers: () => otherSchedulers(context),
    calendarWriter: async () => (await import('../adapters/slot-calendar/ical-writer.ts')).icalWriter,
    publishedFiles: async () => (await import('../adapters/files/published-files.ts')).publishedFiles,
    groupExporter: async () => {
      const { createGroupExporter } = await import('../adapters/os-scheduler/exporting/group-exporter.ts');
      return createGroupExporter(() => ({ ...context(), machineTimezone: timezone() }));
    },
  };
}
