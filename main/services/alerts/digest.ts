import { executionFilterSchema, type Execution } from '../../contract/execution.ts';
import { failureHeadline } from '../../contract/failure-headline.ts';
import type { Digest } from '../../contract/alerts/rules.ts';
import type { ClockStyle } from '../../contract/time-style.ts';
import type { Task } from '../../contract/task.ts';
import { latestDigestMs } from '../../domain/alerts/digest-period.ts';
import { digestText, type DigestFacts } from '../../domain/alerts/digest-text.ts';
import { dayMs } from '../../domain/durations.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AlertRecords } from '../../ports/ledger/alerts.ts';
import type { SlotClaims } from '../../ports/ledger/claims.ts';
import type { Marks } from '../../ports/ledger/marks.ts';
import type { ExecutionPages } from '../../ports/ledger/pages.ts';
import type { Store } from '../../ports/store.ts';
import type { AlertWriter } from './alert-writer.ts';

const mark = 'alerts.digest';
/** The most failures that a digest groups by task. Their number is exact beyond it. */
const readFailures = 1000;
const failures = ['failure', 'timeout', 'interrupted'] as const;

export interface DigestNeeds {
  readonly writer: Pick<AlertWriter, 'digest'>;
  readonly store: Pick<Store, 'state' | 'read'>;
  readonly ledger: AlertRecords & Marks & ExecutionPages & Pick<SlotClaims, 'missedSlots'>;
  readonly clock: Clock;
  readonly timezone: () => string;
  readonly clockStyle: () => ClockStyle;
  /** Returns the next slot of a task that is not skipped, in ms; null for none. */
  readonly nextSlotMs: (task: Task) => number | null;
}

/**
 * Adds the digest if one is due since the last one: once per period, whichever process comes first. After a time without
 * any process, one digest tells everything since the last. A digest that was just set up begins with the next period.
 */
export function addDigest(digest: Digest, needs: DigestNeeds): void {
  const { ledger, clock, timezone, store, writer } = needs;
  const toMs = latestDigestMs(digest, { ms: clock.now(), zone: timezone() });
  const told = ledger.mark(mark);
  const fromMs = Date.parse(told ?? '');
  if (fromMs >= toMs || store.state().state !== 'ok') return;
  // Before the transaction: the next slots of many tasks take a while.
  const words = { zone: timezone(), clock: needs.clockStyle() };
  const text = Number.isNaN(fromMs) ? null : digestText(digestFacts(digest, { fromMs, toMs }, needs), words);
  ledger.together(() => {
    // Another process has told this period meanwhile.
    if (ledger.mark(mark) !== told) return;
    ledger.setMark(mark, new Date(toMs).toISOString());
    if (text !== null) writer.digest(digest.channels, toMs, text);
  });
}

/** Forgets the period of the last digest: a digest that is switched on again begins with its next period. */
export function forgetDigest({ ledger }: Pick<DigestNeeds, 'ledger'>): void {
  if ((ledger.mark(mark) ?? '') !== '') ledger.setMark(mark, '');
}

interface Period {
  readonly fromMs: number;
  readonly toMs: number;
}

function digestFacts({ every }: Digest, { fromMs, toMs }: Period, needs: DigestNeeds): DigestFacts {
  const { ledger, store } = needs;
  const range = { since: new Date(fromMs).toISOString(), until: new Date(toMs - 1).toISOString() };
  const list = (filter: object) => ledger.list(executionFilterSchema.parse({ ...range, limit: 1, ...filter }));
  const count = (filter: object) => list(filter).total - list({ ...filter, trigger: 'test' }).total;
  const [succeeded, cancelled] = [count({ status: 'success' }), count({ status: 'cancelled' })];
  const failed = failures.map((status) => ({ status, total: count({ status }) }));
  const runs = failed.flatMap(({ status }) => list({ status, limit: readFailures }).executions);
  const tasks = Object.values(store.read().tasks);
  const total = failed.reduce((sum, each) => sum + each.total, 0);
  return {
    ...{ every, fromMs, toMs, succeeded, cancelled, doubtful: count({ doubtful: true }) },
    runs: succeeded + cancelled + total,
    failing: failing(runs.filter(({ trigger }) => trigger !== 'test')),
    missed: missed(needs, range, new Map(tasks.map(({ id, name }) => [id, name]))),
    due: due(tasks, toMs + (every === 'day' ? dayMs : 7 * dayMs), needs),
  };
}

function failing(runs: readonly Execution[]): DigestFacts['failing'] {
  const byTask = new Map<string, { task: string; count: number; reason: string }>();
  for (const run of runs) {
    const known = byTask.get(run.taskId);
    if (known !== undefined) known.count += 1;
    else byTask.set(run.taskId, { task: run.taskName, count: 1, reason: failureHeadline(run) || run.status });
  }
  return [...byTask.values()].sort(mostFirst);
}

function missed(
  { ledger }: DigestNeeds,
  { since, until }: { readonly since: string; readonly until: string },
  names: ReadonlyMap<string, string>,
): DigestFacts['missed'] {
  const counts = new Map<string, number>();
  for (const { taskId, slot } of ledger.missedSlots(since)) {
    if (names.has(taskId) && slot <= until) counts.set(taskId, (counts.get(taskId) ?? 0) + 1);
  }
  return [...counts].map(([id, count]) => ({ task: names.get(id) ?? id, count })).sort(mostFirst);
}

function due(tasks: readonly Task[], untilMs: number, { nextSlotMs }: DigestNeeds): DigestFacts['due'] {
  return tasks
    .flatMap((task) => {
      const slotMs = nextSlotMs(task);
      return slotMs === null || slotMs > untilMs ? [] : [{ task: task.name, slotMs }];
    })
    .sort((a, b) => a.slotMs - b.slotMs);
}

const mostFirst = (a: { readonly count: number }, b: { readonly count: number }): number => b.count - a.count;
