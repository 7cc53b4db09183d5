import { basename } from 'node:path';
import { importOptionsSchema } from '../contract/transfer.ts';
import { SchedulerError } from '../domain/errors.ts';
import type { ImportSource } from '../services/transfer/import-source.ts';
import type { Transfer } from '../services/transfer/transfer.ts';
import type { IpcHandlers } from './envelope.ts';

/** What export and import of the window need. */
export interface TransferServices {
  readonly transfer: Pick<Transfer, 'exported' | 'read' | 'installed' | 'preview' | 'apply'>;
  /** The dialogs of the system; null where they were cancelled. */
  chooseImportFile(): Promise<string | null>;
  chooseExportFile(): Promise<string | null>;
  /** @throws SchedulerError `usage/unwritable-file` */
  writeFile(path: string, text: string): void;
  newId(): string;
  /** After a change that the file watcher would report only later. */
  changed(): void;
  settingsChanged(): void;
}

type TransferCall = Extract<keyof IpcHandlers, `transfer.${string}`>;

/** Export and import. What was opened last is kept here: the page only has its token, and cannot name a file. */
export function transferHandlers(services: TransferServices): Pick<IpcHandlers, TransferCall> {
  const { transfer } = services;
  let kept: { readonly token: string; readonly source: ImportSource } | null = null;
  const sourceOf = (token: string): ImportSource => {
    if (kept?.token === token) return kept.source;
    throw new SchedulerError('usage/import-not-open', 'This file is not open any more. Choose it again.', { token });
  };
  const readChosen = async () => {
    const path = await services.chooseImportFile();
    return path === null ? null : { name: basename(path), source: await transfer.read(path, null) };
  };
  return {
    'transfer.export': async ({ withSecrets }) => {
      const { document, warnings } = transfer.exported({ withSecrets });
      const file = await services.chooseExportFile();
      const facts = { tasks: Object.keys(document.schedule.tasks).length, secrets: document.secrets };
      if (file === null) return { file, ...facts, warnings: [] };
      services.writeFile(file, `${JSON.stringify(document, null, 2)}\n`);
      return { file, ...facts, warnings: [...warnings] };
    },
    'transfer.open': async ({ installed }) => {
      const chosen =
        installed === undefined ? await readChosen() : { name: null, source: await transfer.installed(installed) };
      if (chosen === null) return { opened: null };
      const { name, source } = chosen;
      const report = await transfer.preview(source, importOptionsSchema.parse({}));
      kept = { token: services.newId(), source };
      return { opened: { token: kept.token, name, report } };
    },
    'transfer.preview': async ({ token, options }) => ({ report: await transfer.preview(sourceOf(token), options) }),
    'transfer.apply': async ({ token, options }) => {
      const report = await transfer.apply(sourceOf(token), options, 'window');
      kept = null;
      services.changed();
      services.settingsChanged();
      return { report };
    },
  };
}
