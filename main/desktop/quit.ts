import { app, dialog, powerMonitor } from 'electron';
import { messageOf } from '../domain/errors.ts';
import type { Tray } from '../ports/desktop.ts';
import { quitQuestion } from '../services/desktop/quit-question.ts';
import { needsEntry } from '../services/schedule/timing-groups.ts';
import type { Announcer } from './announcer.ts';
import type { Core } from '../application/core.ts';
import type { Primary } from '../application/primary.ts';

export interface QuitNeeds {
  readonly core: Core;
  readonly primary: Primary;
  readonly announcer: Announcer;
  readonly tray: Tray;
}

/**
 * Closing the last window leaves the app in the tray. Quitting stops what runs by the kill ladder and only then lets go
 * of the ledger, so that every execution has its outcome. It does not ask: a session that ends and a signal come this way
 * too, where nobody could answer.
 */
export function stopOnQuit({ core, primary, announcer, tray }: QuitNeeds): void {
  app.on('window-all-closed', () => undefined);
  let stopping = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    void primary
      .stop()
      .catch((problem: unknown) => core.logger.error('Could not stop in order', { problem: messageOf(problem) }))
      .finally(() => {
        announcer.close();
        tray.destroy();
        core.close();
        app.exit(0);
      });
  });
  // Electron alone lets these end the process at once (seen with 33): runs would go on as orphans.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  // Asks the system to wait until this process has ended (Linux, macOS).
  powerMonitor.on('shutdown', () => app.quit());
}

/** What a person does to quit: asked where tasks run. */
export function personQuits(core: Core): () => void {
  let asking = false;
  return () => {
    if (asking) return;
    asking = true;
    agreed(core)
      .then((yes) => yes && app.quit())
      .catch((problem: unknown) => dialog.showErrorBox('NCP Scheduler', messageOf(problem)))
      .finally(() => (asking = false));
  };
}

async function agreed({ ledger, store, sync }: Core): Promise<boolean> {
  const running = ledger.running().map(({ execution }) => execution.taskName);
  const file = store.state().state === 'ok' ? store.read() : null;
  const groups = Object.values(file?.timings ?? {}).filter(
    (timing) => file !== null && needsEntry(file, timing),
  ).length;
  const question = quitQuestion({ running, groups, osScheduler: await sync.kind() });
  if (question === null) return true;
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: 'Quit NCP Scheduler?',
    ...question,
    buttons: ['Quit', 'Keep running'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}
