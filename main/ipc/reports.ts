import type { Application } from '../application/application.ts';
import type { HandlersOf } from './handlers.ts';

/** Answers what the pages of tasks and groups and the page Insights show. */
export function reportHandlers(application: Application): HandlersOf<'reports'> {
  return {
    'reports.task': async ({ taskId }) => (await application.reports()).task(taskId),
    'reports.group': async ({ timingId }) => (await application.reports()).group(timingId),
    'reports.insights': async (question) => (await application.reports()).insights(question),
    'reports.missed': async ({ recordedAfter }) => (await application.reports()).missed(recordedAfter),
    'reports.slot': async ({ taskId, slot }) => ({
      explanation: await (await application.reports()).explain(taskId, slot),
    }),
  };
}
