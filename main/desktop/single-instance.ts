import { join } from 'node:path';
import { app } from 'electron';
import { z } from 'zod';
import { navigationTargetSchema } from '../contract/control.ts';
import { readAppLink, type AppLink } from '../services/desktop/app-link.ts';
import { dataDirOf } from '../start/data-dir-of.ts';

/** What a start asks the app for: a place, nothing in particular, or something that is refused with a sentence. */
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
 * True when this process is the one app of its data directory. Otherwise the running one was told where to go, and this
 * process must end without doing anything else.
 */
export function takeInstance(dataDir: string | null, request: StartRequest, hidden: boolean): boolean {
  // Chromium keeps its lock in this folder: one app per data directory, not one per person.
  app.setPath('userData', join(dataDirOf(dataDir), 'browser'));
  // One short text: arrays and large data do not survive on every system (electron#40615, electron#52020). In ASCII: a
  // text that V8 keeps with two bytes for each character arrives as null (seen with Electron 33 on Linux).
  return app.requestSingleInstanceLock({ request: encodeURIComponent(JSON.stringify(request)), hidden });
}

/** Hands on what later starts, the Dock and links ask for; what came before the app is ready waits until it is. */
export class LaterStarts {
  readonly #waiting: StartRequest[] = [];
  #serve: ((request: StartRequest) => void) | null = null;

  constructor() {
    app.on('second-instance', (_event, _argv, _directory, data) => {
      if (!isHidden(data)) this.#take(requestIn(data));
    });
    // macOS: the app is opened again from the Dock, or by a link; that of a cold start comes before it is ready.
    app.on('activate', () => this.#take({}));
    app.on('open-url', (event, url) => {
      event.preventDefault();
      this.#take(readAppLink(url));
    });
  }

  serve(serve: (request: StartRequest) => void): void {
    this.#serve = serve;
    for (const request of this.#waiting.splice(0)) serve(request);
  }

  #take(request: StartRequest): void {
    if (this.#serve === null) this.#waiting.push(request);
    else this.#serve(request);
  }
}

/** A start at login or after a failure asks for nothing to be shown. */
function isHidden(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'hidden' in data && data.hidden === true;
}

/** Anything else, from another version of this app for example, asks for the window alone. */
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

/** Returns whether no window is wanted. macOS passes no arguments to a login item, so there the system is asked. */
export function isHiddenStart(hidden: boolean): boolean {
  return hidden || (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);
}
