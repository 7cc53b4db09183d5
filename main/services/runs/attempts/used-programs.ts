import type { Execution } from '../../../contract/execution.ts';
import { messageOf } from '../../../domain/errors.ts';
import type { Logger } from '../../../ports/logger.ts';
import type { TaskEnvironment } from '../../../ports/task-environment.ts';
import type { Attempt } from './attempt.ts';

export interface UsedProgramsNeeds {
  readonly environment: Pick<TaskEnvironment, 'programMissing' | 'succeeded'>;
  readonly logger: Logger;
}

/** Exit code of a shell that did not find a command (POSIX, Shell Command Language, 2.8.2). */
const notFoundCode = 127;

/** Learns from runs where the programs of their tasks are. */
export class UsedPrograms {
  readonly #needs: UsedProgramsNeeds;
  readonly #stopping = new AbortController();

  constructor(needs: UsedProgramsNeeds) {
    this.#needs = needs;
  }

  /** Call before the run counts as finished, so that a retry finds a program that was missing. */
  async after(ended: Execution, attempt: Attempt, variables: Readonly<Record<string, string>>): Promise<void> {
    if (missedProgram(ended)) await this.#renewEnvironment();
    // Not for a test: its task may never be saved.
    if (ended.status === 'success' && attempt.trigger !== 'test') await this.#remember(attempt, variables);
  }

  /** A process that ends does not wait for a new environment. */
  stop(): void {
    this.#stopping.abort();
  }

  /** The run itself is recorded, so a failure is only logged. */
  async #remember({ task }: Attempt, variables: Readonly<Record<string, string>>): Promise<void> {
    try {
      await this.#needs.environment.succeeded(task, { ...variables, ...task.env }['PATH'] ?? '');
    } catch (problem) {
      this.#needs.logger.warn('Could not record the programs of a task', {
        task: task.id,
        problem: messageOf(problem),
      });
    }
  }

  async #renewEnvironment(): Promise<void> {
    const { signal } = this.#stopping;
    if (signal.aborted) return;
    let stopped: () => void = () => undefined;
    const stop = new Promise<void>((resolve) => (stopped = resolve));
    signal.addEventListener('abort', stopped, { once: true });
    await Promise.race([this.#needs.environment.programMissing(), stop]);
    signal.removeEventListener('abort', stopped);
  }
}

/** True if the program of a run was not found. It may be in a folder that the person's PATH has had since. */
const missedProgram = ({ exitCode, error }: Execution): boolean =>
  exitCode === notFoundCode || error?.code === 'shell/command-not-found' || error?.code === 'mcp/not-started';
