import type { Execution } from '../../../contract/execution.ts';
import type { Task } from '../../../contract/task.ts';
import type { TestDraft } from '../../../contract/test-run.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Approval } from '../../../contract/control.ts';
import type { ExecutionRecords } from '../../../ports/ledger/executions.ts';
import type { Store } from '../../../ports/store.ts';
import type { RunApprovals, StartedAttempt } from '../attempts/attempt.ts';
import { notStarted, type AttemptRunner } from '../attempts/attempt-runner.ts';
import type { SlotPlanner } from '../../schedule/slot-planner.ts';
import { checkDefinition, type MachineChecks } from '../../tasks/task-checks.ts';
import { findTask } from '../../schedule/task-lookup.ts';

export interface TestRunNeeds {
  readonly store: Store;
  readonly ledger: Pick<ExecutionRecords, 'get'>;
  readonly clock: Clock;
  readonly checks: MachineChecks;
  readonly planner: Pick<SlotPlanner, 'policies'>;
  readonly attempts: Pick<AttemptRunner, 'start' | 'read'>;
  readonly approved: RunApprovals;
  /** IANA zone of this machine. */
  readonly machineTimezone: () => string;
  readonly newId: () => string;
}

/** Runs what is not saved: a draft from the editor, or a task with other parameters. */
export class TestRuns {
  readonly #needs: TestRunNeeds;

  constructor(needs: TestRunNeeds) {
    this.#needs = needs;
  }

  /**
   * Starts the draft as a scheduled run of it would be started: same environment, worker and limits. Its trigger is
   * `test`, so it counts towards no limit, pauses nothing and notifies nobody.
   * @param approval what a person approved: nothing else runs
   * @throws SchedulerError `task/invalid`, `task/not-found` if the edited task no longer exists; with an approval also
   * `agent/proposal-outdated`, `agent/proposal-decided`.
   */
  async begin(draft: TestDraft, approval?: Approval): Promise<StartedAttempt> {
    const task = this.#taskOf(draft);
    if (draft.validate) await checkDefinition(task, this.#needs.checks);
    return this.#run(task, 'test', { approval });
  }

  /**
   * Runs the task of an execution again, after the run that it followed. The task itself does not change.
   * @param parameters for this run @default those that the task has now
   * @throws SchedulerError `task/invalid`, `task/not-found`, `execution/not-found`.
   */
  async rerun(executionId: string, parameters?: Task['parameters']): Promise<Execution> {
    const { taskId, cause } = this.#needs.attempts.read(executionId);
    const present = findTask(this.#needs.store.read(), taskId);
    const task: Task = parameters === undefined ? present : { ...present, parameters };
    await checkDefinition(task, this.#needs.checks);
    return this.#needs.attempts.read((await this.#run(task, 'manual', { after: this.#runBefore(cause) })).executionId);
  }

  /** Returns the run that the repeated one followed; undefined if it followed none, or if that run was removed. */
  #runBefore(cause: Execution['cause']): Execution | undefined {
    return cause === undefined ? undefined : (this.#needs.ledger.get(cause.executionId) ?? undefined);
  }

  async #run(
    task: Task,
    trigger: 'manual' | 'test',
    { approval, after }: { approval?: Approval | undefined; after?: Execution | undefined },
  ): Promise<StartedAttempt> {
    const policies = this.#needs.planner.policies(task);
    const started = await this.#needs.attempts.start({
      ...{ task, policies, trigger, slot: null, attempt: 1, after },
      confirm: approval === undefined ? undefined : this.#needs.approved.confirmation(approval, task),
    });
    if (started === null) throw notStarted();
    return started;
  }

  #taskOf({ taskId, newTaskId, name, validate: _validate, ...fields }: TestDraft): Task {
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    const base = taskId === undefined ? this.#newTask(newTaskId) : findTask(this.#needs.store.read(), taskId);
    const { workingDirectory: _directory, env: _env, policies: _policies, ...kept } = base;
    const { tool, parameters } = fields;
    return { ...kept, ...given, tool, parameters, name: name === '' ? base.name : name };
  }

  /** Returns a task that is not stored; only the fields that a run reads matter. */
  #newTask(id = `draft-${this.#needs.newId()}`): Task {
    return {
      id,
      name: 'Test run',
      timingId: '',
      cronExpression: '',
      timezone: this.#needs.machineTimezone(),
      tool: '',
      parameters: {},
      createdAt: this.#needs.clock.nowIso(),
      status: 'active',
    };
  }
}
