import type { Execution } from '../../contract/execution.ts';
import type { TaskView } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { TaskManager } from '../tasks/task-manager.ts';

type Tasks = Pick<TaskManager, 'create' | 'get' | 'list' | 'update' | 'delete' | 'pause' | 'resume'>;
/** Runs a task now and returns its outcome. */
type Run = (taskId: string) => Promise<Execution>;

/** The input of ncp's scheduler for a new job. */
export interface JobOptions {
  readonly name: string;
  readonly schedule: string;
  readonly tool: string;
  readonly parameters: Record<string, unknown>;
  readonly timezone?: string;
  readonly description?: string;
  readonly fireOnce?: boolean;
  readonly maxExecutions?: number;
  readonly endDate?: string;
  readonly catchupMissed?: boolean;
  readonly workingDirectory?: string;
  /** False creates the job paused. @default true */
  readonly active?: boolean;
  /** @default false */
  readonly skipValidation?: boolean;
}

/**
 * The method names of ncp's scheduler before version 2, for programs that still call them.
 *
 * @deprecated A job is a task: call `Application.tasks` and `Application.runs`.
 */
export class JobNames {
  readonly #tasks: Tasks;
  readonly #run: Run;
  readonly #author: string;

  /** @param author recorded as the author of the changes */
  constructor(tasks: Tasks, run: Run, author: string) {
    this.#tasks = tasks;
    this.#run = run;
    this.#author = author;
  }

  /** @deprecated `TaskManager.create` */
  async createJob({ skipValidation, ...draft }: JobOptions): Promise<TaskView> {
    return (await this.#tasks.create(draft, this.#author, { validate: skipValidation !== true })).task;
  }

  /** Returns null if there is no such job; `TaskManager.get` throws instead. @deprecated `TaskManager.get` */
  async getJob(idOrName: string): Promise<TaskView | null> {
    try {
      return (await this.#tasks.get(idOrName)).task;
    } catch (error) {
      if (error instanceof SchedulerError && error.code === 'task/not-found') return null;
      throw error;
    }
  }

  /** @deprecated `TaskManager.list` */
  listJobs(status?: TaskView['status']): TaskView[] {
    return this.#tasks.list(status === undefined ? {} : { status });
  }

  /** @deprecated `TaskManager.update` */
  async updateJob(idOrName: string, { skipValidation, ...change }: Partial<JobOptions>): Promise<TaskView> {
    return (await this.#tasks.update(idOrName, change, this.#author, { validate: skipValidation !== true })).task;
  }

  /** @deprecated `TaskManager.delete` */
  async deleteJob(idOrName: string): Promise<TaskView> {
    return (await this.#tasks.delete(idOrName, this.#author)).task;
  }

  /** @deprecated `TaskManager.pause` */
  async pauseJob(idOrName: string): Promise<TaskView> {
    return (await this.#tasks.pause(idOrName, {}, this.#author)).task;
  }

  /** @deprecated `TaskManager.resume` */
  async resumeJob(idOrName: string): Promise<TaskView> {
    return (await this.#tasks.resume(idOrName, this.#author)).task;
  }

  /** Runs the job now and waits for the outcome. @deprecated `Application.runs().trigger` */
  async executeJob(idOrName: string): Promise<Execution> {
    const { task } = await this.#tasks.get(idOrName);
    return this.#run(task.id);
  }
}
