import type { Approval } from '../contract/control.ts';
import type { EventName } from '../contract/events.ts';
import type { Execution } from '../contract/execution.ts';
import { messageOf, SchedulerError } from '../domain/errors.ts';
import { GuardedStore } from '../services/fleet/definitions/guarded-store.ts';
import { SettingsEdits } from '../services/settings/settings-edits.ts';
import { alertingLedger } from '../services/alerts/alerting-ledger.ts';
import type { AlertNotifier } from '../services/alerts/desktop-delivery.ts';
import type { AlertWriter } from '../services/alerts/alert-writer.ts';
import type { ToolVerdict } from '../services/tasks/tool-verdict.ts';
import { alertBeat, alertWriter, hasAlerts, sendingOf } from './alerts/alert-parts.ts';
import type { AlertOperations, AlertParts } from './alerts/alert-operations.ts';
import type { Application } from './application.ts';
import { createCore, type Core } from './core.ts';
import { fleetOperations } from './fleet/fleet-side.ts';
import type { Engine } from './running/engine.ts';
import type { LeadOptions } from './running/lead.ts';
import { EngineOnDemand } from './running/engine-on-demand.ts';
import { executionRecords } from './operations/execution-records.ts';
import { kept, once } from './once.ts';
import { operationsOnDemand } from './operations/on-demand.ts';
import type { Outside } from './outside.ts';
import { publishOnce } from './running/publish-once.ts';
import { findTiming } from '../services/schedule/task-lookup.ts';
import { PrimaryConnection } from './running/primary-connection.ts';
import type { Primary } from './running/primary.ts';
import { Runs } from './running/runs.ts';

/**
 * Creates the application from the ports of this process. Every interface and every test uses it, so services are wired
 * in one place.
 */
export function createApplication(given: Outside): Application {
  const writer = alertWriter(given, (task) => core.planner.policies(task));
  const [guarded, settings] = [new GuardedStore(given.store), new SettingsEdits(given)];
  const outside = withWrappedPorts(given, { store: guarded, settings }, writer);
  const engine = new EngineOnDemand((warm) => openEngine(outside, core, warm));
  const core = createCore(outside, engine.stopping, { guarded, unguarded: given.store, settings });
  const { ledger, machine } = outside;
  let leading: Promise<Primary> | null = null;
  let notifier: AlertNotifier | null = null;
  const connection = new PrimaryConnection(outside.control);
  const otherPrimary = async () => (leading === null ? connection.get() : null);
  const runs = new Runs({
    ...{ engine: (warm) => engine.get(warm), otherPrimary, leads: () => leading !== null, ledger },
    publish: () => publishOnce(outside, core),
    noteFired: (timingId, events) => noteFired(outside, core, timingId, events),
    startDetached: (taskId, approval) => startDetached(outside, taskId, approval),
  });
  const keptServers = async () =>
    (await import('./running/kept-server-operations.ts')).keptServerOperations(engine, otherPrimary);
  const onDemand = operationsOnDemand(outside, core, { runs, keptServers }, engine.stopping);
  const { secrets } = core.servers;
  const alerts = once(() => openAlerts(outside, { ...onDemand, secrets, notifier: () => notifier }));
  const beat = alertBeat(outside, core, writer);
  const sendLast = () => sendBeforeEnd(outside, beat, alerts);
  const application: Application = {
    ...{ ...onDemand, ...readersOfRuns(outside, core, onDemand), alerts },
    ...{ version: machine.version, dataDir: outside.dataDir },
    get timezone() {
      return outside.timezone();
    },
    ...{ timeStyle: core.timeStyle, clock: outside.clock, newId: outside.newId },
    ...{ runs: async () => runs, entries: async () => core.sync, checkSignIns: signInCheck(outside, core, engine) },
    fleet: async () => fleetOperations(await core.fleet.parts(), core.tasks),
    catalog: core.catalog,
    verifyTool: (tool, parameters) => verify(core, tool, parameters),
    ...{ settings: outside.settings, secrets, listFolders: outside.listFolders },
    signIns: async () => (await core.servers.signIn()).signIns,
    ...{ keptServers, primary: otherPrimary },
    lead: async (options) => {
      notifier = options.notifier ?? null;
      const alertSending = sendingOf({ load: alerts, beat, writer, outside });
      const made = lead(outside, core, engine, { ...options, alerts: alertSending });
      leading = kept(made, () => (leading = null));
      return leading;
    },
    follow: async (listener) => (await import('./running/follow.ts')).followChanges(outside, core, listener),
    serve: async (options) => (await import('./running/serve.ts')).serve(application, outside, options),
    uninstall: async () => (await import('./running/uninstall.ts')).uninstallOf(outside, core, application),
    stop: () => engine.stop(),
    close: async () => {
      if (leading === null && !engine.stopping.aborted && (engine.isOpen || writer.hasAdded)) await sendLast();
      await core.servers.close();
      await core.fleet.close();
      await connection.close();
      await engine.close();
      ledger.close();
    },
  };
  return application;
}

/**
 * Returns the ports with a ledger that adds alerts, and with the given store and settings. Not a copy: a port of `given`
 * that is replaced later counts.
 */
function withWrappedPorts(
  given: Outside,
  { store, settings }: Pick<Outside, 'store' | 'settings'>,
  writer: AlertWriter,
): Outside {
  const ledger = alertingLedger(given.ledger, writer, given.logger);
  return Object.assign(Object.create(given) as Outside, { ledger, store, settings });
}

/** Sends what a process without a primary has added. */
async function sendBeforeEnd(
  { ledger }: Outside,
  beat: ReturnType<typeof alertBeat>,
  alerts: () => Promise<AlertOperations>,
): Promise<void> {
  beat.beat();
  if (hasAlerts(ledger)) await (await alerts()).sendBeforeEnd();
}

async function lead(outside: Outside, core: Core, engine: EngineOnDemand, options: LeadOptions): Promise<Primary> {
  const { leadAndPublish } = await import('./running/lead.ts');
  return leadAndPublish(outside, core, await engine.get(0), options);
}

async function openAlerts(outside: Outside, parts: AlertParts): Promise<AlertOperations> {
  return (await import('./alerts/alert-operations.ts')).alertOperations(outside, parts);
}

function signInCheck(outside: Outside, core: Core, engine: EngineOnDemand): Application['checkSignIns'] {
  const check = async () => (await engine.get(0)).credentials;
  return async () => (await import('./sign-ins/check-sign-ins.ts')).checkSignIns(outside, core, check);
}

async function startDetached(outside: Outside, taskId: string, approval: Approval | undefined): Promise<Execution> {
  const { startDetachedRun } = await import('./running/detached-run.ts');
  return startDetachedRun(await outside.ownProgram(), taskId, approval);
}

async function verify(core: Core, ...tool: Parameters<Application['verifyTool']>): Promise<ToolVerdict> {
  const { verifyTool } = await import('../services/tasks/tool-verdict.ts');
  return verifyTool(await core.catalog(), ...tool);
}

type Readers = Pick<Application, 'tasks' | 'doctor' | 'logs' | 'executions' | 'slots'>;

function readersOfRuns(
  outside: Outside,
  core: Core,
  { doctor, logs, slots }: Omit<Readers, 'tasks' | 'executions'>,
): Readers {
  return {
    tasks: () => onceSettled(outside, core.tasks),
    doctor: () => onceSettled(outside, doctor()),
    logs: () => onceSettled(outside, logs()),
    slots: () => onceSettled(outside, slots()),
    executions: () => onceSettled(outside, executionRecords(outside.ledger)),
  };
}

/** Returns what a reader of runs needs, once no run is shown as running whose process is gone. */
async function onceSettled<T>(outside: Outside, reader: T | Promise<T>): Promise<T> {
  if (mayHaveRuns(outside.ledger)) await (await import('./running/settle-runs.ts')).settleRuns(outside);
  return reader;
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

async function noteFired(
  { store }: Outside,
  { events }: Core,
  timingId: string,
  names: readonly EventName[],
): Promise<void> {
  // The entry of a group that is gone must not start the tasks of others.
  findTiming(store.read(), timingId);
  await events.noteFired(names);
}

/**
 * Loads and starts the engine.
 * @param warm number of workers to start before the engine is loaded: they start on another processor meanwhile, before
 * the slot is claimed
 */
async function openEngine(outside: Outside, core: Core, warm: number): Promise<Engine> {
  const { WorkerPool } = await import('../services/runs/workers/worker-pool.ts');
  const pool = new WorkerPool(await outside.workers());
  try {
    pool.warm(Array<string>(warm).fill('shell:run'));
  } catch (problem) {
    // The run starts its own worker. If that fails too, it is recorded as failed, with the reason.
    outside.logger.warn('Could not start workers ahead of time', { problem: messageOf(problem) });
  }
  try {
    const { startEngine } = await import('./running/engine.ts');
    return await startEngine(outside, core, { pool, secrets: await core.servers.secrets() });
  } catch (error) {
    pool.warm([]);
    throw error;
  }
}
