import { setTimeout as wait } from 'node:timers/promises';
import { BrowserWindow, nativeTheme, type IpcMainInvokeEvent } from 'electron';
import { eventChannel } from '../../contract/ipc-channels.ts';
import type { NavigationTarget } from '../../contract/control.ts';
import type { IpcEvent, IpcEventPayload } from '../../contract/ipc.ts';
import { reviveAfterCrash } from './crashed-page.ts';
import { isOpeningOf } from './opening-window.ts';
import { PageMail } from './page-mail.ts';
import { keepPlace, readPlace } from './window-place.ts';

export interface AppWindowsOptions {
  /** Origin of the app's own pages. */
  readonly origin: string;
  readonly preload: string;
  readonly icon: string;
  /** File that stores the position of the main window. */
  readonly placePath: string;
  /** Reports window problems that no call can return, such as a crashed page. */
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
/** Waits in a page for the frame after the present one, and until the page has nothing left to do. */
const untilDrawn = `new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(drawn))))`;
/** Quiet time after the snapshot is drawn, for the first clicks. This process passes frames and clicks on, so it must stay free. */
const quietMs = 150;
const quickAddSize = { width: 640, height: 320 };

/** The main window and the quick-add window. Each is created on request and destroyed when it is closed. */
export class AppWindows {
  readonly #options: AppWindowsOptions;
  #main: BrowserWindow | null = null;
  /** Returns whether the main window is about to show itself. */
  #isOpening: () => boolean = () => false;
  #quickAdd: BrowserWindow | null = null;
  readonly #mail = new PageMail({
    navigate: (target) => this.#main && tell(this.#main, 'navigate', target),
    refused: (message) => this.#main && tell(this.#main, 'refused', { message }),
  });

  constructor(options: AppWindowsOptions) {
    this.#options = options;
  }

  /** Opens the main window if needed, brings it to the front and navigates it to `target`. */
  show(target?: NavigationTarget): void {
    if (target?.view === 'quick-add') return this.showQuickAdd();
    if (target !== undefined) this.#mail.navigate(target);
    if (this.#main === null) {
      this.#main = this.#openMain();
      return;
    }
    if (this.#isOpening()) return;
    if (this.#main.isMinimized()) this.#main.restore();
    this.#main.show();
    this.#main.focus();
  }

  /** Brings the main window to the front and shows a refusal in it. */
  refuse(message: string): void {
    this.#mail.refuse(message);
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

  /** A page is ready: the main window's gets what waits for it. */
  pageIsListening(): void {
    const page = this.#main?.webContents;
    // It may be the page of the other window.
    if (page?.isLoading() === true) page.once('did-stop-loading', () => this.#mail.listens());
    else if (page !== undefined) this.#mail.listens();
  }

  /** Resolves once the main window shows its snapshot: at once if it is closed, at the latest after `mostMs`. */
  async drawn(mostMs: number): Promise<void> {
    const window = this.#main;
    if (window === null) return;
    const listening = this.#mail.untilListening();
    // A page that is hidden draws no frame, and one that is gone answers nothing.
    const drawn = listening.then(() => window.webContents.executeJavaScript(untilDrawn)).catch(() => undefined);
    const closed = new Promise<void>((resolve) => window.once('closed', () => resolve()));
    await Promise.race([drawn.then(() => wait(quietMs)), closed, wait(mostMs)]);
  }

  send<E extends IpcEvent>(name: E, payload: IpcEventPayload<E>): void {
    for (const window of this.#all()) tell(window, name, payload);
  }

  /** Returns whether a call comes from the main frame of one of the app's windows, showing one of the app's pages. */
  isTrusted(event: IpcMainInvokeEvent): boolean {
    const frame = event.senderFrame;
    if (frame === null || frame !== event.sender.mainFrame) return false;
    const known = this.#all().some((window) => window.webContents === event.sender);
    return known && frame.url.startsWith(`${this.#options.origin}/`);
  }

  #all(): BrowserWindow[] {
    return [this.#main, this.#quickAdd].flatMap((window) => window ?? []);
  }

  #openMain(): BrowserWindow {
    const { placePath, report } = this.#options;
    const place = readPlace(placePath);
    const { x, y, width, height } = place ?? mainSize;
    const at = x === undefined || y === undefined ? {} : { x, y };
    const window = this.#open({ ...mainSize, ...at, width, height }, '', () => {
      this.#main = null;
      this.#mail.isGone();
    });
    this.#isOpening = isOpeningOf(window);
    window.webContents.on('render-process-gone', () => this.#mail.isGone());
    window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) this.#mail.isGone();
    });
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

/** Sends an event as JSON: see `TextBridge`. */
function tell<E extends IpcEvent>(window: BrowserWindow, name: E, payload: IpcEventPayload<E>): void {
  window.webContents.send(eventChannel(name), JSON.stringify(payload));
}
