import type { Task } from '../../contract/task.ts';
import { messageOf } from '../../domain/errors.ts';
import { warmWorkers, type WarmQuestion } from '../../domain/policy/warm-workers.ts';
import type { Logger } from '../../ports/logger.ts';

export interface WarmWorkersNeeds {
  /** Starts or ends idle workers so that there is one for each of these tools, and starts a shared one if asked. */
  warm(tools: readonly string[], shared: boolean): void;
  /** Returns the tool for which a task needs a worker of its own; null for a task that uses a shared one. */
  toolOf(task: Task): string | null;
  /** Limit of idle workers. Read at each use, because settings can change while the app runs. */
  most(): number;
  readonly logger: Logger;
}

/** Starts idle workers shortly before the slots that need them. Without them tasks start too, only later. */
export class WarmWorkers {
  readonly #needs: WarmWorkersNeeds;
  #count = 0;
  #firedMs: number | null = null;

  constructor(needs: WarmWorkersNeeds) {
    this.#needs = needs;
  }

  /** Records that groups were just fired. */
  fired(nowMs: number): void {
    if (this.#count > 0) this.#firedMs = nowMs;
  }

  /** Starts or ends workers for the next slots. Returns when to call again, in ms since 1970. */
  adjust(nowMs: number, groups: WarmQuestion<Task>['groups']): number {
    try {
      const toolOf = (task: Task): string | null => this.#needs.toolOf(task);
      const question = { nowMs, groups, toolOf, most: this.#needs.most(), firedMs: this.#firedMs };
      const { tools, shared, askAgainMs } = warmWorkers(question);
      if (tools !== null) this.#set(tools, shared);
      return askAgainMs;
    } catch (problem) {
      this.#needs.logger.warn('Could not start workers ahead of time', { problem: messageOf(problem) });
      return Number.POSITIVE_INFINITY;
    }
  }

  /** Ends all idle workers. */
  close(): void {
    this.#set([], false);
  }

  /** Calling again with the same tools replaces workers that were used or died. */
  #set(tools: readonly string[], shared: boolean): void {
    if (tools.length === 0 && this.#count === 0 && !shared) return;
    this.#needs.warm(tools, shared);
    this.#count = tools.length;
    if (tools.length === 0) this.#firedMs = null;
  }
}
