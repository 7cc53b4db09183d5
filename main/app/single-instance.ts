import { join } from 'node:path';
import { app } from 'electron';
import { navigationTargetSchema, type NavigationTarget } from '../contract/control.ts';
import { dataDirOf } from './core.ts';

/**
 * True when this process is the one app of its data directory. Otherwise the running one was told where to go, and this
 * process must end without doing anything else.
 */
export function takeInstance(dataDir: string | null, target: NavigationTarget | undefined, hidden: boolean): boolean {
  // Chromium keeps its lock in this folder: one app per data directory, not one per person.
  app.setPath('userData', join(dataDirOf(dataDir), 'browser'));
  // One short text: arrays and large data do not survive on every system (electron#40615, electron#52020).
  return app.requestSingleInstanceLock({ target: JSON.stringify(target ?? null), hidden });
}

export function onSecondInstance(show: (target: NavigationTarget | undefined) => void): void {
  app.on('second-instance', (_event, _argv, _directory, data) => {
    if (!isHidden(data)) show(targetIn(data));
  });
  // macOS: the app is opened again from the Dock, or by a link.
  app.on('activate', () => show(undefined));
  app.on('open-url', (_event, url) => show(linkTarget(url)));
}

/** `ncp-scheduler://execution/<id>`; anything else just opens the window. */
export function linkTarget(link: string | null): NavigationTarget | undefined {
  if (link === null || !URL.canParse(link)) return undefined;
  const { hostname, pathname } = new URL(link);
  const executionId = pathname.slice(1);
  return hostname === 'execution' && executionId !== '' ? { view: 'execution', executionId } : undefined;
}

/** A start at login or after a failure asks for nothing to be shown. */
function isHidden(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'hidden' in data && data.hidden === true;
}

function targetIn(data: unknown): NavigationTarget | undefined {
  const text = typeof data === 'object' && data !== null && 'target' in data ? data.target : undefined;
  if (typeof text !== 'string') return undefined;
  return navigationTargetSchema.safeParse(JSON.parse(text)).data;
}
