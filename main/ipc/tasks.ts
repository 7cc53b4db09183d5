import type { Application } from '../application/application.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

/** Changes and starts tasks, and explains why slots ran or did not. */
export function taskHandlers(application: Application, { author }: Pick<Host, 'author'>): HandlersOf<'tasks'> {
  return {
    'tasks.create': async ({ validate, runsOn, ...draft }) => {
      const create = async () => (await application.tasks()).create(draft, author, { validate });
      return runsOn === undefined ? create() : (await application.fleet()).createShared(create, runsOn, author);
    },
    'tasks.update': async ({ taskId, change, validate }) =>
      (await application.tasks()).update(taskId, change, author, { validate }),
    'tasks.pause': async ({ taskId, until, note }) =>
      (await application.tasks()).pause(taskId, { ...(until && { until }), ...(note && { note }) }, author),
    'tasks.resume': async ({ taskId }) => (await application.tasks()).resume(taskId, author),
    'tasks.forgetSeen': async ({ taskId }) => (await application.tasks()).forgetSeen(taskId, author),
    'tasks.skipNext': async ({ taskId }) => (await application.tasks()).skipNext(taskId, author),
    'tasks.delete': async ({ taskId }) => (await application.tasks()).delete(taskId, author),
    'tasks.bulk': async ({ taskIds, change }) => (await application.bulkChanges()).apply(taskIds, change, author),
    'tasks.trigger': async ({ taskId }) => ({ execution: await (await application.runs()).start(taskId) }),
    'tasks.test': async (draft) => ({ execution: await (await application.runs()).startTest(draft) }),
    'tasks.backfillPreview': async (request) => {
      const backfills = await application.backfills();
      return { preview: backfills.preview(request), isRunning: backfills.isRunning(request.taskId) };
    },
    'tasks.backfill': async (request) => ({ preview: (await application.backfills()).start(request) }),
    'tasks.stopBackfill': async ({ taskId }) => ({ stopped: (await application.backfills()).stop(taskId) }),
    'tasks.why': async ({ taskId, since }) => ({ slots: await (await application.slots()).whyInFleet(taskId, since) }),
    'tasks.missed': async ({ timingId, since }) => ({ slots: (await application.slots()).missed(timingId, since) }),
  };
}
