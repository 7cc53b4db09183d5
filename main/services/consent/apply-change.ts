import type { PastSlot } from '../../contract/backfill.ts';
import type { Approval } from '../../contract/control.ts';
import type { Execution } from '../../contract/execution.ts';
import type { ProposedAction, ProposedChange } from '../../contract/proposal.ts';
import type { Task, TaskView } from '../../contract/task.ts';
import type { TestDraft } from '../../contract/test-run.ts';
import type { UndoResult } from '../../contract/history.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { AuditTrail } from '../../ports/ledger/audit.ts';
import type { WriteLock } from '../../ports/ledger/ledger.ts';
import type { CalendarView } from '../../contract/calendars.ts';
import type { Calendars } from '../calendars/calendars.ts';
import type { BegunBackfill } from '../firing/backfills.ts';
import type { ChangeHistory } from '../history/change-history.ts';
import type { UndoPrecondition } from '../history/undo-definitions.ts';
import { findTask } from '../schedule/task-lookup.ts';
import type { CreatedTask, TaskManager } from '../tasks/task-manager.ts';
import type { Precondition } from '../tasks/task-states.ts';
import { TestedTasks, type TestedTasksNeeds } from '../tasks/tested-tasks.ts';

/** Starts and stops runs for an agent, in the primary or in this process. */
export interface AgentRuns {
  /** Starts a manual run and returns it while it is running. */
  start(taskId: string, approval?: Approval): Promise<Execution>;
  /** Runs what is not saved, and returns its outcome. */
  testDraft(draft: TestDraft, options?: { readonly approval?: Approval | undefined }): Promise<Execution>;
  cancel(executionId: string): Promise<Execution>;
}

/** Runs slots of the past for an agent, in this process or in the primary. */
export interface AgentBackfills {
  begin(task: Pick<Task, 'id' | 'name'>, slots: readonly PastSlot[], approval?: Approval): Promise<BegunBackfill>;
}

/** Adds calendars for an agent. */
export type CalendarAdder = Pick<Calendars, 'add' | 'assertNew'>;

/** Checks made under the lock in which a change is written. If one throws, nothing is written. */
export interface ChangeGuard {
  /** Called before a task is created, and before its test run. */
  readonly creating?: () => void;
  /** Called in the transaction that creates a task. */
  readonly created?: (task: Task) => void;
  /** Id of a task that is created, or under which the run of an unsaved draft is listed. @default a new one */
  readonly newTaskId?: string;
  /** What a person approved, for the process that runs it. */
  readonly approval?: Approval;
  /** Called with the current task before it is changed, deleted or run. */
  readonly existing?: Precondition;
  /** Called with the task as it is, or null, before a change of it is undone. */
  readonly undoing?: UndoPrecondition;
  /** Called before runs are recorded. @param count how many @default 1 */
  readonly running?: (count?: number) => void;
}

export interface ApplyChangeNeeds {
  readonly store: Pick<Store, 'read'>;
  readonly tasks: TestedTasksNeeds['tasks'] & Pick<TaskManager, 'get' | 'pause' | 'resume' | 'delete' | 'skipNext'>;
  readonly history: Pick<ChangeHistory, 'undo'>;
  readonly runs: AgentRuns;
  readonly backfills: AgentBackfills;
  readonly calendars: CalendarAdder;
  readonly ledger: AuditTrail & WriteLock;
  readonly clock: Clock;
}

export type ChangeOf<A extends ProposedAction> = Extract<ProposedChange, { action: A }>;

export interface ChangeOutcomes {
  readonly create: CreatedTask & { testRun?: Execution };
  readonly update: { task: TaskView; warnings: string[]; testRun?: Execution };
  readonly pause: { task: TaskView };
  readonly resume: { task: TaskView };
  readonly delete: { task: TaskView };
  readonly trigger: { execution: Execution };
  /** The slots go on to run after the change is made. */
  readonly backfill: { backfill: BegunBackfill };
  readonly cancel: { execution: Execution };
  readonly 'skip-next': { task: TaskView };
  readonly undo: UndoResult;
  readonly 'add-calendar': { calendar: CalendarView };
  readonly test: { execution: Execution };
}

type Appliers = {
  readonly [A in ProposedAction]: (
    change: ChangeOf<A>,
    author: string,
    needs: ApplyChangeNeeds,
    guard: ChangeGuard,
  ) => Promise<ChangeOutcomes[A]>;
};

/** Records a run in the audit trail. It changes no definition, but somebody asked for it. */
function auditRun(needs: ApplyChangeNeeds, author: string, action: string, taskId: string | null): void {
  const at = needs.clock.nowIso();
  needs.ledger.audit({ at, author, action, taskId, before: null, after: null });
}

const appliers: Appliers = {
  create: ({ draft, validate, testRun }, author, needs, guard) => {
    const { creating, created, newTaskId } = guard;
    const options = {
      validate,
      ...(creating !== undefined && { precondition: creating }),
      ...(created !== undefined && { saved: created }),
      ...(newTaskId !== undefined && { id: newTaskId }),
    };
    if (!testRun) return needs.tasks.create(draft, author, options);
    return testedTasks(author, needs, guard).create(draft, author, options);
  },
  update: async ({ taskId, change, validate, testRun }, author, needs, guard) => {
    const { tasks } = needs;
    const { existing } = guard;
    const options = { validate, ...(existing !== undefined && { precondition: existing }) };
    if (testRun !== true) return tasks.update(taskId, change, author, options);
    const { task } = await tasks.get(taskId);
    return testedTasks(author, needs, guard).update(task, change, author, options);
  },
  pause: ({ taskId, until, note }, author, { tasks }, { existing }) =>
    tasks.pause(
      taskId,
      { ...(until !== undefined && { until }), ...(note !== undefined && { note }) },
      author,
      existing,
    ),
  resume: ({ taskId }, author, { tasks }, { existing }) => tasks.resume(taskId, author, existing),
  delete: ({ taskId }, author, { tasks }, { existing }) => tasks.delete(taskId, author, existing),
  trigger: async ({ taskId }, author, needs, { existing, running, approval }) => {
    needs.ledger.withWriteLock(() => {
      existing?.(findTask(needs.store.read(), taskId));
      running?.();
      auditRun(needs, author, 'agent.run', taskId);
    });
    return { execution: await needs.runs.start(taskId, approval) };
  },
  backfill: async ({ taskId, slots }, author, needs, { existing, running, approval }) => {
    const task = needs.ledger.withWriteLock(() => {
      running?.(slots.length);
      const present = findTask(needs.store.read(), taskId);
      existing?.(present);
      // Each slot is a run, and counts towards the runs of an agent in an hour.
      for (const _slot of slots) auditRun(needs, author, 'agent.run', taskId);
      return present;
    });
    return { backfill: await needs.backfills.begin(task, slots, approval) };
  },
  cancel: async ({ executionId }, author, needs) => {
    const execution = await needs.runs.cancel(executionId);
    auditRun(needs, author, 'agent.cancel', execution.taskId);
    return { execution };
  },
  'skip-next': ({ taskId, slot }, author, { tasks }, { existing }) =>
    tasks.skipNext(taskId, author, { slot, precondition: existing }),
  undo: ({ changeId }, author, { history }, { undoing }) => history.undo(changeId, author, undoing),
  'add-calendar': async ({ name, calendar }, author, { calendars }) => {
    calendars.assertNew(name);
    return { calendar: await calendars.add(name, calendar, author) };
  },
  test: async ({ draft }, author, needs, guard) => {
    const { newTaskId } = guard;
    const tested = newTaskId === undefined ? draft : { ...draft, newTaskId };
    return { execution: await runTest(tested, author, needs, guard) };
  },
};

function testedTasks(author: string, needs: ApplyChangeNeeds, { running, approval }: ChangeGuard): TestedTasks {
  return new TestedTasks({
    tasks: needs.tasks,
    testDraft: (tested) => runTest(tested, author, needs, { running, approval }),
  });
}

async function runTest(
  draft: TestDraft,
  author: string,
  needs: ApplyChangeNeeds,
  { running, approval }: { readonly [K in 'running' | 'approval']?: ChangeGuard[K] | undefined },
): Promise<Execution> {
  needs.ledger.withWriteLock(() => {
    running?.();
    auditRun(needs, author, 'agent.test-run', draft.newTaskId ?? draft.taskId ?? null);
  });
  return needs.runs.testDraft(draft, { approval });
}

/**
 * Makes a change in the name of `author`.
 * @throws SchedulerError what the operation throws; nothing has changed then.
 */
export function applyChange<A extends ProposedAction>(
  change: ChangeOf<A>,
  author: string,
  needs: ApplyChangeNeeds,
  guard: ChangeGuard = {},
): Promise<ChangeOutcomes[A]> {
  const apply: Appliers[A] = appliers[change.action];
  return apply(change, author, needs, guard);
}
