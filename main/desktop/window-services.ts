import { homedir, release } from 'node:os';
import { dialog } from 'electron';
import { ShellCommandFile } from '../adapters/system/shell-command-file.ts';
import { executionFilterSchema } from '../contract/execution.ts';
import type { WindowServices } from '../ipc/window-handlers.ts';
import { Doctor } from '../services/doctor/doctor.ts';
import { diagnosticsReport } from '../services/desktop/diagnostics-report.ts';
import { scheduleLoad } from '../services/schedule/schedule-load.ts';
import type { Core } from '../application/core.ts';
import type { Engine } from '../application/engine.ts';
import { compareEnvironment, loginVariables, refreshEnvironment } from '../application/login-variables.ts';

/** Failures a diagnostics report tells of. */
const failuresReported = 20;

/** What the window's own calls need, over this process. */
export function windowServices(
  core: Core,
  engine: Engine,
  version: string,
): Omit<WindowServices, 'changed' | 'secrets'> {
  const { store } = core;
  const doctor = new Doctor(core);
  return {
    doctor,
    testRuns: engine.testRuns,
    load: (question) => ({ ...scheduleLoad(store.read(), question), concurrencyLimit: engine.concurrencyLimit() }),
    compareEnvironment: () => compareEnvironment(core),
    refreshEnvironment: () => refreshEnvironment(core),
    chooseDirectory,
    shellCommand: shellCommandOf(core),
    report: () => report(core, doctor, version),
  };
}

function shellCommandOf(core: Core): ShellCommandFile {
  const { execPath, appImage, platform } = core.executable;
  const variables = loginVariables(core);
  return new ShellCommandFile({
    platform,
    homeDir: homedir(),
    localAppData: process.env['LOCALAPPDATA'],
    program: appImage ?? execPath,
    path: async () => (await variables())['PATH'] ?? '',
  });
}

async function chooseDirectory(startAt: string | undefined): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog({
    properties: ['openDirectory', 'createDirectory'],
    defaultPath: startAt ?? homedir(),
  });
  return canceled ? null : (filePaths[0] ?? null);
}

async function report(core: Core, doctor: Doctor, version: string): Promise<string> {
  const { tasks, settings, ledger, clock, sync, timezone, paths } = core;
  const failures = ledger.list(executionFilterSchema.parse({ status: 'failure', limit: failuresReported }));
  return diagnosticsReport({
    at: new Date(clock.now()).toISOString(),
    homeDir: homedir(),
    app: {
      version,
      system: `${process.platform} ${process.arch} ${release()}`,
      electron: process.versions['electron'] ?? 'none',
      node: process.versions.node,
      'time zone': timezone,
      'OS scheduler': await sync.kind(),
      'data directory': paths.dir,
    },
    settings: { ...settings.read(), mcpServers: settings.mcpServers() },
    tasks: tasks.list(),
    groups: (await tasks.timings()).length,
    checks: await doctor.diagnose(),
    failures: failures.executions,
  });
}
