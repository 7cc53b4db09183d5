import { readFileSync, rmSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Application } from '../application/application.ts';
import type { DesktopState } from '../contract/desktop.ts';
import { SchedulerError } from '../domain/errors.ts';
import { ipcHandlers, type IpcHandlers } from '../ipc/handlers.ts';
import { missingCapability, type Host } from '../ipc/host.ts';
import { EventStream } from './event-stream.ts';
import type { Session } from './sessions.ts';

const mostDownloads = 4;
/** A larger file is refused: it would have to be in memory. */
const largestDownloadBytes = 256 * 1024 * 1024;

export interface Download {
  readonly name: string;
  readonly content: Uint8Array;
}

/** One window in a browser: its handlers, its events, and the files that go from and to it. */
export class WebWindow {
  readonly id: string;
  readonly session: Session;
  readonly handlers: IpcHandlers;
  readonly #application: Application;
  readonly #host: Host;
  readonly #newId: () => string;
  readonly #downloads = new Map<string, Download>();
  #stream: EventStream | null = null;
  #upload: string | null = null;

  constructor(id: string, session: Session, application: Application) {
    this.id = id;
    this.session = session;
    this.#application = application;
    this.#newId = application.newId;
    this.#host = this.#hostOf(session);
    this.handlers = ipcHandlers(application, this.#host);
  }

  get desktop(): DesktopState {
    return this.#host.desktopState();
  }

  get isOpen(): boolean {
    return this.#stream !== null;
  }

  /** Opens the stream of events; an earlier one ends. @param onEnd called when this stream has ended and no other replaced it */
  open(onEnd: () => void): EventStream {
    this.#stream?.end();
    const stream = new EventStream(() => {
      if (this.#stream !== stream) return;
      this.#stream = null;
      onEnd();
    });
    this.#stream = stream;
    stream.send('ready', '{}');
    return stream;
  }

  send(name: string, json: string): void {
    this.#stream?.send(name, json);
  }

  /** Keeps an uploaded file for the next call that asks for a file. */
  take(path: string): void {
    this.#dropUpload();
    this.#upload = path;
  }

  /** Returns a file that was offered to this window, once. */
  download(id: string): Download | null {
    const found = this.#downloads.get(id) ?? null;
    this.#downloads.delete(id);
    return found;
  }

  async close(): Promise<void> {
    const stream = this.#stream;
    this.#stream = null;
    stream?.end();
    this.#downloads.clear();
    this.#dropUpload();
    (await this.#application.logs()).unfollowAll(this.#host);
  }

  #hostOf({ author, readOnly }: Session): Host {
    return {
      author,
      desktopState: () => browserState(author, readOnly),
      send: (name, payload) => this.send(name, JSON.stringify(payload)),
      windowListens: () => undefined,
      closeQuickAdd: () => undefined,
      openFile: (path) => this.#offerFile(path),
      uninstall: () =>
        Promise.reject(
          missingCapability('desktop', 'A browser cannot uninstall. Run `ncp-scheduler uninstall` on the machine.'),
        ),
      installUpdate: () =>
        Promise.reject(
          missingCapability('desktop', 'A browser cannot update. Run `ncp-scheduler upgrade` on the machine.'),
        ),
      chooseDirectory: () =>
        Promise.reject(
          missingCapability(
            'dialogs',
            'A browser cannot show a dialog of the machine. Choose the folder in the list, or type its path.',
          ),
        ),
      chooseImportFile: () => Promise.resolve(this.#upload),
      chooseExportFile: () => Promise.resolve('schedule.ncp.json'),
      chooseLogFile: (name) => Promise.resolve(name),
      writeFile: (name, content) =>
        this.#offer({ name, content: typeof content === 'string' ? Buffer.from(content) : content }),
    };
  }

  async #offerFile(path: string): Promise<void> {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) throw new SchedulerError('execution/not-opened', `${path} is gone.`, { path });
    if (!found.isFile()) {
      const message = `${path} is a folder on the machine of the scheduler, which a browser cannot open.`;
      throw missingCapability('dialogs', message);
    }
    if (found.size > largestDownloadBytes) {
      const message = `${path} has ${found.size} bytes, more than a browser can be given (256 MiB). Copy it from the machine.`;
      throw new SchedulerError('execution/not-opened', message, { path, bytes: found.size });
    }
    this.#offer({ name: basename(path), content: readFileSync(path) });
  }

  #offer(download: Download): void {
    const id = this.#newId();
    this.#downloads.set(id, download);
    const [oldest] = this.#downloads.keys();
    if (this.#downloads.size > mostDownloads && oldest !== undefined) this.#downloads.delete(oldest);
    this.send('download', JSON.stringify({ id, name: download.name }));
  }

  #dropUpload(): void {
    if (this.#upload !== null) rmSync(dirname(this.#upload), { recursive: true, force: true });
    this.#upload = null;
  }
}

/** Returns what a browser can do for the window. */
export function browserState(author: string, readOnly: boolean): DesktopState {
  const problem = 'Not available in a browser.';
  return {
    author,
    capabilities: readOnly ? ['files'] : ['files', 'change'],
    notifications: { available: false, problem, doNotDisturb: null, buttons: false },
    tray: { available: null },
    shortcut: { active: false, problem: null },
    startAtLogin: { enabled: false, problem: null },
    updates: { state: 'unavailable', version: null, problem, installs: false },
  };
}
