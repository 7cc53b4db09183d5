import type { Execution } from '../../contract/execution.ts';
import type { Greeting } from '../../contract/line-protocol.ts';
import { taskFactsOf, type TaskState } from '../../contract/machine-facts.ts';
import type { MachineFacts } from '../../contract/machines.ts';
import type { Task } from '../../contract/task.ts';

/** Returns what the overview of all machines shows of a machine. */
export const factsOf = ({ version, machine }: Greeting, schedule: TaskState): MachineFacts => ({
  ...{ version, user: machine.user, timezone: machine.timezone },
  ...taskFactsOf(schedule),
});

/** Ended runs that are remembered, so that none is news twice. More than a snapshot holds. */
const mostRemembered = 1000;

/** Tells which runs of a machine ended since the last look, also while there was no connection. */
export class EndedRuns {
  readonly #seen = new Set<string>();
  #begun = false;

  /**
   * Takes the newest runs that a machine has. The first ones are no news.
   * @returns those that ended since the last call, oldest first
   */
  takeSnapshot(executions: readonly Execution[]): Execution[] {
    const news = this.take(executions.toReversed());
    const isFirst = !this.#begun;
    this.#begun = true;
    return isFirst ? [] : news;
  }

  /** Takes runs that changed. @returns those that have ended, and had not before */
  take(executions: readonly Execution[]): Execution[] {
    const news = executions.filter(({ status, executionId }) => status !== 'running' && !this.#seen.has(executionId));
    for (const { executionId } of news) this.#seen.add(executionId);
    for (const old of [...this.#seen].slice(0, -mostRemembered)) this.#seen.delete(old);
    return news;
  }
}

/** Something happened on a machine. */
export interface MachineNews {
  readonly machine: string;
  /** Runs that ended, oldest first. */
  readonly ended: readonly Execution[];
  /** Returns a task there; undefined if it is gone. */
  readonly task: (taskId: string) => Task | undefined;
}
