import { dialog } from 'electron';
import type { AppWindows } from '../adapters/electron/app-windows.ts';
import { messageOf } from '../domain/errors.ts';
import type { PauseLength, TrayActions } from '../ports/desktop.ts';
import type { Core } from '../application/core.ts';
import type { Engine } from '../application/engine.ts';
import type { Primary } from '../application/primary.ts';

const author = 'tray';
const morningHour = 9;

export interface TrayParts {
  readonly core: Core;
  readonly windows: AppWindows;
  readonly engine: Engine;
  readonly primary: Primary;
  readonly quit: () => void;
}

/** What the tray's menu does. A refusal is told: there may be no window to see it in. */
export function trayActions({ core, windows, engine, primary, quit }: TrayParts): TrayActions {
  const attempt = (action: () => unknown): void => {
    Promise.resolve()
      .then(action)
      .then(() => primary.feed.refresh())
      .catch((problem: unknown) => dialog.showErrorBox('NCP Scheduler', messageOf(problem)));
  };
  return {
    quickAdd: () => windows.showQuickAdd(),
    show: (target) => windows.show(target),
    cancel: (executionId) => attempt(() => engine.executor.cancel(executionId)),
    pauseAll: (length) => attempt(() => core.tasks.pauseAll(pauseUntil(length, core.clock.now()), author)),
    resumeAll: () => attempt(() => core.tasks.resumeAll(author)),
    quit,
  };
}

/** Tomorrow morning is nine o'clock on the person's own clock. */
export function pauseUntil(length: PauseLength, nowMs: number): { until?: string } {
  if (length === 'resumed') return {};
  if (length === 'hour') return { until: new Date(nowMs + 3_600_000).toISOString() };
  const morning = new Date(nowMs);
  morning.setDate(morning.getDate() + 1);
  morning.setHours(morningHour, 0, 0, 0);
  return { until: morning.toISOString() };
}
