import type { DecisionReason, Execution, Trigger } from '../../contract/execution.ts';
import type { ScheduleFile, Task } from '../../contract/task.ts';
import { SchedulerError, messageOf } from '../../domain/errors.ts';
import type { SlotPlan } from '../../domain/policy/plan-slots.ts';
import { slotsBetween } from '../../domain/timing/slots.ts';
import { isFirstOfWeek } from '../../domain/timing/interval-spec.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { specOf } from '../../domain/timing/spec-of.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MachineConditions } from '../../ports/machine-conditions.ts';
import type { Approval } from '../../contract/control.ts';
import type { RunApprovals } from '../runs/attempts/attempt.ts';
import { notStarted } from '../runs/attempts/attempt-runner.ts';
import type { ExecutionCanceller } from '../runs/execution-canceller.ts';
import type { SlotGrant } from '../fleet/slots/fleet-claims.ts';
import type { FleetGate } from '../fleet/slots/fleet-gate.ts';
import type { BudgetRefusal, Budgets } from '../budgets/budgets.ts';
import type { OverlapGuard } from './overlap-guard.ts';
import type { Recovery } from '../runs/recovery.ts';
import { HeldSlot, type HeldSlotNeeds } from './held-slot.ts';
import { unmetCondition } from './machine-conditions.ts';
import { slotJitter } from '../schedule/slot-jitter.ts';
import type { SlotPlanner } from '../schedule/slot-planner.ts';
import { TaskAttempts, type TaskAttemptsNeeds } from './task-attempts.ts';
import { mayEnd, type TaskCompletion } from './task-completion.ts';
import { findTask, findTiming } from '../schedule/task-lookup.ts';

export interface TimingExecutorNeeds extends Omit<HeldSlotNeeds, 'planner'>, TaskAttemptsNeeds {
  readonly clock: Clock;
  readonly planner: SlotPlanner;
  readonly approved: RunApprovals;
  readonly overlap: OverlapGuard;
  readonly canceller: ExecutionCanceller;
  readonly completion: TaskCompletion;
  readonly recovery: Recovery;
  readonly conditions: MachineConditions;
  readonly budgets: Pick<Budgets, 'refusal'>;
  readonly fleet: Pick<FleetGate, 'distrust' | 'inFleet' | 'refresh' | 'settleElsewhere' | 'obstacle'>;
  /** Reads the days of the calendars that tasks name, where they are missing or old. Never throws. */
  prepareCalendars(tasks: readonly Task[]): Promise<void>;
  /** Writes the entry of a group again, if it lists dates and they are old. */
  renewEntry(timingId: string): Promise<unknown>;
}

export interface FireOptions {
  /** Fire exactly this slot (ISO instant), whatever the clock says. */
  readonly slot?: string;
  /** Called once each due slot is in the ledger: claimed, or with the reason why it does not run. */
  readonly onSettled?: () => void;
}

interface SlotRun {
  readonly task: Task;
  readonly slotMs: number;
  readonly trigger: 'schedule' | 'catch-up';
}

const slotRuns = (task: Task, plans: readonly SlotPlan[]): SlotRun[] =>
  plans.flatMap((plan) => (plan.action === 'run' ? { task, slotMs: plan.slotMs, trigger: plan.trigger } : []));

/** Runs the due slots of groups: each task in its own worker, all at once up to the limit. */
export class TimingExecutor {
  readonly #needs: TimingExecutorNeeds;
  readonly #attempts: TaskAttempts;
  /** Slots that wait no more, although the ledger says so: it could not be written. */
  readonly #unended = new Set<HeldSlot>();

  constructor(needs: TimingExecutorNeeds) {
    this.#needs = needs;
    this.#attempts = new TaskAttempts(needs);
  }

  /**
   * Settles every due slot of every task in the group. Resolves when all executions it started have ended, including
   * retries. Firing twice is harmless: a slot that another process has claimed is skipped. Once the waits are stopped, it
   * gives up retries, and leaves slots that have not started to the next fire.
   * @throws SchedulerError `timing/not-found`, `timing/not-a-slot`, `store/…`.
   */
  async fireTiming(
    timingId: string,
    options: FireOptions = {},
  ): Promise<{ timingId: string; executions: Execution[] }> {
    if (this.#needs.fleet.inFleet) await this.#needs.fleet.refresh();
    const file = this.#needs.store.read();
    const timing = findTiming(file, timingId);
    this.#needs.attempts.writeOutstanding();
    for (const held of this.#unended) if (held.endWait()) this.#unended.delete(held);
    this.#needs.recovery.run();
    const tasks = timing.taskIds.flatMap((id) => file.tasks[id] ?? []);
    const dated = tasks.filter(({ policies }) => policies?.calendars !== undefined);
    if (dated.length > 0) await this.#needs.prepareCalendars(dated);
    const shared = tasks.filter((task) => task.shared !== undefined);
    if (shared.length > 0) await this.#needs.fleet.settleElsewhere(shared, file);
    const schedule = specOf(timing);
    const forced = options.slot === undefined ? null : forcedSlot(timingId, schedule, options.slot);
    const plans = tasks.map((task) => ({ task, plans: this.#settle(task, file, forced) }));
    const renewed = this.#renewAfter(
      timingId,
      schedule,
      plans.flatMap((each) => each.plans),
    );
    const runs = plans.flatMap(({ task, plans: settled }) => slotRuns(task, settled));
    const held = runs.map((run) => ({ run, slot: new HeldSlot(this.#needs, run.task.id, run.slotMs) }));
    void Promise.all(held.map(({ slot }) => slot.inLedger)).then(() => options.onSettled?.());
    const executions = await Promise.all(held.map(({ run, slot }) => this.#heldSlot(run, slot)));
    await Promise.all(
      tasks
        .filter((task) => task.status === 'active' && mayEnd(task))
        .map((task) => this.#needs.completion.ifOver(task.id)),
    );
    await renewed;
    return { timingId, executions: executions.flat() };
  }

  /**
   * Runs a task now, regardless of its schedule and state. `finished` never rejects, so callers may ignore it.
   * @param approval what a person approved: nothing else runs
   * @throws SchedulerError `task/not-found`; with an approval also `agent/proposal-outdated`, `agent/proposal-decided`.
   */
  async runTask(
    idOrName: string,
    trigger: Extract<Trigger, 'manual' | 'test'>,
    approval?: Approval,
  ): Promise<{ executionId: string; finished: Promise<Execution> }> {
    const task = findTask(this.#needs.store.read(), idOrName);
    const policies = this.#needs.planner.policies(task);
    const started = await this.#needs.attempts.start({
      ...{ task, policies, trigger, slot: null, attempt: 1 },
      confirm: approval === undefined ? undefined : this.#needs.approved.confirmation(approval, task),
    });
    if (started === null) throw notStarted();
    // A test run checks this task only, so the tasks after it must not run.
    const finished = trigger === 'test' ? started.finished : this.#chained(task, started.finished);
    return { executionId: started.executionId, finished };
  }

  /** Runs the next attempt of a slot whose run was lost with its member, with retries, and the tasks that run after it. */
  async takeOver(task: Task, slot: string, attempt: number): Promise<Execution[]> {
    return this.#followed(task, await this.#attempts.run({ task, slot, trigger: 'retry', attempt }));
  }

  cancel(executionId: string): Promise<Execution> {
    return this.#needs.canceller.cancel(executionId);
  }

  /** Applies the current limit to waiting executions; running ones continue. */
  adoptLimit(): void {
    this.#attempts.adoptLimit();
  }

  /** Runs when the number of runs in this process allows it. */
  limited<T>(run: () => Promise<T>): Promise<T> {
    return this.#attempts.limited(run);
  }

  async #chained(task: Task, finished: Promise<Execution>): Promise<Execution> {
    const execution = await finished;
    try {
      await this.#attempts.follow(task, execution);
    } catch (problem) {
      const details = { taskName: task.name, problem: messageOf(problem) };
      this.#needs.logger.error('Could not run the tasks that run after another', details);
    }
    return execution;
  }

  /** Slots that did not run count, too: the machine may have been off at the first one of the week. */
  async #renewAfter(timingId: string, schedule: ScheduleSpec, plans: readonly SlotPlan[]): Promise<void> {
    if (schedule.kind !== 'interval' || !plans.some(({ slotMs }) => isFirstOfWeek(schedule, slotMs))) return;
    try {
      await this.#needs.renewEntry(timingId);
    } catch (problem) {
      this.#needs.logger.error('Could not renew the OS entry', { timingId, problem: messageOf(problem) });
    }
  }

  #settle(task: Task, file: ScheduleFile, forced: number | null): SlotPlan[] {
    const plans = forced === null ? this.#needs.planner.plan(task, file) : this.#plansUpTo(task, file, forced);
    this.#needs.planner.record(task, plans);
    if (plans.some((plan) => plan.action === 'skip' && plan.reason === 'skip-next'))
      void this.#needs.completion.afterSkip(task);
    return plans;
  }

  /** Plans earlier slots as usual, because a claim of this slot would hide them. Later slots are not touched. */
  #plansUpTo(task: Task, file: ScheduleFile, slotMs: number): SlotPlan[] {
    const earlier = this.#needs.planner.plan(task, file).filter((plan) => plan.slotMs < slotMs);
    return [...earlier, this.#needs.planner.planForced(task, file, slotMs)];
  }

  async #heldSlot(run: SlotRun, held: HeldSlot): Promise<Execution[]> {
    try {
      return await this.#runSlot(run, held);
    } finally {
      if (!held.letGo()) this.#unended.add(held);
    }
  }

  async #runSlot(run: SlotRun, held: HeldSlot): Promise<Execution[]> {
    const { task, slotMs } = run;
    const policies = this.#needs.planner.policies(task);
    const { waits } = this.#needs;
    if (policies.jitterMs > 0) {
      held.waits('jitter');
      await waits.for(slotJitter(task.id, slotMs, policies.jitterMs));
    }
    if (waits.stopped) return [];
    const unmet = await unmetCondition(policies, this.#needs.conditions);
    if (unmet !== null) return this.#giveWay(run, held, 'condition', unmet);
    const lack = task.shared === undefined ? null : await this.#needs.fleet.obstacle(task);
    if (lack !== null) return this.#giveWay(run, held, 'not-eligible', lack);
    // Before a run that is in progress is stopped for this one.
    const over = this.#needs.budgets.refusal(task);
    if (over !== null) return this.#overBudget(run, held, over);
    const admitted = await this.#needs.overlap.admit(task, policies.overlap, () => held.waits('overlap'));
    held.admitted();
    if (waits.stopped) return [];
    if (!admitted) {
      return this.#giveWay(run, held, 'overlap', 'the previous run had not finished');
    }
    const slot = new Date(slotMs).toISOString();
    const onRefused = (refusal: BudgetRefusal): void => void this.#overBudget(run, held, refusal);
    const onUnclaimed = (grant: Exclude<SlotGrant, { kind: 'won' }>): void => {
      if (grant.kind === 'elsewhere') this.#giveWay(run, held, 'elsewhere', grant.detail);
    };
    const executions = await this.#attempts.run({ task, slot, trigger: run.trigger, held, onRefused, onUnclaimed });
    return this.#followed(task, executions);
  }

  async #followed(task: Task, executions: readonly Execution[]): Promise<Execution[]> {
    const last = executions.at(-1);
    if (last === undefined) return [];
    await this.#needs.completion.afterSlot(task, last);
    return [...executions, ...(await this.#attempts.follow(task, last))];
  }

  #overBudget(run: SlotRun, held: HeldSlot, refusal: BudgetRefusal): Execution[] {
    // Not if another process ran or decided the slot meanwhile.
    if (this.#record(run, 'budget', refusal.detail) > 0) this.#needs.budgetNews.refused(run.task, refusal);
    held.settled();
    return [];
  }

  #giveWay(run: SlotRun, held: HeldSlot, reason: DecisionReason, detail: string): Execution[] {
    this.#record(run, reason, detail);
    held.settled();
    return [];
  }

  #record({ task, slotMs }: SlotRun, reason: DecisionReason, detail: string): number {
    return this.#needs.planner.record(task, [{ slotMs, action: 'skip', reason, detail }]);
  }
}

function forcedSlot(timingId: string, spec: ReturnType<typeof specOf>, slot: string): number {
  const slotMs = Date.parse(slot);
  const [match] = Number.isNaN(slotMs) ? [] : slotsBetween(spec, slotMs - 1, slotMs, 1);
  if (match === slotMs) return slotMs;
  throw new SchedulerError(
    'timing/not-a-slot',
    `${slot} is not a slot of "${timingId}". \`next ${timingId}\` lists its slots.`,
    {
      timingId,
      slot,
    },
  );
}
