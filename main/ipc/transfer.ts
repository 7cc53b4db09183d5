import { basename } from 'node:path';
import type { Application } from '../application/application.ts';
import type { TransferSource } from '../application/operations.ts';
import { importOptionsSchema } from '../contract/transfer.ts';
import { SchedulerError } from '../domain/errors.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

/** Exports and imports tasks. Keeps the last opened source: the page gets only its token and cannot choose a path. */
export function transferHandlers(application: Application, host: Host): HandlersOf<'transfer'> {
  let kept: { readonly token: string; readonly source: TransferSource } | null = null;
  const sourceOf = (token: string): TransferSource => {
    if (kept?.token === token) return kept.source;
    throw new SchedulerError('usage/import-not-open', 'This file is no longer open. Choose it again.', { token });
  };
  const readChosen = async () => {
    const path = await host.chooseImportFile();
    if (path === null) return null;
    return { name: basename(path), source: await (await application.transfer()).read(path, null) };
  };
  return {
    'transfer.export': async ({ withSecrets, taskIds }) => {
      const { document, warnings } = (await application.transfer()).exported({ withSecrets, taskIds });
      const file = await host.chooseExportFile();
      const facts = { tasks: Object.keys(document.schedule.tasks).length, secrets: document.secrets };
      if (file === null) return { file, ...facts, warnings: [] };
      host.writeFile(file, `${JSON.stringify(document, null, 2)}\n`);
      return { file, ...facts, warnings: [...warnings] };
    },
    'transfer.open': async ({ installed }) => {
      const transfer = await application.transfer();
      const chosen =
        installed === undefined ? await readChosen() : { name: null, source: await transfer.installed(installed) };
      if (chosen === null) return { opened: null };
      const { name, source } = chosen;
      const report = await transfer.preview(source, importOptionsSchema.parse({}));
      kept = { token: application.newId(), source };
      return { opened: { token: kept.token, name, report } };
    },
    'transfer.found': async () => ({ found: await (await application.transfer()).found() }),
    'transfer.preview': async ({ token, options }) => ({
      report: await (await application.transfer()).preview(sourceOf(token), options),
    }),
    'transfer.apply': async ({ token, options }) => {
      const report = await (await application.transfer()).apply(sourceOf(token), options, host.author);
      kept = null;
      return { report };
    },
  };
}
