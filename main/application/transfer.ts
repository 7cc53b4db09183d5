import { homedir, userInfo } from 'node:os';
import { createImportFiles } from '../adapters/os-scheduler/importing/import-files.ts';
import { installedTexts } from '../adapters/os-scheduler/importing/installed-texts.ts';
import { createGroupExporter } from '../adapters/os-scheduler/exporting/group-exporter.ts';
import { serverFiles } from '../adapters/storage/server-files.ts';
import { Transfer } from '../services/transfer/transfer.ts';
import type { Core } from './core.ts';

/** Export and import over the files and schedulers of this machine. */
export function transferOf(core: Core, version: string): Transfer {
  const { clock, timezone } = core;
  const facts = { version, platform: process.platform, timezone };
  const context = () => ({ nowMs: clock.now(), timezone, homeDir: homedir(), username: userInfo().username });
  return new Transfer({
    ...core,
    facts,
    files: createImportFiles({
      context,
      ...installedTexts(),
      serverFiles: () => serverFiles({ platform: process.platform, homeDir: homedir(), env: process.env }),
    }),
    groups: createGroupExporter(() => ({ ...context(), machineTimezone: timezone })),
  });
}
