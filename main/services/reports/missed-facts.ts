import { executionFilterSchema, type Execution, type SlotRecord } from '../../contract/execution.ts';
import type { SlotFact } from '../../contract/slot-explanation.ts';
import type { Task, TimingView } from '../../contract/task.ts';
import { minuteMs } from '../../domain/durations.ts';
import type { ExecutionPages } from '../../ports/ledger/pages.ts';
import type { OsScheduler } from '../../ports/os-scheduler.ts';
import type { Store } from '../../ports/store.ts';
import type { SlotPlanner } from '../schedule/slot-planner.ts';

export interface MissedNeeds {
  readonly store: Pick<Store, 'read'>;
  readonly ledger: ExecutionPages;
  readonly planner: Pick<SlotPlanner, 'policies'>;
  readonly timings: () => Promise<readonly TimingView[]>;
  readonly choose: () => Promise<Pick<OsScheduler, 'capabilities'>>;
}

/** Another task that started this close to the slot shows that the machine was on. */
const aroundMs = 5 * minuteMs;
const runsAround = 50;

/**
 * Returns the facts around a slot that did not run: whether anything ran on this machine then, the state of the entry,
 * and whether missed slots run later.
 */
export async function factsAround(needs: MissedNeeds, task: Task, record: SlotRecord): Promise<SlotFact[]> {
  const { catchUp } = needs.planner.policies(task);
  return [
    activityFact(needs.ledger, task, record),
    ...(await schedulerFacts(needs, task)),
    ...(catchUp === 'skip' ? [{ kind: 'catch-up-off' } as const] : []),
  ];
}

function activityFact(ledger: ExecutionPages, task: Task, { slot, recordedAt }: SlotRecord): SlotFact {
  const slotMs = Date.parse(slot);
  const [since, until] = [slotMs - aroundMs, slotMs + aroundMs].map((ms) => new Date(ms).toISOString());
  const list = (filter: object): Execution[] => ledger.list(executionFilterSchema.parse(filter)).executions;
  const other = list({ since, until, limit: runsAround }).find(({ taskId }) => taskId !== task.id);
  if (other !== undefined) {
    const { executionId, taskName, startedAt } = other;
    return { kind: 'others-ran', executionId, taskName, at: startedAt };
  }
  const [before] = list({ until: slot, limit: 1 });
  return { kind: 'silence', since: before?.startedAt ?? null, until: recordedAt };
}

async function schedulerFacts({ timings, choose }: MissedNeeds, task: Task): Promise<SlotFact[]> {
  const entry = (await timings()).find(({ id }) => id === task.timingId)?.osEntry;
  const state = entry?.state;
  const facts: SlotFact[] = [];
  if (entry !== undefined && (state === 'missing' || state === 'drifted' || state === 'in-process'))
    facts.push({ kind: 'entry', state, scheduler: entry.kind });
  // Without an OS scheduler, its notes only repeat that there is none.
  if (state === 'in-process') return facts;
  const { notes } = await (await choose()).capabilities();
  return [...facts, ...notes.map((message): SlotFact => ({ kind: 'scheduler-note', message }))];
}
