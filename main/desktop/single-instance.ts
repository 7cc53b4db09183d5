import { join } from 'node:path';
import { app } from 'electron';
import { z } from 'zod';
import { navigationTargetSchema } from '../contract/control.ts';
import { readAppLink, type AppLink } from '../services/desktop/app-link.ts';
import { dataDirOf } from '../start/data-dir-of.ts';

/** What a start requests of the app: a view to show, nothing in particular, or an invalid link with its message. */
export type StartRequest = Partial<Extract<AppLink, { target: unknown }>> | Extract<AppLink, { refusal: string }>;

const requestSchema = z.union([
  z.object({ refusal: z.string() }),
  z.object({ target: navigationTargetSchema }),
  z.object({}),
]);

export function requestOf(link: string | null): StartRequest {
  return link === null ? {} : readAppLink(link);
}

/**
 * Returns whether this process is the only app of its data directory. If not, the running app has received `request`,
 * and this process must exit without doing anything else.
 */
export function takeInstance(dataDir: string | null, request: StartRequest, hidden: boolean): boolean {
  // Chromium keeps its lock in this folder, which allows one app per data directory instead of one per user.
  app.setPath('userData', join(dataDirOf(dataDir), 'browser'));
  // One short text, because arrays and large data get lost on some systems (electron#40615, electron#52020). In ASCII,
  // because a text that V8 stores with two bytes per character arrives as null (seen with Electron 33 on Linux).
  return app.requestSingleInstanceLock({ request: encodeURIComponent(JSON.stringify(request)), hidden });
}

/** Returns whether a start shows only the small quick-add window. */
export const isQuickAdd = (request: StartRequest): boolean =>
  'target' in request && request.target?.view === 'quick-add';

/** Passes on the requests of later starts, the Dock and links. Keeps those that arrive before the app is ready. */
export class LaterStarts {
  readonly #waiting: StartRequest[] = [];
  #serve: ((request: StartRequest) => void) | null = null;

  constructor() {
    app.on('second-instance', (_event, _argv, _directory, data) => {
      if (!isHidden(data)) this.#take(requestIn(data));
    });
    // macOS reopens the app from the Dock or with a link. On a cold start, the link arrives before the app is ready.
    app.on('activate', () => this.#take({}));
    app.on('open-url', (event, url) => {
      event.preventDefault();
      this.#take(readAppLink(url));
    });
  }

  /** @param own what this start requests, whose window is open already: a person who has closed it, or turned to another, keeps that */
  serve(serve: (request: StartRequest) => void, own: StartRequest): void {
    this.#serve = serve;
    if ('refusal' in own || own.target !== undefined) serve(own);
    for (const request of this.#waiting.splice(0)) serve(request);
  }

  #take(request: StartRequest): void {
    if (this.#serve === null) this.#waiting.push(request);
    else this.#serve(request);
  }
}

/** Returns whether the later start, at login or after a failure, shows nothing. */
function isHidden(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'hidden' in data && data.hidden === true;
}

/** Reads the request of a later start. Unknown data, for example from another version, only shows the window. */
function requestIn(data: unknown): StartRequest {
  const text = typeof data === 'object' && data !== null && 'request' in data ? data.request : undefined;
  if (typeof text !== 'string') return {};
  try {
    const request = requestSchema.parse(JSON.parse(decodeURIComponent(text)));
    return 'refusal' in request ? { refusal: request.refusal } : 'target' in request ? { target: request.target } : {};
  } catch (problem) {
    if (problem instanceof SyntaxError || problem instanceof URIError || problem instanceof z.ZodError) return {};
    throw problem;
  }
}

/** Returns whether to start without a window. macOS passes no arguments to login items, so Electron is asked there. */
export function isHiddenStart(hidden: boolean): boolean {
  return hidden || (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);
}
