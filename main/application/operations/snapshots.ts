import { prepareFacts } from '../../services/desktop/prepare-facts.ts';
import { quitQuestion } from '../../services/desktop/quit-question.ts';
import { Snapshots } from '../../services/desktop/snapshots.ts';
import { trayState } from '../../services/desktop/tray-state.ts';
import { executionFilterSchema } from '../../contract/execution.ts';
import { dayMs } from '../../domain/durations.ts';
import { scheduleLoad } from '../../services/schedule/schedule-load.ts';
import { waitsOf } from '../../services/schedule/waits.ts';
import { needsEntryIn } from '../../services/schedule/timing-groups.ts';
import type { AgentOperations, SnapshotOperations } from '../operations.ts';
import type { Core } from '../core.ts';
import type { Outside } from '../outside.ts';
import type { Runs } from '../running/runs.ts';

interface Parts {
  readonly core: Core;
  readonly runs: Runs;
  readonly agents: AgentOperations;
}

/** Returns the operations that collect what windows, the tray and dialogs show. */
export function snapshotOperations(outside: Outside, { core, runs, agents }: Parts): SnapshotOperations {
  const { store, ledger, machine, timezone, dataDir } = outside;
  const { version, platform } = machine;
  const snapshots = new Snapshots({
    ...{ store, ledger, tasks: core.tasks },
    app: { version, platform, timezone: timezone(), dataDir },
    timeStyle: core.timeStyle,
    inFleet: () => outside.inFleet(),
    osScheduler: () => core.sync.kind(),
    waiting: () => agents.proposals.waiting(),
  });
  return {
    prepare: () => prepareFacts(outside, core.facts),
    whole: (desktop) => snapshots.whole(desktop),
    change: (desktop) => snapshots.change(desktop),
    load: async (question) => {
      const concurrencyLimit = await runs.concurrencyLimit();
      const since = new Date(outside.clock.now() - dayMs).toISOString();
      const { executions } = ledger.list(executionFilterSchema.parse({ since, limit: 1000 }));
      return {
        ...scheduleLoad(store.read(), question, core.coming),
        concurrencyLimit,
        waited: waitsOf(executions, concurrencyLimit),
      };
    },
    tray: (remarks) =>
      trayState(
        {
          store,
          ledger,
          facts: core.facts,
          coming: core.coming,
          attention: core.attention,
          clock: core.timeStyle().clock,
        },
        outside.clock.now(),
        remarks,
      ),
    quitQuestion: async () => {
      const running = ledger.running().map(({ execution }) => execution.taskName);
      const file = store.state().state === 'ok' ? store.read() : null;
      const kind = await core.sync.kind();
      const timings = file === null ? [] : Object.values(file.timings);
      const groups = timings.filter((timing) => file !== null && needsEntryIn(kind, file, timing));
      return quitQuestion({ running, groups: groups.length, osScheduler: kind });
    },
  };
}
