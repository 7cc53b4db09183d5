import type { TaskView, TaskDraftInput, TaskChangeInput, TimingView } from '../contract/task.ts';
import type { Execution, ExecutionFilterInput, SlotRecord } from '../contract/execution.ts';
import type { ScheduleAnswer } from '../contract/schedule-answer.ts';
import type { CliAnswers } from '../contract/cli.ts';

export type { CliAnswers, Execution, ScheduleAnswer, SlotRecord, TaskView, TimingView };

/** Where the tasks are, and who changes them. */
export interface OpenOptions {
  /** The data directory. Default: the value of `NCP_SCHEDULER_DIR`, else `~/.ncp/scheduler`. */
  readonly dataDir?: string;
  /** The name under which changes are in the history. Default: `api`. */
  readonly author?: string;
}

/**
 * The scheduler of one data directory. Other programs, the app and the command line can use the same directory at the
 * same time. A call that fails rejects with an `Error` that has `code` (`group/word`, for example `task/not-found`) and
 * `details`; docs/cli.md lists the groups.
 */
export interface Scheduler {
  readonly version: string;
  /** Absolute. */
  readonly dataDir: string;
  readonly tasks: Tasks;
  readonly runs: Runs;
  readonly schedules: Schedules;
  /** As `tasks.create`, under the name of ncp's own scheduler. */
  createJob(job: TaskDraftInput): Promise<TaskView>;
  /** As `tasks.get`, under the name of ncp's own scheduler; null if there is no such task. */
  getJob(idOrName: string): Promise<TaskView | null>;
  /** As `tasks.delete`, under the name of ncp's own scheduler. */
  deleteJob(idOrName: string): Promise<TaskView>;
  /** Ends the runs that this process started, and closes the files. A second call does nothing. */
  close(): Promise<void>;
}

/** Tasks. Creating, changing and deleting one also updates its entry in the OS scheduler. */
export interface Tasks {
  /** Creates a task. `schedule` is words (`every weekday at 9am`), a cron expression or an instant. */
  create(task: TaskDraftInput): Promise<CreatedTask>;
  list(): Promise<TaskView[]>;
  get(idOrName: string): Promise<FoundTask>;
  /** Changes the given fields; `null` clears an optional one. */
  update(idOrName: string, change: TaskChangeInput): Promise<TaskView>;
  pause(idOrName: string): Promise<TaskView>;
  resume(idOrName: string): Promise<TaskView>;
  /** Returns the task as it was. Its runs stay. */
  delete(idOrName: string): Promise<TaskView>;
}

export interface FoundTask {
  readonly task: TaskView;
  /** The group of the task. */
  readonly timing: TimingView;
  /** The next five, as ISO instants. */
  readonly nextRuns: string[];
}

export interface CreatedTask extends FoundTask {
  readonly warnings: string[];
}

/** Runs: each is one execution of a task. */
export interface Runs {
  /** Runs a task now and waits for its end, whether it succeeds or fails. */
  start(idOrName: string): Promise<Execution>;
  /** Returns past and running runs, newest first. */
  list(filter?: ExecutionFilterInput): Promise<Execution[]>;
  get(executionId: string): Promise<Execution>;
  /** Returns the log: a line for each line of output, with its time and its stream. */
  log(executionId: string): Promise<string>;
  cancel(executionId: string): Promise<Execution>;
  /** Returns each time a task was due since an ISO instant, and what became of it. */
  why(idOrName: string, since: string): Promise<SlotRecord[]>;
}

export interface Schedules {
  /**
   * Returns what a schedule means, with its next runs. Saves nothing.
   * @param timezone IANA time zone. Default: this machine's.
   */
  understand(schedule: string, timezone?: string): Promise<ScheduleAnswer>;
  /** Returns the groups: the tasks that share a schedule, with their next run and their OS entry. */
  groups(): Promise<TimingView[]>;
}
