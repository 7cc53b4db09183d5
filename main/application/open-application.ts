import { join } from 'node:path';
import { controlPath } from '../adapters/control/control-path.ts';
import type { Application, ServeEvent } from './application.ts';
import type { ControlClient } from '../ports/control.ts';
import type { ExecutionObserver } from '../ports/execution-observer.ts';
import type { ProcessHost } from '../ports/process-host.ts';
import type { SecretCipher, Secrets } from '../ports/secrets.ts';
import type { Agents } from '../services/consent/agents.ts';
import { callTool } from './tools.ts';
import { dataDirOf, openCore, type Core, type CoreOptions } from './core.ts';
import { entryCommand } from './entry-command.ts';
import type { Engine } from './engine.ts';
import { ExecutionEvents } from './execution-events.ts';
import { loginVariables } from './login-variables.ts';

export interface ApplicationOptions extends CoreOptions {
  readonly version: string;
  /** Starts workers; asked for only when a task runs in this process. */
  readonly host: () => Promise<ProcessHost>;
  /** The system's keychain; asked for together with `host`. Absent: there is none, and `no-cipher.ts` says why. */
  readonly cipher?: () => Promise<SecretCipher>;
}

/** What was made so far, once each. */
interface Asked {
  engine: Promise<Engine> | null;
  primary: Promise<ControlClient | null> | null;
  agents: Promise<Agents> | null;
}

/** The product behind the command line and the MCP server. Each part is made when it is first asked for. */
export async function createApplication(options: ApplicationOptions): Promise<Application> {
  const core = openCore(options);
  const asked: Asked = { engine: null, primary: null, agents: null };
  const application: Application = {
    version: options.version,
    dataDir: dataDirOf(options.dataDir),
    get timezone() {
      return core.timezone;
    },
    clock: core.clock,
    command: entryCommand(options.executable, core.paths.dir, true),
    tasks: async () => core.tasks,
    executions: async () => core.ledger,
    entries: async () => core.sync,
    slots: async () => {
      const { SlotHistory } = await import('../services/schedule/slot-history.ts');
      return new SlotHistory(core);
    },
    history: async () => {
      const { ChangeHistory } = await import('../services/history/change-history.ts');
      return new ChangeHistory({ ...core, machineTimezone: core.timezone });
    },
    backups: async () => new (await import('../services/history/schedule-restore.ts')).ScheduleRestore(core),
    migration: async () => (await import('./ncp-migration.ts')).migrationOperations(core),
    runs: async () => {
      const engine = (warm: number): Promise<Engine> =>
        (asked.engine ??= engineOf(core, options, new ExecutionEvents(), warm));
      return {
        fireTiming: async (timingId, fire) => (await engine(1)).executor.fireTiming(timingId, fire),
        runTask: async (taskId, trigger) => (await engine(1)).executor.runTask(taskId, trigger),
        testDraft: async (draft) => (await engine(1)).testRuns.begin(draft),
        cancel: async (executionId) => (await engine(0)).executor.cancel(executionId),
      };
    },
    doctor: async () => new (await import('../services/doctor/doctor.ts')).Doctor(core),
    retention: async () => (await import('./retention.ts')).retentionOf(core),
    transfer: async () => (await import('./transfer.ts')).transferOf(core, options.version),
    catalog: () => core.catalog(),
    primary: () => (asked.primary ??= connectPrimary(core)),
    agents: () => (asked.agents ??= agentsOf(core, application)),
    callTool: (tool, parameters) => callTool(core, options.host, tool, parameters),
    serve: (serve) => runService(core, options, serve),
    close: async () => {
      // Only a connection that was asked for: making one to close it would wait for a primary that hangs.
      if (asked.primary !== null) (await asked.primary)?.close();
      // An engine that could not be made was reported already.
      (await asked.engine?.catch(() => null))?.warm([]);
      core.close();
    },
  };
  return application;
}

async function agentsOf(core: Core, application: Application): Promise<Agents> {
  const { commandLineAgents } = await import('./agents.ts');
  return commandLineAgents(core, application);
}

/**
 * Everything that runs tasks, with its own events told to `observer`.
 * @param warm workers to start at once: they come up on another processor while the engine is loaded here, and before
 * the slot is claimed. Only for a process that is about to run something.
 */
export async function engineOf(
  core: Core,
  options: Pick<ApplicationOptions, 'host' | 'cipher'>,
  observer: ExecutionObserver,
  warm = 0,
): Promise<Engine> {
  const { WorkerPool } = await import('../services/runs/worker-pool.ts');
  const pool = new WorkerPool(await options.host());
  pool.warm(Array<string>(warm).fill('shell:run'));
  const { startEngine } = await import('./engine.ts');
  const secrets = await secretsOf(core, options);
  return startEngine({ core, pool, observer, secrets, variables: loginVariables(core) });
}

/** The secrets of this data directory, as far as this process can unlock them. */
export async function secretsOf(core: Core, { cipher }: Pick<ApplicationOptions, 'cipher'>): Promise<Secrets> {
  const [{ SecretVault }, { openSecretFile }, usable] = await Promise.all([
    import('../services/settings/secret-vault.ts'),
    import('../adapters/storage/secret-file.ts'),
    cipher?.() ?? import('./no-cipher.ts').then(({ noCipher }) => noCipher),
  ]);
  const lock = <T>(action: () => T): T => core.ledger.withWriteLock(action);
  const file = openSecretFile({ path: join(core.paths.dir, 'secrets.json'), lock });
  return new SecretVault({ cipher: usable, file, clock: core.clock });
}

async function connectPrimary(core: Core): Promise<ControlClient | null> {
  const { connectControl } = await import('../adapters/control/client.ts');
  return connectControl(controlPath(core.paths.dir));
}

/** `serve`: the primary without a window. */
async function runService(
  core: Core,
  options: ApplicationOptions,
  serve: Parameters<Application['serve']>[0],
): Promise<void> {
  const { becomePrimary } = await import('./primary.ts');
  const tell = (type: string, fields: Omit<ServeEvent, 'type' | 'at'> = {}): void =>
    serve.onEvent({ type, at: new Date(core.clock.now()).toISOString(), ...fields });
  const events = new ExecutionEvents();
  const engine = await engineOf(core, options, events);
  const listener = {
    scheduleChanged: () => tell('schedule'),
    proposalsChanged: () =>
      tell('proposals', { waiting: core.ledger.proposals({ state: 'pending' }, { limit: 1, offset: 0 }).total }),
    executionsRemoved: (executionIds: readonly string[]) => tell('removed', { executionIds }),
    executionsChanged: (executions: readonly unknown[]) =>
      executions.forEach((execution) => tell('execution', { execution })),
  };
  const primary = await becomePrimary({
    core,
    engine,
    events,
    version: options.version,
    listener,
    show: () => undefined,
    settingsChanged: ({ problem }) => tell('settings', { problem }),
  });
  primary.start();
  if (serve.demo) await (await import('./demo.ts')).fillDemo(core);
  await core.sync.sync();
  tell('started', { dataDir: core.paths.dir, osScheduler: await core.sync.kind(), pid: process.pid });
  await new Promise<void>((resolve) => {
    if (serve.stop.aborted) resolve();
    else serve.stop.addEventListener('abort', () => resolve(), { once: true });
  });
  await primary.stop();
  tell('stopped');
}
