import type { Application } from '../application/application.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

/** Handles calls about the app as a whole. */
export function appHandlers(application: Application, host: Host): HandlersOf<'app'> {
  return {
    'app.snapshot': async () => {
      const snapshots = await application.snapshots();
      return snapshots.whole(host.desktopState()).finally(() => host.windowListens());
    },
    'app.pauseAll': async ({ until, note }) =>
      (await application.tasks()).pauseAll({ ...(until && { until }), ...(note && { note }) }, host.author),
    'app.resumeAll': async () => (await application.tasks()).resumeAll(host.author),
    'app.openLog': async ({ executionId }) => {
      await host.openFile((await application.logs()).path(executionId));
      return {};
    },
    'app.openResultFile': async ({ executionId, name }) => {
      await host.openFile((await application.logs()).resultFileToOpen(executionId, name));
      return {};
    },
    'app.closeQuickAdd': () => {
      host.closeQuickAdd();
      return {};
    },
    'app.chooseDirectory': async ({ startAt }) => ({ path: await host.chooseDirectory(startAt) }),
    'app.folders': ({ path }) => application.listFolders(path ?? null),
    'app.cleanUp': async () => {
      const { failures, ...counts } = await (await application.retention()).run();
      return { ...counts, failures: [...failures] };
    },
    'app.report': async () => ({ report: await (await application.doctor()).report() }),
    'app.previewUninstall': async ({ purge }) => (await application.uninstall()).run({ purge, dryRun: true }),
    'app.uninstall': async ({ purge }) => {
      await host.uninstall(purge);
      return {};
    },
    'app.installUpdate': async () => {
      await host.installUpdate();
      return {};
    },
  };
}
