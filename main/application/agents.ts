import type { Application } from './application.ts';
import { cancelExecution, startTask, triggerTask } from './operations/runs.ts';
import type { Execution } from '../contract/execution.ts';
import { SchedulerError } from '../domain/errors.ts';
import { ChangeHistory } from '../services/history/change-history.ts';
import { Agents } from '../services/consent/agents.ts';
import type { AgentRuns } from '../services/consent/apply-change.ts';
import type { Core } from './core.ts';
import type { Engine } from './engine.ts';

/** Consent in a process of the command line: runs are the primary's, where there is one. */
export function commandLineAgents(core: Core, application: Application): Agents {
  return new Agents({
    ...core,
    history: historyOf(core),
    runs: {
      start: (taskId) => startTask(application, taskId),
      test: (taskId) => triggerTask(application, taskId, { trigger: 'test' }),
      cancel: (executionId) => cancelExecution(application, executionId),
    },
  });
}

/** Consent in the primary. */
export function primaryAgents(core: Core, engine: Engine): Agents {
  return new Agents({ ...core, history: historyOf(core), runs: engineRuns(core, engine) });
}

function historyOf(core: Core): ChangeHistory {
  return new ChangeHistory({ ...core, machineTimezone: core.timezone });
}

function engineRuns({ ledger }: Core, { executor }: Engine): AgentRuns {
  return {
    start: async (taskId) => {
      const { executionId } = await executor.runTask(taskId, 'manual');
      return found(ledger.get(executionId), executionId);
    },
    test: async (taskId) => (await executor.runTask(taskId, 'test')).finished,
    cancel: (executionId) => executor.cancel(executionId),
  };
}

function found(execution: Execution | null, executionId: string): Execution {
  if (execution !== null) return execution;
  throw new SchedulerError('execution/not-found', `There is no execution with the id "${executionId}".`, {
    executionId,
  });
}
