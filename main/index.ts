import { mkdtempSync } from 'node:fs';
import { url as inspectorUrl } from 'node:inspector';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { appOrigin, registerAppScheme, serveApp } from './desktop/app-protocol.ts';
import { fileLogger } from './desktop/file-logger.ts';
import { dataDirOf, dataDirProblem, needsElectron } from './start/data-dir-of.ts';
import { electronCipher as cipher, electronWorkers } from './desktop/electron-ports.ts';
import { needsRelaunch, relaunchHeadless } from './start/headless-relaunch.ts';
import { isHiddenStart, isQuickAdd, LaterStarts, requestOf, takeInstance } from './desktop/single-instance.ts';
import { RunAnnouncer } from './start/run-announcer.ts';
import { removeRefusedSwitches } from './start/refused-switches.ts';
import { resolveStartMode, type StartMode } from './start/start-mode.ts';
import { stopOnSignals } from './start/stop-signals.ts';
import { version } from './start/version.ts';
import { messageOf } from './domain/errors.ts';

// The composition root of the Electron app. As an ES module it is run before Electron is ready, and Electron waits for
// it: so a command line ends here, before Chromium has started, and a window must not be awaited here.
const appRoot = join(import.meta.dirname, '../..');
const executable = {
  execPath: process.execPath,
  appImage: process.env['APPIMAGE'],
  script: null,
  platform: process.platform,
};
const workers = () => electronWorkers(join(import.meta.dirname, 'worker.js'));
const warning = app.isPackaged ? removeRefusedSwitches(app.commandLine, inspectorUrl() !== undefined) : null;
if (warning !== null) process.stderr.write(`warning: ${warning}\n`);
const mode = resolveStartMode({ argv: process.argv.slice(app.isPackaged ? 1 : 2), electron: true });

if ('argv' in mode) await commandLine(mode);
else startApp(mode);

type CommandMode = Extract<StartMode, { argv: readonly string[] }>;
type WindowMode = Exclude<StartMode, CommandMode>;

async function commandLine({ mode, argv, need, dataDir }: CommandMode): Promise<void> {
  // A command that does not wait must use neither workers nor the keychain: Electron is ready only after this module.
  const waits = needsElectron(need, dataDirOf(dataDir));
  if (waits && needsRelaunch(process.argv, process.platform)) return process.exit(await relaunchHeadless(argv));
  app.setPath('userData', join(dataDirOf(dataDir), 'browser-headless'));
  app.dock?.hide();
  app.on('window-all-closed', () => undefined);
  const { runCommandLine } = await import('./start/run-command-line.ts');
  const announcer = new RunAnnouncer({ executable, dataDir: dataDirOf(dataDir), since: new Date().toISOString() });
  const pages = join(appRoot, 'out/renderer');
  const options = { argv, executable, version, pages, workers, ...(waits && { cipher }), stop: stopOnSignals(process) };
  const run = runCommandLine({
    ...options,
    announceAttention: () => announcer.attention(),
    announceChange: () => announcer.change(),
  });
  if (mode === 'timing-run') void run.then((code) => announcer.ended(code)).then((code) => app.exit(code));
  else if (waits) void run.then((code) => app.exit(code));
  else process.exit(await run);
}

function startApp(start: WindowMode): void {
  const demo = start.mode !== 'quick-add' && start.demo;
  const dataDir = start.dataDir ?? (demo ? mkdtempSync(join(tmpdir(), 'ncp-scheduler-demo-')) : null);
  const request = start.mode === 'quick-add' ? { target: { view: 'quick-add' } as const } : requestOf(start.link);
  const hidden = start.mode === 'hidden';
  const refusal = dataDirProblem(dataDir);
  if (refusal !== null) return refuseStart(refusal);
  if (!takeInstance(dataDir, request, hidden)) return app.exit(0);
  const laterStarts = new LaterStarts();
  registerAppScheme();
  void app
    .whenReady()
    .then(async () => {
      const { restrictPages } = await import('./desktop/security.ts');
      restrictPages();
      serveApp(join(appRoot, 'out/renderer'));
      const logger = fileLogger();
      const { openWindowSide } = await import('./desktop/page/window-side.ts');
      const windowSide = openWindowSide({ dataDir: dataDirOf(dataDir), origin: appOrigin, appRoot, logger });
      if (!isHiddenStart(hidden) && !isQuickAdd(request)) windowSide.windows.show();
      const { createApplication } = await import('./application/create-application.ts');
      const { openOutside } = await import('./start/outside.ts');
      const session = { ownSession: process.env };
      const outside = openOutside({ dataDir, executable, version, logger, workers, cipher, ...session });
      const application = createApplication(outside);
      if (demo) await (await import('./start/demo.ts')).fillDemo(application);
      const { startDesktop } = await import('./desktop/desktop.ts');
      const iconDir = join(appRoot, 'resources/icons');
      const announceSince = start.mode === 'quick-add' ? null : start.announceSince;
      const desktop = await startDesktop({ outside, application, executable, windowSide, iconDir, announceSince });
      laterStarts.serve(desktop.serve, isHiddenStart(hidden) ? {} : request);
    })
    .catch((problem: unknown) => refuseStart(messageOf(problem)));
}

function refuseStart(message: string): void {
  dialog.showErrorBox('NCP Scheduler could not start', message);
  app.exit(1);
}
