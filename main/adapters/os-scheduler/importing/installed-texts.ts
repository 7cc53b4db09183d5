import { createCommandRunner } from '../run-program.ts';
import type { CommandRunner } from '../run-program.ts';
import { readInstalledCrontab } from '../cron/crontab.ts';
import { Schtasks } from '../windows/schtasks.ts';
import { TASK_FOLDER } from '../windows/translate.ts';
import type { ImportFilesOptions } from './import-files.ts';

/** Skipped entries: the system's own maintenance, this app's tasks and those of ncp. */
const passedOver = ['\\Microsoft\\', TASK_FOLDER, '\\NCP_'];

/** Returns the present content of the schedulers that are read through a command. */
export function installedTexts(
  run: CommandRunner = createCommandRunner(),
): Pick<ImportFilesOptions, 'crontab' | 'windowsTasks'> {
  return {
    crontab: async () => {
      const bytes = await readInstalledCrontab(run);
      return bytes === null ? null : Buffer.from(bytes, 'latin1').toString('utf8');
    },
    windowsTasks: async () => {
      const schtasks = new Schtasks(run);
      const found = new Map<string, string>();
      for (const name of (await schtasks.names()).filter(
        (path) => !passedOver.some((start) => path.startsWith(start)),
      )) {
        const xml = await schtasks.xml(name);
        if (xml !== null) found.set(name, xml);
      }
      return found;
    },
  };
}
