import type { Execution } from '../../contract/execution.ts';
import { messageOf } from '../../domain/errors.ts';
import type { NewExecution } from '../../ports/ledger/executions.ts';
import type { Ledger } from '../../ports/ledger/ledger.ts';
import type { Logger } from '../../ports/logger.ts';
import type { AlertWriter } from './alert-writer.ts';

/**
 * Returns a ledger that adds alerts in the transaction of what they tell, whichever service writes it. What is written
 * never depends on an alert: if one cannot be added, the rest is still written.
 */
export function alertingLedger(ledger: Ledger, alerts: AlertWriter, logger: Logger): Ledger {
  const also: Also = (write, tell) => {
    if (alerts.settings() === null) return write();
    return ledger.together(() => {
      const written = write();
      try {
        ledger.together(() => tell(written));
      } catch (problem) {
        logger.error('An alert could not be added to the outbox', { problem: messageOf(problem) });
      }
      return written;
    });
  };
  // Not a copy: what replaces a method of the given ledger later counts here too.
  return Object.assign(Object.create(ledger) as Ledger, {
    ...startsWith(ledger, alerts, also),
    finish: (executionId, result) =>
      also(
        () => ledger.finish(executionId, result),
        (isFirst) => {
          const ended = isFirst ? ledger.get(executionId) : null;
          if (ended !== null) alerts.ended(ended);
        },
      ),
    decide: (decisions) =>
      also(
        () => ledger.decide(decisions),
        (added) => {
          if (added > 0) tellMissed(alerts, decisions);
        },
      ),
    audit: (event) =>
      also(
        () => ledger.audit(event),
        () => {
          if (event.action === 'task.pause' && event.author === 'scheduler' && event.taskId !== null)
            alerts.paused(event.taskId, noteOf(event.after));
        },
      ),
    propose: (proposal) =>
      also(
        () => ledger.propose(proposal),
        (pending) => {
          // An agent that asks twice gets the proposal that is already pending.
          if (pending.id === proposal.id) alerts.proposed(pending);
        },
      ),
  } satisfies Partial<Ledger>);
}

type Also = <T>(write: () => T, tell: (written: T) => void) => T;

function startsWith(
  ledger: Ledger,
  alerts: AlertWriter,
  also: Also,
): Pick<Ledger, 'start' | 'claim' | 'claimAll' | 'claimPast'> {
  const started = (execution: NewExecution): void => {
    alerts.started(asRunning(execution));
  };
  /** Few rules are about starts: without one, a start costs no transaction of its own. */
  const ifHeard: Also = (write, tell) => (alerts.hears('started') ? also(write, tell) : write());
  return {
    start: (execution) =>
      ifHeard(
        () => ledger.start(execution),
        () => started(execution),
      ),
    claim: (execution) =>
      ifHeard(
        () => ledger.claim(execution),
        (claimed) => {
          if (claimed) started(execution);
        },
      ),
    claimAll: (executions, mayStart) =>
      ifHeard(
        () => ledger.claimAll(executions, mayStart),
        (claimed) => executions.filter((_, index) => claimed[index] === true).forEach(started),
      ),
    claimPast: (execution, replaces) =>
      ifHeard(
        () => ledger.claimPast(execution, replaces),
        (claimed) => {
          if (claimed) started(execution);
        },
      ),
  };
}

function tellMissed(alerts: AlertWriter, decisions: Parameters<Ledger['decide']>[0]): void {
  const missed = decisions.filter(({ reason }) => reason === 'missed' || reason === 'catch-up-window');
  for (const taskId of new Set(missed.map((decision) => decision.taskId)))
    alerts.missed(taskId, missed.filter((decision) => decision.taskId === taskId).length);
}

function noteOf(after: unknown): string | undefined {
  const note = (after as { readonly pauseNote?: unknown } | null)?.pauseNote;
  return typeof note === 'string' ? note : undefined;
}

function asRunning({
  owner: _owner,
  setup: _setup,
  accounts: _accounts,
  cause,
  ...execution
}: NewExecution): Execution {
  const open = { completedAt: null, duration: null, exitCode: null, signal: null, result: null, error: null };
  const measured = { logBytes: 0, peakMemoryBytes: null, cpuMs: null };
  return {
    ...execution,
    ...open,
    ...measured,
    parameters: { ...execution.parameters },
    status: 'running',
    ...(cause && { cause }),
  };
}
