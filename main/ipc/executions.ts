import type { Application } from '../application/application.ts';
import type { HandlersOf } from './handlers.ts';

/** Lists, cancels and repeats runs. */
export function executionHandlers(application: Application): HandlersOf<'executions'> {
  return {
    'executions.list': async (filter) => (await application.executions()).list(filter),
    'executions.get': async ({ executionId }) => {
      const executions = await application.executions();
      return { execution: executions.find(executionId), setup: executions.setup(executionId) };
    },
    'executions.cancel': async ({ executionId }) => ({
      execution: await (await application.runs()).cancel(executionId),
    }),
    'executions.rerun': async ({ executionId, parameters }) => ({
      execution: await (await application.runs()).rerun(executionId, parameters),
    }),
    'executions.judge': async ({ executionId, criteria }) => ({
      tried: (await application.successTrial()).try(executionId, criteria),
    }),
    'executions.outcomes': async ({ since, stepMs }) => ({
      steps: (await application.executions()).outcomes(since, stepMs),
    }),
    'executions.figures': async ({ taskIds, withRuns }) => ({
      tasks: (await application.executions()).figures(taskIds, withRuns),
    }),
  };
}
