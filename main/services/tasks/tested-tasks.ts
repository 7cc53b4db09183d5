import type { Execution } from '../../contract/execution.ts';
import type { Task, TaskChange, TaskDraftInput, TaskView } from '../../contract/task.ts';
import { testDraftSchema, type TestDraft } from '../../contract/test-run.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { changedTask } from './task-edit.ts';
import type { ChangeOptions, CreatedTask, TaskManager } from './task-manager.ts';

export interface TestedTasksNeeds {
  readonly tasks: Pick<TaskManager, 'create' | 'update' | 'checkDraft' | 'understand'>;
  /** Runs what is not saved, and returns its outcome. */
  readonly testDraft: (draft: TestDraft, options: { readonly stop?: AbortSignal }) => Promise<Execution>;
}

export interface TestedOptions extends ChangeOptions {
  /** Cancels the test run. */
  readonly stop?: AbortSignal;
}

/** Saves a definition only after a test run of it succeeded. A failed one leaves nothing behind but the run itself. */
export class TestedTasks {
  readonly #needs: TestedTasksNeeds;

  constructor(needs: TestedTasksNeeds) {
    this.#needs = needs;
  }

  /** @throws SchedulerError as `TaskManager.create`; `execution/test-run-failed` with details.execution. */
  async create(
    input: TaskDraftInput,
    author: string,
    { stop, ...options }: TestedOptions,
  ): Promise<CreatedTask & { testRun: Execution }> {
    const { tasks } = this.#needs;
    const { draft } = await tasks.checkDraft(input, options);
    const testRun = await this.#run(draft, { stop, validate: options.validate }, 'so the task was not kept');
    return { ...(await tasks.create(input, author, options)), testRun };
  }

  /** @throws SchedulerError as `TaskManager.update`; `execution/test-run-failed` with details.execution. */
  async update(
    task: TaskView,
    change: TaskChange,
    author: string,
    { stop, ...options }: TestedOptions,
  ): Promise<{ task: TaskView; warnings: string[]; testRun: Execution }> {
    const { tasks } = this.#needs;
    // Refused before anything runs for it.
    if (change.schedule !== undefined) await tasks.understand(change.schedule, change.timezone ?? task.timezone);
    const changed = changedTask(task, change);
    const run = { stop, validate: options.validate, taskId: task.id };
    const testRun = await this.#run(changed, run, 'so nothing was changed');
    return { ...(await tasks.update(task.id, change, author, options)), testRun };
  }

  async #run(
    definition: Pick<Task, 'name' | 'tool' | 'parameters' | 'workingDirectory' | 'env' | 'policies'>,
    run: { readonly stop: AbortSignal | undefined; readonly validate: boolean | undefined; readonly taskId?: string },
    consequence: string,
  ): Promise<Execution> {
    const { name, tool, parameters, workingDirectory, env, policies } = definition;
    const { stop, ...rest } = run;
    const draft = testDraftSchema.parse({ ...rest, name, tool, parameters, workingDirectory, env, policies });
    const execution = await this.#needs.testDraft(draft, stop === undefined ? {} : { stop });
    if (execution.status === 'success') return execution;
    const reason = execution.error?.message ?? `it ended with ${execution.status}`;
    const message = `The test run of "${name}" did not succeed, ${consequence}: ${reason}`;
    throw new SchedulerError('execution/test-run-failed', message, { execution });
  }
}
