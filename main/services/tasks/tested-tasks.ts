import type { Execution } from '../../contract/execution.ts';
import type { Task, TaskChange, TaskDraftInput, TaskView } from '../../contract/task.ts';
import { testDraftSchema, type TestDraft } from '../../contract/test-run.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Understood } from '../../domain/phrase/understand-schedule.ts';
import { fixedSchedule } from '../schedule/fixed-schedule.ts';
import { changedTask } from './task-edit.ts';
import type { CreateOptions, CreatedTask, TaskManager } from './task-manager.ts';

export interface TestedTasksNeeds {
  readonly tasks: Pick<TaskManager, 'create' | 'update' | 'checkDraft' | 'readChange' | 'understand'>;
  /** Runs what is not saved, and returns its outcome. */
  readonly testDraft: (draft: TestDraft, options: { readonly stop?: AbortSignal }) => Promise<Execution>;
}

export interface TestedOptions extends CreateOptions {
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
    const { task, understood } = await tasks.checkDraft(input, author, options);
    const run = { stop, validate: options.validate, newTaskId: task.id };
    const testRun = await this.#run(task, run, 'so the task was not created');
    const created = await tasks.create({ ...input, ...fixedDate(understood) }, author, { ...options, id: task.id });
    return { ...created, warnings: unique([...understood.answer.warnings, ...created.warnings]), testRun };
  }

  /** @throws SchedulerError as `TaskManager.update`; `execution/test-run-failed` with details.execution. */
  async update(
    task: TaskView,
    input: TaskChange,
    author: string,
    { stop, ...options }: TestedOptions,
  ): Promise<{ task: TaskView; warnings: string[]; testRun: Execution }> {
    const { tasks } = this.#needs;
    // What is invalid is refused before anything runs.
    const change = tasks.readChange(input, task);
    const understood =
      change.schedule === undefined ? null : await tasks.understand(change.schedule, change.timezone ?? task.timezone);
    const changed = changedTask(task, change);
    const run = { stop, validate: options.validate, taskId: task.id };
    const testRun = await this.#run(changed, run, 'so nothing was changed');
    const fixed = understood === null ? change : { ...change, ...fixedDate(understood) };
    const updated = await tasks.update(task.id, fixed, author, options);
    return { ...updated, warnings: unique([...(understood?.answer.warnings ?? []), ...updated.warnings]), testRun };
  }

  async #run(
    definition: Pick<Task, 'name' | 'tool' | 'parameters' | 'workingDirectory' | 'env' | 'policies'>,
    run: {
      readonly stop: AbortSignal | undefined;
      readonly validate: boolean | undefined;
      readonly taskId?: string;
      readonly newTaskId?: string;
    },
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

/** "In 2 minutes" counts from when it was written, not from the end of the test run. */
function fixedDate({ spec }: Understood): { schedule?: string; timezone?: string } {
  return spec.kind === 'once' ? fixedSchedule(spec) : {};
}

const unique = (warnings: readonly string[]): string[] => [...new Set(warnings)];
