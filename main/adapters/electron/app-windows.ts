import { setTimeout as wait } from 'node:timers/promises';
import { BrowserWindow, nativeTheme, type IpcMainInvokeEvent } from 'electron';
import { eventChannel } from '../../contract/channels.ts';
import type { NavigationTarget } from '../../contract/control.ts';
import type { IpcEvent, IpcEventPayload } from '../../contract/ipc.ts';
import { reviveAfterCrash } from './crashed-page.ts';
import { keepPlace, readPlace } from './window-place.ts';

export interface AppWindowsOptions {
  /** Origin of our own pages. */
  readonly origin: string;
  readonly preload: string;
  readonly icon: string;
  /** File that remembers where the main window was. */
  readonly placePath: string;
  /** What went wrong with a window without being anybody's answer: a page that crashed. */
  readonly report: (message: string, details: Readonly<Record<string, unknown>>) => void;
}

interface WindowSize {
  x?: number;
  y?: number;
  width: number;
  height: number;
  minWidth: number;
  minHeight: number;
}

const mainSize: WindowSize = { width: 1180, height: 780, minWidth: 720, minHeight: 480 };
/** What a page needs to draw the snapshot it has got; meanwhile this process has the drawing to pass on. */
const drawMs = 250;
const quickAddSize = { width: 640, height: 320 };

/** The windows of the app: the main one and quick-add, each made when it is asked for and gone when it is closed. */
export class AppWindows {
  readonly #options: AppWindowsOptions;
  #main: BrowserWindow | null = null;
  #quickAdd: BrowserWindow | null = null;
  /** Where the main window is to go once its page listens. */
  #pending: NavigationTarget | null = null;
  /** What the main window is to say once its page listens. */
  #refusal: string | null = null;
  readonly #untilListening: (() => void)[] = [];

  constructor(options: AppWindowsOptions) {
    this.#options = options;
  }

  /** Brings the main window to the front, opened if it was closed, and leads it to `target`. */
  show(target?: NavigationTarget): void {
    if (target?.view === 'quick-add') return this.showQuickAdd();
    if (target !== undefined) this.#pending = target;
    if (this.#main === null) {
      this.#main = this.#openMain();
      return;
    }
    if (this.#main.isMinimized()) this.#main.restore();
    this.#main.show();
    this.#main.focus();
    this.#navigate();
  }

  /** Brings the main window to the front, with what was refused. */
  refuse(message: string): void {
    this.#refusal = message;
    this.show();
  }

  showQuickAdd(): void {
    if (this.#quickAdd === null) this.#quickAdd = this.#open(quickAddSize, '#quick-add', () => (this.#quickAdd = null));
    else this.#quickAdd.show();
    this.#quickAdd.focus();
  }

  closeQuickAdd(): void {
    this.#quickAdd?.close();
  }

  /** The page of the main window has its snapshot and listens: a waiting target can be told now. */
  pageIsListening(): void {
    // It may listen while the last of its files load. Nobody would come back to a target that is left waiting here.
    if (this.#main?.webContents.isLoading() === true) {
      this.#main.webContents.once('did-stop-loading', () => this.#navigate());
    } else {
      this.#navigate();
    }
    for (const tell of this.#untilListening.splice(0)) tell();
  }

  /** Settles once the main window shows its snapshot; at once without that window, at the latest after `mostMs`. */
  async drawn(mostMs: number): Promise<void> {
    if (this.#main === null) return;
    const listening = new Promise<void>((resolve) => this.#untilListening.push(resolve));
    await Promise.race([listening.then(() => wait(drawMs)), wait(mostMs)]);
  }

  send<E extends IpcEvent>(name: E, payload: IpcEventPayload<E>): void {
    for (const window of this.#all()) tell(window, name, payload);
  }

  /** A call counts only from the main frame of our own windows, showing our own pages. */
  isTrusted(event: IpcMainInvokeEvent): boolean {
    const frame = event.senderFrame;
    if (frame === null || frame !== event.sender.mainFrame) return false;
    const known = this.#all().some((window) => window.webContents === event.sender);
    return known && frame.url.startsWith(`${this.#options.origin}/`);
  }

  #navigate(): void {
    if (this.#main === null || this.#main.webContents.isLoading()) return;
    if (this.#pending !== null) tell(this.#main, 'navigate', this.#pending);
    if (this.#refusal !== null) tell(this.#main, 'refused', { message: this.#refusal });
    this.#pending = null;
    this.#refusal = null;
  }

  #all(): BrowserWindow[] {
    return [this.#main, this.#quickAdd].flatMap((window) => window ?? []);
  }

  #openMain(): BrowserWindow {
    const { placePath, report } = this.#options;
    const place = readPlace(placePath);
    const { x, y, width, height } = place ?? mainSize;
    const at = x === undefined || y === undefined ? {} : { x, y };
    const window = this.#open({ ...mainSize, ...at, width, height }, '', () => (this.#main = null));
    if (place?.maximized === true) window.maximize();
    keepPlace(window, placePath, (problem) => report('Could not keep the place of the window', { problem }));
    return window;
  }

  #open(size: Partial<WindowSize>, hash: string, closed: () => void): BrowserWindow {
    const isQuickAdd = hash !== '';
    const window = new BrowserWindow({
      ...size,
      show: false,
      title: 'NCP Scheduler',
      icon: this.#options.icon,
      autoHideMenuBar: true,
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#111214' : '#ffffff',
      ...(isQuickAdd ? { resizable: false, minimizable: false, maximizable: false, alwaysOnTop: true } : {}),
      webPreferences: {
        preload: this.#options.preload,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        spellcheck: false,
      },
    });
    window.once('ready-to-show', () => window.show());
    reviveAfterCrash(window, this.#options.report);
    window.on('closed', closed);
    void window.loadURL(`${this.#options.origin}/index.html${hash}`);
    return window;
  }
}

/** As JSON: see `TextBridge`. */
function tell<E extends IpcEvent>(window: BrowserWindow, name: E, payload: IpcEventPayload<E>): void {
  window.webContents.send(eventChannel(name), JSON.stringify(payload));
}
