import { dayMs } from '../../domain/durations.ts';
import type { Calendars, CalendarsNeeds } from '../../services/calendars/calendars.ts';
import type { Application } from '../application.ts';
import type { Core } from '../core.ts';
import { once } from '../once.ts';
import type { SlotOperations } from '../operations.ts';
import type { Outside } from '../outside.ts';
import type { Runs } from '../running/runs.ts';
import type { SlotHistory } from '../../services/schedule/slot-history.ts';
import { findTask } from '../../services/schedule/task-lookup.ts';

type OnDemand = Pick<
  Application,
  | 'agents'
  | 'backups'
  | 'backfills'
  | 'bulkChanges'
  | 'calendars'
  | 'callTool'
  | 'doctor'
  | 'environment'
  | 'history'
  | 'jobs'
  | 'lint'
  | 'logs'
  | 'metrics'
  | 'machines'
  | 'migration'
  | 'notifications'
  | 'otherJobs'
  | 'personOnly'
  | 'reports'
  | 'retention'
  | 'runWatch'
  | 'agentPrograms'
  | 'installation'
  | 'service'
  | 'settingsChanges'
  | 'slotCalendar'
  | 'shellCommand'
  | 'slots'
  | 'snapshots'
  | 'successTrial'
  | 'testedTasks'
  | 'transfer'
  | 'webTokens'
>;

type OnChanges = Pick<
  OnDemand,
  | 'agents'
  | 'personOnly'
  | 'backups'
  | 'bulkChanges'
  | 'calendars'
  | 'history'
  | 'migration'
  | 'otherJobs'
  | 'settingsChanges'
  | 'testedTasks'
  | 'transfer'
>;
type OnSlots = Pick<OnDemand, 'slots' | 'runWatch' | 'backfills' | 'reports'>;
type OnMachine = Pick<
  OnDemand,
  | 'agentPrograms'
  | 'callTool'
  | 'doctor'
  | 'environment'
  | 'installation'
  | 'lint'
  | 'machines'
  | 'service'
  | 'shellCommand'
  | 'webTokens'
>;
type OnRuns = Omit<OnDemand, keyof OnChanges | keyof OnMachine | keyof OnSlots>;

/** Returns the operations that a short command may not need. Their code is loaded at the first call. */
export function operationsOnDemand(
  outside: Outside,
  core: Core,
  { runs, keptServers }: { readonly runs: Runs; readonly keptServers: Application['keptServers'] },
  stopping: AbortSignal,
): OnDemand {
  const slots = operationsOnSlots(outside, core, runs, stopping);
  const changes = operationsOnChanges(outside, core, runs, slots.backfills);
  return {
    ...changes,
    ...slots,
    ...operationsOnRuns(outside, core, runs, changes.agents),
    ...operationsOnMachine(outside, core, keptServers, stopping),
  };
}

async function calendarsOf(outside: Outside, core: Core, changes: CalendarsNeeds['changes']): Promise<Calendars> {
  const { Calendars } = await import('../../services/calendars/calendars.ts');
  const { store, clock } = outside;
  return new Calendars({ days: core.calendarDays, store, clock, sources: () => outside.calendarSources(), changes });
}

function operationsOnChanges(outside: Outside, core: Core, runs: Runs, slotRuns: OnSlots['backfills']): OnChanges {
  const { store, ledger, clock, settings, newId, machine, timezone } = outside;
  const { tasks, sync, planner, coming } = core;
  const history = once(async () => {
    const { ChangeHistory } = await import('../../services/history/change-history.ts');
    const needs = { store, ledger, settings, clock, sync, planner, newId, ...otherSides(outside) };
    return new ChangeHistory({ ...needs, fleet: core.fleet.writes, machineTimezone: timezone });
  });
  const transfer = once(() => openTransfer(outside, core));
  const settingsChanges = once(async () => {
    const { SettingsChanges } = await import('../../services/settings/settings-changes.ts');
    return new SettingsChanges({ settings, ledger, clock });
  });
  const calendars = once(async () => calendarsOf(outside, core, await settingsChanges()));
  return {
    history: () => {
      core.settingsEdits.noteLaterEdits();
      return history();
    },
    bulkChanges: once(async () => {
      const { BulkChanges } = await import('../../services/tasks/bulk-changes.ts');
      return new BulkChanges({ store, ledger, clock, sync, planner, coming, newId, machineTimezone: timezone });
    }),
    calendars,
    agents: once(async () => {
      const { Agents } = await import('../../services/consent/agents.ts');
      const processTree = await outside.processTree();
      const needs = { store, ledger, settings, clock, tasks, coming, runs, newId, processTree, pid: machine.pid };
      const made = { backfills: await slotRuns(), history: await history(), calendars: await calendars() };
      return new Agents({ ...needs, ...made });
    }),
    personOnly: once(async () => {
      const { PersonOnly } = await import('../../services/consent/person-only.ts');
      return new PersonOnly({ ledger, clock, processTree: await outside.processTree(), pid: machine.pid });
    }),
    testedTasks: once(async () => {
      const { TestedTasks } = await import('../../services/tasks/tested-tasks.ts');
      return new TestedTasks({ tasks, testDraft: (draft, options) => runs.testDraft(draft, options) });
    }),
    settingsChanges,
    backups: once(async () => {
      const { ScheduleRestore } = await import('../../services/history/schedule-restore.ts');
      return new ScheduleRestore({ store, ledger, clock, sync, newId });
    }),
    migration: once(async () => (await import('../ncp-migration.ts')).migrationOperations(outside, core)),
    transfer,
    otherJobs: once(async () => {
      const { OtherJobs } = await import('../../services/other-jobs/other-jobs.ts');
      const [schedulers, imports] = await Promise.all([outside.otherSchedulers(), transfer()]);
      const clockStyle = () => core.timeStyle().clock;
      return new OtherJobs({ schedulers, clock, clockStyle, installed: (kind) => imports.installed(kind) });
    }),
  };
}

async function openTransfer(outside: Outside, { sync, checks }: Core): ReturnType<OnChanges['transfer']> {
  const { store, ledger, clock, settings, newId, machine, timezone } = outside;
  const { Transfer } = await import('../../services/transfer/transfer.ts');
  const facts = { version: machine.version, platform: machine.platform, timezone: timezone() };
  const [files, groups] = await Promise.all([outside.importFiles(), outside.groupExporter()]);
  const needs = { store, ledger, clock, settings, sync, checks, newId, facts, files, groups };
  return new Transfer({ ...needs, ...otherSides(outside) });
}

/** What other schedulers keep, which a move changes and an undo gives back. */
const otherSides = (outside: Outside) => ({
  crontab: () => outside.personCrontab(),
  agentSchedules: () => outside.agentSchedules(),
});

function operationsOnRuns(outside: Outside, core: Core, runs: Runs, agents: OnChanges['agents']): OnRuns {
  const { store, ledger, clock, settings, logger } = outside;
  const { tasks, planner, attention } = core;
  const { logs } = core;
  return {
    logs,
    successTrial: once(async () => {
      const { SuccessTrial } = await import('../../services/runs/trials/success-trial.ts');
      return new SuccessTrial({ ledger, logs: await logs() });
    }),
    snapshots: once(async () => {
      const { snapshotOperations } = await import('./snapshots.ts');
      return snapshotOperations(outside, { core, runs, agents: await agents() });
    }),
    notifications: once(async () => {
      const [{ RunNotifications }, { AttentionNotifications }, { notificationClicks }, { ownNotifier }] =
        await Promise.all([
          import('../../services/notifications/notifications.ts'),
          import('../../services/notifications/attention-notifications.ts'),
          import('../../services/notifications/notification-clicks.ts'),
          import('../../services/notifications/own-notifications.ts'),
        ]);
      return {
        own: (notifier) => ownNotifier(notifier, settings),
        ofRuns: (notifier) =>
          new RunNotifications({ store, ledger, clock, settings, planner, facts: core.facts, logger, notifier }),
        ofAttention: (notifier) => new AttentionNotifications({ store, ledger, settings, attention, logger, notifier }),
        choices: (surroundings) =>
          notificationClicks({ ...surroundings, tasks, start: (taskId) => runs.start(taskId), ledger, clock }),
      };
    }),
    metrics: once(async () => (await import('../running/publishing.ts')).metricOperations(outside, core)),
    slotCalendar: once(async () => (await import('../running/publishing.ts')).slotCalendarOperations(outside, core)),
    retention: once(async () => {
      const { Retention } = await import('../../services/retention/retention.ts');
      return new Retention({ ledger, settings, clock, logger, logs: await outside.logRemoval() });
    }),
    jobs: async (author) => {
      const { JobNames } = await import('../../services/firing/job-names.ts');
      return new JobNames(tasks, (taskId) => runs.trigger(taskId, { trigger: 'manual' }), author);
    },
  };
}

function slotOperations(history: SlotHistory, { store, clock }: Outside, { fleet }: Core): SlotOperations {
  return {
    why: (idOrName, since) => history.why(idOrName, since),
    whyInFleet: (idOrName, since = new Date(clock.now() - dayMs).toISOString()) => {
      const period = { from: new Date(since).toISOString(), until: clock.nowIso() };
      return fleet.gate.withStories(findTask(store.read(), idOrName), history.why(idOrName, since), period);
    },
    missed: (timingId, since) => history.missed(timingId, since),
    attention: (idOrName) => history.attention(idOrName),
  };
}

function operationsOnSlots(outside: Outside, core: Core, runs: Runs, stopping: AbortSignal): OnSlots {
  const { store, ledger, clock, logger } = outside;
  const { planner, attention } = core;
  const history = once(async () => {
    const { SlotHistory } = await import('../../services/schedule/slot-history.ts');
    const { RefusedRuns } = await import('../../services/budgets/refused-runs.ts');
    const refused = new RefusedRuns({ ledger, clock });
    return new SlotHistory({ store, ledger, clock, planner, attention, refusedRuns: (task) => refused.of(task) });
  });
  return {
    slots: once(async () => slotOperations(await history(), outside, core)),
    reports: once(async () => (await import('./reports.ts')).reportOperations(outside, core, await history())),
    backfills: once(async () => {
      const [{ Backfills }, { BackfillPlanner }] = await Promise.all([
        import('../../services/firing/backfills.ts'),
        import('../../services/firing/backfill-plan.ts'),
      ]);
      return new Backfills({
        plans: new BackfillPlanner({ store, ledger, clock, planner }),
        planner,
        runSlot: (taskId, slot, approval) => runs.runPastSlot(taskId, slot, approval),
        concurrencyLimit: () => runs.concurrencyLimit(),
        logger,
        stopping,
      });
    }),
    runWatch: once(async () => {
      const [{ RunWatch }, { AttentionWatch }] = await Promise.all([
        import('../../services/attention/run-watch.ts'),
        import('../../services/attention/attention-watch.ts'),
      ]);
      const watch = new AttentionWatch({ store, ledger, attention });
      return new RunWatch({ store, ledger, clock, attention, watch });
    }),
  };
}

function operationsOnMachine(
  outside: Outside,
  core: Core,
  keptServers: Application['keptServers'],
  stopping: AbortSignal,
): OnMachine {
  return {
    environment: once(async () => {
      const { TaskEnvironments } = await import('../login-variables.ts');
      return new TaskEnvironments(outside);
    }),
    doctor: once(async () => (await import('./doctor.ts')).doctorOperations(outside, core, keptServers)),
    lint: once(async () => {
      const { Lint } = await import('../../services/lint/lint.ts');
      return new Lint({
        files: await outside.lintFiles(),
        clock: outside.clock,
        clockStyle: () => core.timeStyle().clock,
      });
    }),
    installation: () => outside.installation(),
    service: once(() => outside.service()),
    shellCommand: once(async () => {
      const { loginVariables } = await import('../login-variables.ts');
      const variables = loginVariables(outside);
      return outside.shellCommand(async () => (await variables())['PATH'] ?? '');
    }),
    webTokens: once(async () => {
      const { WebTokens } = await import('../../services/web/web-tokens.ts');
      const { ledger, clock } = outside;
      return new WebTokens({ file: await outside.webTokenFile(), ledger, clock });
    }),
    machines: once(async () => (await import('../running/other-machines.ts')).machineOperations(outside, stopping)),
    agentPrograms: once(() => outside.agentPrograms()),
    callTool: async (tool, parameters) =>
      (await import('../tools/tools.ts')).callTool({ outside, parts: core.servers, stopping }, tool, parameters),
  };
}
