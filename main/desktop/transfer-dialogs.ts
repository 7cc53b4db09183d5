import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { dialog } from 'electron';
import { messageOf, SchedulerError } from '../domain/errors.ts';
import type { TransferServices } from '../ipc/transfer-handlers.ts';

/** Choosing and writing the files of export and import, by the dialogs of the system. */
export const transferDialogs: Pick<TransferServices, 'chooseImportFile' | 'chooseExportFile' | 'writeFile'> = {
  chooseImportFile: async () => {
    const { canceled, filePaths } = await dialog.showOpenDialog({
      title: 'Import tasks',
      properties: ['openFile', 'showHiddenFiles'],
      filters: [
        { name: 'Schedules', extensions: ['json', 'timer', 'plist', 'xml', 'crontab', 'txt'] },
        { name: 'All files', extensions: ['*'] },
      ],
    });
    return canceled ? null : (filePaths[0] ?? null);
  },
  chooseExportFile: async () => {
    const { canceled, filePath } = await dialog.showSaveDialog({
      title: 'Export the schedule',
      defaultPath: join(homedir(), 'schedule.ncp.json'),
      filters: [{ name: 'NCP Scheduler export', extensions: ['json'] }],
    });
    return canceled ? null : filePath;
  },
  writeFile: (path, text) => {
    try {
      // The dialog asked before an existing file was chosen.
      writeFileSync(path, text, { mode: 0o600 });
    } catch (error) {
      throw new SchedulerError(
        'usage/unwritable-file',
        `${path} cannot be written: ${messageOf(error)}.`,
        { path },
        error,
      );
    }
  },
};
