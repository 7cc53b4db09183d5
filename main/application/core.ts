import { policyDefaults } from '../contract/policy-defaults.ts';
import type { Settings } from '../contract/settings.ts';
import type { PolicyDefaults } from '../domain/policy/resolved-policies.ts';
import { chosenTimeStyle, type TimeStyle } from '../contract/time-style.ts';
import { SchedulerError } from '../domain/errors.ts';
import { createFleetSide, type FleetSide, type FleetStores } from './fleet/fleet-side.ts';
import type { OsScheduler } from '../ports/os-scheduler.ts';
import type { ToolCatalog } from '../services/tasks/tool-catalog.ts';
import { TaskAttention } from '../services/attention/task-attention.ts';
import { Budgets } from '../services/budgets/budgets.ts';
import { TaskUsages } from '../services/budgets/task-usage.ts';
import { CalendarDays } from '../services/calendars/calendar-days.ts';
import type { RunLogs } from '../services/runs/run-logs.ts';
import { GuardedStore } from '../services/fleet/definitions/guarded-store.ts';
import { LiveLines } from '../services/runs/live-lines.ts';
import { SettingsEdits } from '../services/settings/settings-edits.ts';
import { ScheduleSync } from '../services/os-entries/schedule-sync.ts';
import { ComingRuns } from '../services/schedule/coming-runs.ts';
import { EventLog } from '../services/schedule/event-log.ts';
import { SlotPlanner } from '../services/schedule/slot-planner.ts';
import { TimingFacts } from '../services/schedule/timing-facts.ts';
import type { MachineChecks } from '../services/tasks/task-checks.ts';
import { TaskManager } from '../services/tasks/task-manager.ts';
import { chosenScheduler } from './chosen-scheduler.ts';
import type { ServerParts } from './tools/server-access.ts';
import { machineChecks } from './tools/machine-checks.ts';
import { once } from './once.ts';
import type { Outside } from './outside.ts';
import { toolVerifier } from './tools/tool-checks.ts';

/** The services that all operations share. None of them runs a task. */
export interface Core {
  /** How times are written now: as the settings choose, or the system. */
  readonly timeStyle: () => TimeStyle;
  readonly planner: SlotPlanner;
  readonly calendarDays: CalendarDays;
  /** When tasks really run, with their calendars. */
  readonly coming: ComingRuns;
  readonly budgets: Budgets;
  /** The events of the machine that start tasks. */
  readonly events: EventLog;
  readonly usages: TaskUsages;
  readonly facts: TimingFacts;
  readonly attention: TaskAttention;
  readonly sync: ScheduleSync;
  /** What the runs of this process have written after the last line end. */
  readonly live: LiveLines;
  readonly checks: MachineChecks;
  readonly tasks: TaskManager;
  /** Returns the OS scheduler in which groups get their entries now. */
  readonly choose: () => Promise<OsScheduler>;
  /** Returns the tools of the configured MCP servers. */
  readonly catalog: () => Promise<ToolCatalog>;
  /** What the configurations of MCP servers refer to. */
  readonly servers: ServerParts;
  /** Reads the logs of this machine. */
  readonly logs: () => Promise<RunLogs>;
  /** The tasks that this machine shares with others. */
  readonly fleet: FleetSide;
  /** Records what an editor or another program changed in the settings. */
  readonly settingsEdits: Pick<SettingsEdits, 'noteEdits' | 'noteLaterEdits'>;
}

/**
 * @param stopping ends the sessions with MCP servers
 * @param wrapped the store of `outside`, guarded or not, and its settings
 */
export function createCore(outside: Outside, stopping: AbortSignal, wrapped = wrappedPorts(outside)): Core {
  const { store, ledger, clock, settings, newId, timezone, osSchedulers: schedulers, entryContext: context } = outside;
  const defaults = () => policyDefaultsOf(settings.read());
  const calendarDays = new CalendarDays({
    ...{ settings, clock, logger: outside.logger },
    memory: outside.calendarMemory,
    sources: once(() => outside.calendarSources()),
  });
  const events = new EventLog({ memory: outside.eventMemory, machine: once(() => outside.machineEvents()), clock });
  const servers = serverParts(outside);
  const live = new LiveLines();
  const logs = once(async () => {
    const { RunLogs } = await import('../services/runs/run-logs.ts');
    const settle = async () => (await import('./running/settle-runs.ts')).settleRuns(outside);
    return new RunLogs({ ledger, clock, files: await outside.logFiles(), live, settle });
  });
  const fleet: FleetSide = createFleetSide(outside, wrapped, () => ({
    planner,
    sync,
    coming,
    secrets: servers.secrets,
    logs,
  }));
  const planner = new SlotPlanner({
    ...{ ledger, clock, defaults },
    whyOpen: (task, slotMs) => fleet.gate.whyOpen(task, slotMs),
    calendarRule: (task) => calendarDays.ruleOf(task),
    eventSlots: (task, afterMs, untilMs) => events.slotsOf(task, afterMs, untilMs),
  });
  const coming = new ComingRuns((task) => calendarDays.ruleOf(task));
  const choose = chosenScheduler(outside);
  const signInCheckMs = () => settings.read().credentialCheckMs;
  const sync = new ScheduleSync({ store, clock, schedulers, choose, context, signInCheckMs });
  const checks = machineChecks(outside, () => calendarDays.all());
  const catalog = once(async () => (await import('./tools/tools.ts')).catalogOf(outside, servers, stopping));
  const timeStyle = timeStyleOf(outside);
  const facts = new TimingFacts({ clock: () => timeStyle().clock, machineTimezone: timezone });
  const budgets = new Budgets({ ledger, clock, settings, timezone });
  const attention = new TaskAttention({ ledger, clock, planner, budgets, defaults });
  const usages = new TaskUsages({ ledger, clock, planner, budgets });
  const verifyTool = toolVerifier(catalog);
  const tasks = new TaskManager({
    ...{ store, ledger, clock, sync, checks, planner, coming, facts, attention, usages, newId, verifyTool },
    machineTimezone: timezone,
    timeStyle,
    fleet: fleet.writes,
  });
  return {
    ...{ timeStyle, planner, calendarDays, coming, budgets, events, usages, facts, attention },
    ...{ sync, live, checks, tasks, choose, catalog, servers, logs, fleet },
    settingsEdits: wrapped.settings,
  };
}

const wrappedPorts = (outside: Outside): FleetStores & { readonly settings: SettingsEdits } => ({
  ...{ guarded: new GuardedStore(outside.store), unguarded: outside.store },
  settings: new SettingsEdits(outside),
});

/** Opens the secrets and sign-ins of this data directory. Values are available only if this process can decrypt them. */
function serverParts(outside: Outside): ServerParts {
  const secrets = once(async () => {
    const [{ SecretVault }, cipher, file] = await Promise.all([
      import('../services/secrets/secret-vault.ts'),
      outside.cipher(),
      outside.secretFile(),
    ]);
    return new SecretVault({ cipher, file, clock: outside.clock });
  });
  const signIn = once(async () => (await import('./tools/server-access.ts')).openSignIns(outside, secrets));
  let isOpen = false;
  const open = (): ReturnType<typeof signIn> => ((isOpen = true), signIn());
  const close = async (): Promise<void> => {
    if (isOpen) (await signIn()).signIns.close();
  };
  return { secrets, signIn: open, close };
}

/** Returns the defaults of all policies, with those of the settings. */
function policyDefaultsOf(settings: Settings): PolicyDefaults {
  const { defaultTimeout: timeoutMs, doubtfulRuns: doubt, worker, lateAfterMs, longAfter, overdueAfterMs } = settings;
  return { ...policyDefaults, timeoutMs, doubt, worker, lateAfterMs, longAfter, overdueAfterMs };
}

/** Returns the style of the settings. While those were never readable, which the doctor reports, it is the system's. */
function timeStyleOf({ settings, timeStyle }: Pick<Outside, 'settings' | 'timeStyle'>): () => TimeStyle {
  return () => {
    try {
      return chosenTimeStyle(settings.read(), timeStyle);
    } catch (problem) {
      if (problem instanceof SchedulerError && problem.code === 'store/config-unreadable') return timeStyle();
      throw problem;
    }
  };
}
