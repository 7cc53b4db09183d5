import type { InsightOrder, TaskInsight } from '../../../contract/insights.ts';
import type { RunHint } from '../../../contract/task-report.ts';

/** The worst first: what never works, then what got worse. */
const gravity: readonly RunHint['kind'][] = ['always-fails', 'never-ran', 'flaky', 'slower', 'short-log'];

const worst = ({ hints }: TaskInsight): number =>
  Math.min(gravity.length, ...hints.map(({ kind }) => gravity.indexOf(kind)));

const largest: Readonly<Record<InsightOrder, (row: TaskInsight) => number>> = {
  findings: (row) => gravity.length - worst(row),
  time: (row) => row.busyMsPerDay,
  cpu: (row) => row.cpuMsPerDay ?? -1,
  memory: (row) => row.peakMemoryBytes ?? -1,
  runs: (row) => row.runsPerDay,
};

/** Returns tasks in an order, those that are equal by the time that they take, then by name. */
export function inInsightOrder(rows: readonly TaskInsight[], order: InsightOrder): TaskInsight[] {
  const value = largest[order];
  const byWeight = (hints: TaskInsight['hints']) =>
    [...hints].sort((left, right) => gravity.indexOf(left.kind) - gravity.indexOf(right.kind));
  return rows
    .map((row) => ({ ...row, hints: byWeight(row.hints) }))
    .sort(
      (left, right) =>
        value(right) - value(left) ||
        right.busyMsPerDay - left.busyMsPerDay ||
        (left.taskName < right.taskName ? -1 : 1),
    );
}
