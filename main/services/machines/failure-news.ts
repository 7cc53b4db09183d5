import { policyDefaults } from '../../contract/policy-defaults.ts';
import type { Execution } from '../../contract/execution.ts';
import { messageOf } from '../../domain/errors.ts';
import { resolvePolicies } from '../../domain/policy/resolved-policies.ts';
import type { Notifier } from '../../ports/desktop.ts';
import type { Logger } from '../../ports/logger.ts';
import { causeOf, isLastFailure, isUnattended } from '../notifications/failure-kind.ts';
import { failureNotification } from '../notifications/notification-texts.ts';
import type { MachineNews } from './known-machine.ts';

export interface FailureNewsNeeds {
  readonly notifier: Pick<Notifier, 'notify' | 'withdraw'>;
  readonly logger: Logger;
}

/**
 * Shows the failures of other machines as notifications here: as for the tasks of this machine, one for each cause, after the
 * last retry, and withdrawn when the task succeeds again. A click opens the run on that machine.
 */
export class FailureNews {
  readonly #needs: FailureNewsNeeds;
  /** Cause of the last failure that was shown, by machine and task. */
  readonly #causes = new Map<string, string>();

  constructor(needs: FailureNewsNeeds) {
    this.#needs = needs;
  }

  tell({ machine, ended, task }: MachineNews): void {
    for (const execution of ended) {
      const key = `machine:${machine}:${execution.taskId}`;
      if (execution.status === 'success') this.#succeeded(key);
      else this.#failed(key, machine, execution, task(execution.taskId));
    }
  }

  #succeeded(key: string): void {
    if (this.#causes.delete(key)) this.#needs.notifier.withdraw(key);
  }

  #failed(key: string, machine: string, execution: Execution, task: ReturnType<MachineNews['task']>): void {
    if (task === undefined || !isUnattended(execution)) return;
    const { retries } = resolvePolicies(task.policies, task.catchupMissed, policyDefaults);
    if (!isLastFailure(execution, retries)) return;
    const cause = causeOf(execution);
    if (this.#causes.get(key) === cause) return;
    this.#causes.set(key, cause);
    const { title, ...content } = failureNotification({ key, groupName: '', executions: [execution] });
    const target = { view: 'execution' as const, executionId: execution.executionId, machine };
    // The buttons of a notification act on tasks of this machine.
    this.#show({ ...content, title: `${machine}: ${title}`, target, buttons: [], taskIds: [] });
  }

  #show(content: Parameters<Notifier['notify']>[0]): void {
    const { notifier, logger } = this.#needs;
    notifier.notify(content).then(
      (shown) => shown || logger.warn('A notification could not be shown', { title: content.title }),
      (problem: unknown) => logger.warn('A notification failed', { title: content.title, problem: messageOf(problem) }),
    );
  }
}
