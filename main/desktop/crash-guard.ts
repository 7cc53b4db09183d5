import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, clipboard, dialog } from 'electron';
import { messageOf } from '../domain/errors.ts';
import type { Logger } from '../ports/logger.ts';
import { crashReport } from '../services/desktop/crash-report.ts';

/** A crash within this time after another one, in ms, shows no second dialog: dialogs in a loop could not be closed. */
const againMs = 10_000;

export interface CrashGuardNeeds {
  readonly version: string;
  /** Folder for reports. */
  readonly dir: string;
  readonly logger: Logger;
  /** Stops current runs cleanly, as far as that is still possible. */
  readonly stop: () => Promise<void>;
  readonly reopenWindow: () => void;
}

/** Maximum wait for a clean stop after a crash, in ms. */
const stopMs = 15_000;

/**
 * Writes a report of each crash, then shows one dialog that offers to copy the report and to restart the app or reopen
 * the window. A rejected promise is only reported.
 */
export function guardAgainstCrashes(options: CrashGuardNeeds): void {
  let lastMs = -Infinity;
  const isAgain = (): boolean => {
    const again = Date.now() - lastMs < againMs;
    lastMs = Date.now();
    return again;
  };
  const fatal = (error: unknown): void => {
    const report = written(options, 'The app hit an unhandled error.', error);
    if (!isAgain()) void askAndEnd(options, error, report);
  };
  process.on('uncaughtException', fatal);
  // A rejected promise does not damage the rest of the app: write the report and continue.
  process.on('unhandledRejection', (reason) => void written(options, 'A rejected promise was not handled.', reason));
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) => {
    if (reason === 'clean-exit' || reason === 'killed') return;
    const what = `The window's process exited: ${reason} (exit code ${exitCode}).`;
    const report = written(options, what, what);
    if (!isAgain()) void askAndReopen(options, what, report);
  });
}

async function askAndEnd(options: CrashGuardNeeds, error: unknown, report: string): Promise<void> {
  const detail = `${messageOf(error)}\n\nCurrent runs are stopped. Runs that the OS scheduler starts do not need the app.`;
  const restart = await ask('NCP Scheduler hit an error and cannot continue', detail, ['Restart', 'Quit'], report);
  const late = new Promise<void>((resolve) => setTimeout(resolve, stopMs));
  await Promise.race([options.stop().catch(() => undefined), late]);
  if (restart === 0) app.relaunch();
  app.exit(1);
}

async function askAndReopen(options: CrashGuardNeeds, what: string, report: string): Promise<void> {
  const detail = `${what}\n\nYour tasks are not affected: they run without the window.`;
  const answer = await ask('The window stopped working', detail, ['Reopen', 'Close'], report);
  if (answer === 0) options.reopenWindow();
}

/** Returns the index of the chosen answer. Shows the dialog again after "Copy report". */
async function ask(message: string, detail: string, answers: [string, string], report: string): Promise<number> {
  for (;;) {
    const buttons = [...answers, 'Copy report'];
    const title = 'NCP Scheduler';
    const { response } = await dialog.showMessageBox({ type: 'error', title, message, detail, buttons, cancelId: 1 });
    if (response !== 2) return response;
    void clipboard.writeText(report);
  }
}

/** Writes the report to the log and the folder, and returns it. If the folder is not writable, only the log has it. */
function written({ version, dir, logger }: CrashGuardNeeds, what: string, error: unknown): string {
  const at = new Date().toISOString();
  const platform = `${process.platform} ${process.arch}`;
  const runtime = { ...process.versions };
  const report = crashReport({ what, error, at, version, runtime, platform, homeDir: homedir() });
  logger.error(what, { report });
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    writeFileSync(join(dir, `crash-${at.replaceAll(':', '-')}.txt`), report, { flag: 'wx', mode: 0o600 });
  } catch (problem) {
    logger.error('The crash report could not be written', { problem: messageOf(problem) });
  }
  return report;
}
