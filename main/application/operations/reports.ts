import { Insights } from '../../services/reports/insights.ts';
import { MissedRuns } from '../../services/reports/missed-runs.ts';
import { SlotExplanations } from '../../services/reports/slot-explanations.ts';
import { TaskReports } from '../../services/reports/task-reports.ts';
import type { SlotHistory } from '../../services/schedule/slot-history.ts';
import type { ReportOperations } from '../operations.ts';
import type { Core } from '../core.ts';
import type { Outside } from '../outside.ts';

/** Wires what the pages of tasks and groups and the page Insights need. */
export function reportOperations(outside: Outside, core: Core, slots: SlotHistory): ReportOperations {
  const { store, ledger, clock, timezone } = outside;
  const { planner, coming, tasks, choose, usages } = core;
  const reports = new TaskReports({ store, ledger, clock, planner, coming, usages });
  const missed = new MissedRuns({ store, ledger, clock });
  const explanations = new SlotExplanations({
    ...{ store, ledger, clock, planner, slots, choose },
    timings: () => tasks.timings(),
  });
  const insights = new Insights({
    ...{ store, ledger, clock, coming },
    machineTimezone: timezone,
    pause: () => new Promise((resolve) => setImmediate(resolve)),
  });
  return {
    task: (taskId) => reports.task(taskId),
    group: (timingId) => reports.group(timingId),
    insights: (question) => insights.of(question),
    missed: (recordedAfter) => missed.report(recordedAfter),
    explain: (taskId, slot) => explanations.explain(taskId, slot),
  };
}
