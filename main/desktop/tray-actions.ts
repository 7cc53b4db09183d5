import { dialog } from 'electron';
import type { AppWindows } from '../adapters/electron/app-windows.ts';
import { tomorrowMorning } from '../contract/tomorrow.ts';
import { messageOf } from '../domain/errors.ts';
import type { PauseLength, TrayActions } from '../ports/desktop.ts';
import type { Application } from '../application/application.ts';

const author = 'tray';

export interface TrayActionsNeeds {
  readonly application: Application;
  readonly windows: AppWindows;
  readonly quit: () => void;
}

/** Returns the actions of the tray menu. Errors appear in a dialog, because there may be no window to show them. */
export function trayActions({ application, windows, quit }: TrayActionsNeeds): TrayActions {
  const attempt = (action: () => unknown): void => {
    Promise.resolve()
      .then(action)
      .catch((problem: unknown) => dialog.showErrorBox('NCP Scheduler', messageOf(problem)));
  };
  return {
    quickAdd: () => windows.showQuickAdd(),
    show: (target) => windows.show(target),
    cancel: (executionId) => attempt(async () => (await application.runs()).cancel(executionId)),
    runTask: (taskId) => attempt(async () => (await application.runs()).start(taskId)),
    skipNext: (taskId, slot) => attempt(async () => (await application.tasks()).skipNext(taskId, author, { slot })),
    pauseTask: (taskId) => attempt(async () => (await application.tasks()).pause(taskId, {}, author)),
    pauseAll: (length) =>
      attempt(async () => (await application.tasks()).pauseAll(pauseUntil(length, application.clock.now()), author)),
    resumeAll: () => attempt(async () => (await application.tasks()).resumeAll(author)),
    quit,
  };
}

/** Returns when a pause ends. */
function pauseUntil(length: PauseLength, nowMs: number): { until?: string } {
  if (length === 'resumed') return {};
  if (length === 'hour') return { until: new Date(nowMs + 3_600_000).toISOString() };
  return { until: tomorrowMorning(nowMs) };
}
