import type { Execution } from '../contract/execution.ts';
import { messageOf, SchedulerError } from '../domain/errors.ts';
import { alertingLedger } from '../services/alerts/alerting-ledger.ts';
import type { Secrets } from '../services/settings/secret-vault.ts';
import { alertBeat, alertWriter, hasAlerts, sendingOf } from './alerts/alert-parts.ts';
import type { Application } from './application.ts';
import { createCore, type Core } from './core.ts';
import type { Engine } from './running/engine.ts';
import { EngineOnDemand } from './running/engine-on-demand.ts';
import { executionRecords } from './execution-records.ts';
import { kept, once } from './once.ts';
import { operationsOnDemand } from './operations-on-demand.ts';
import type { Outside } from './outside.ts';
import { PrimaryConnection } from './running/primary-connection.ts';
import type { Primary } from './running/primary.ts';
import { Runs, type RunsNeeds } from './running/runs.ts';

/**
 * Creates the application from the ports of this process. Every interface and every test uses it, so services are wired
 * in one place.
 */
export function createApplication(given: Outside): Application {
  const writer = alertWriter(given, (task) => core.planner.policies(task));
  const outside = { ...given, ledger: alertingLedger(given.ledger, writer, given.logger) };
  const engine = new EngineOnDemand((warm) => openEngine(outside, core, secrets, warm));
  const core = createCore(outside, engine.stopping);
  const { ledger, machine } = outside;
  const secrets = once(() => openSecrets(outside));
  let leading: Promise<Primary> | null = null;
  const connection = new PrimaryConnection(outside.control);
  const otherPrimary = async () => (leading === null ? connection.get() : null);
  const runs = new Runs({
    ...{ engine: (warm) => engine.get(warm), otherPrimary, leads: () => leading !== null, ledger },
    publish: () => publishOnce(outside, core),
    startDetached: (taskId, approval) => startDetached(outside, taskId, approval),
  });
  const onDemand = operationsOnDemand(outside, core, runs, engine.stopping);
  /** Returns what a reader of runs needs, once no run is shown as running whose process is gone. */
  const settled = async <T>(reader: T | Promise<T>): Promise<T> => {
    if (mayHaveRuns(ledger)) await (await import('./running/settle-runs.ts')).settleRuns(outside);
    return reader;
  };
  const alerts = once(async () => {
    const { alertOperations } = await import('./alerts/alert-operations.ts');
    return alertOperations(outside, { secrets, changes: onDemand.settingsChanges });
  });
  const beat = alertBeat(outside, core, writer);
  const application: Application = {
    ...onDemand,
    alerts,
    version: machine.version,
    dataDir: outside.dataDir,
    get timezone() {
      return outside.timezone();
    },
    ...{ timeStyle: core.timeStyle, clock: outside.clock, newId: outside.newId },
    tasks: () => settled(core.tasks),
    doctor: () => settled(onDemand.doctor()),
    logs: () => settled(onDemand.logs()),
    runs: async () => runs,
    executions: () => settled(executionRecords(ledger)),
    entries: async () => core.sync,
    catalog: core.catalog,
    verifyTool: async (tool, parameters) => {
      const { verifyTool } = await import('../services/tasks/tool-verdict.ts');
      return verifyTool(await core.catalog(), tool, parameters);
    },
    settings: outside.settings,
    secrets,
    primary: otherPrimary,
    lead: async (options) => {
      const { leadAndPublish } = await import('./running/lead.ts');
      const sending = sendingOf((await alerts()).outbox, beat);
      const made = leadAndPublish(outside, core, await engine.get(0), { ...options, alerts: sending });
      leading = kept(made, () => (leading = null));
      return leading;
    },
    follow: async (listener) => (await import('./running/follow.ts')).followChanges(outside, core, listener),
    serve: async (options) => (await import('./running/serve.ts')).serve(application, outside, options),
    uninstall: async () => (await import('./running/uninstall.ts')).uninstallOf(outside, core, application),
    stop: () => engine.stop(),
    close: async () => {
      if (leading === null && !engine.stopping.aborted && (engine.isOpen || writer.hasAdded)) {
        beat.beat();
        if (hasAlerts(ledger)) await (await alerts()).sendBeforeEnd();
      }
      await connection.close();
      await engine.close();
      ledger.close();
    },
  };
  return application;
}

const startDetached = async (outside: Outside, ...run: Parameters<RunsNeeds['startDetached']>): Promise<Execution> => {
  const { startDetachedRun } = await import('./running/detached-run.ts');
  return startDetachedRun(await outside.ownProgram(), ...run);
};

/** Writes the files for other programs after a run without a primary, which would otherwise do it. */
async function publishOnce(outside: Outside, core: Core): Promise<void> {
  try {
    const { metricsFile, calendarFile } = outside.settings.read();
    if (metricsFile === undefined && calendarFile === undefined) return;
    const { createPublishing } = await import('./running/publishing.ts');
    await (await createPublishing(outside, core)).write();
  } catch (problem) {
    // The outcome of the run is what its caller waits for.
    outside.logger.error('Could not update the files for other programs', { problem: messageOf(problem) });
  }
}

/** Returns false if the ledger cannot be read: `doctor` and the definitions must be shown all the same. */
function mayHaveRuns(ledger: Outside['ledger']): boolean {
  try {
    return ledger.running().length > 0 || ledger.waits().length > 0;
  } catch (error) {
    if (error instanceof SchedulerError && error.code.startsWith('store/')) return false;
    throw error;
  }
}

/** Opens the secrets of this data directory. Values are available only if this process can decrypt them. */
async function openSecrets(outside: Outside): Promise<Secrets> {
  const [{ SecretVault }, cipher, file] = await Promise.all([
    import('../services/settings/secret-vault.ts'),
    outside.cipher(),
    outside.secretFile(),
  ]);
  return new SecretVault({ cipher, file, clock: outside.clock });
}

/**
 * Loads and starts the engine.
 * @param warm number of workers to start before the engine is loaded: they start on another processor meanwhile, before
 * the slot is claimed
 */
async function openEngine(
  outside: Outside,
  core: Core,
  secrets: () => Promise<Secrets>,
  warm: number,
): Promise<Engine> {
  const { WorkerPool } = await import('../services/runs/worker-pool.ts');
  const pool = new WorkerPool(await outside.workers());
  pool.warm(Array<string>(warm).fill('shell:run'));
  try {
    const { startEngine } = await import('./running/engine.ts');
    return await startEngine(outside, core, { pool, secrets: await secrets() });
  } catch (error) {
    pool.warm([]);
    throw error;
  }
}
