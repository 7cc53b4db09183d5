import type { Application } from '../application/application.ts';
import type { FollowListener } from '../application/running/primary.ts';
import type { Outside } from '../application/outside.ts';
import type { IpcEvent, IpcEventPayload } from '../contract/ipc.ts';
import { SchedulerError, messageOf } from '../domain/errors.ts';
import { WindowEvents } from '../ipc/events.ts';
import type { EventStream } from './event-stream.ts';
import type { Session, Sessions } from './sessions.ts';
import { browserState, WebWindow } from './web-window.ts';

/** Each window keeps a connection and gets every event. */
const mostWindows = { perSession: 16, together: 128 };
/** How often sessions are checked and open windows get a sign of life, in ms. */
const beatMs = 5000;
/** A window whose connection was lost keeps what it holds for this long, in ms. */
const returnMs = 60_000;

export interface WebWindowsNeeds {
  readonly application: Application;
  readonly sessions: Pick<Sessions, 'isLive'>;
  readonly logger: Outside['logger'];
}

/** The windows that are open in browsers. Sends them the changes, and closes them when their session ends. */
export class WebWindows {
  readonly #needs: WebWindowsNeeds;
  readonly #windows = new Map<string, WebWindow>();
  /** When windows without a connection are closed, by their key. */
  readonly #leaving = new Map<string, number>();
  #stopBeat: (() => void) | null = null;

  constructor(needs: WebWindowsNeeds) {
    this.#needs = needs;
    this.#beatLater();
  }

  /** Returns the window with this id, which only this session can reach. @throws SchedulerError `web/too-many-windows`. */
  of(session: Session, id: string): WebWindow {
    const key = `${session.id} ${id}`;
    const known = this.#windows.get(key);
    if (known !== undefined) return known;
    const own = [...this.#windows.values()].filter((each) => each.session === session).length;
    if (own >= mostWindows.perSession || this.#windows.size >= mostWindows.together) throw tooManyWindows();
    const window = new WebWindow(id, session, this.#needs.application);
    this.#windows.set(key, window);
    this.#leave(key);
    return window;
  }

  /** Opens the events of a window. @throws as `of`. */
  open(session: Session, id: string): EventStream {
    const key = `${session.id} ${id}`;
    const window = this.of(session, id);
    const stream = window.open(() => this.#leave(key));
    this.#leaving.delete(key);
    return stream;
  }

  /** Returns the listener that sends every change to the open windows. */
  async listener(): Promise<FollowListener> {
    const { application, logger } = this.#needs;
    const events = new WindowEvents({
      clock: application.clock,
      logger,
      snapshots: await application.snapshots(),
      // Each window gets the state of its own browser instead; see #send.
      host: { desktopState: () => browserState('browser', true), send: (name, payload) => this.#send(name, payload) },
    });
    const whenOpen = (tell: () => void): void => {
      if ([...this.#windows.values()].some(({ isOpen }) => isOpen)) tell();
    };
    return {
      scheduleChanged: () => whenOpen(() => events.scheduleChanged()),
      executionsChanged: (executions) => whenOpen(() => events.executionsChanged(executions)),
      executionsRemoved: (ids) => whenOpen(() => events.executionsRemoved(ids)),
      proposalsChanged: () => whenOpen(() => events.proposalsChanged()),
      settingsChanged: (news) => whenOpen(() => events.settingsChanged(news)),
      slotsMissed: () => whenOpen(() => events.slotsMissed()),
      attentionChanged: () => whenOpen(() => events.attentionChanged()),
    };
  }

  /** Closes the windows of a session. */
  async closeOf(session: Session): Promise<void> {
    for (const [key, window] of this.#windows) if (window.session === session) await this.#close(key, window);
  }

  async stop(): Promise<void> {
    this.#stopBeat?.();
    for (const [key, window] of this.#windows) await this.#close(key, window);
  }

  #send<E extends IpcEvent>(name: E, payload: IpcEventPayload<E>): void {
    // The schedule of ten thousand tasks is written once for each session.
    const texts = new Map<Session, string>();
    for (const window of this.#windows.values()) {
      if (!window.isOpen) continue;
      const own = () => JSON.stringify('desktop' in payload ? { ...payload, desktop: window.desktop } : payload);
      const json = texts.get(window.session) ?? own();
      texts.set(window.session, json);
      window.send(name, json);
    }
  }

  #leave(key: string): void {
    this.#leaving.set(key, this.#needs.application.clock.now() + returnMs);
  }

  async #close(key: string, window: WebWindow): Promise<void> {
    this.#windows.delete(key);
    this.#leaving.delete(key);
    await window.close();
  }

  #beatLater(): void {
    this.#stopBeat = this.#needs.application.clock.setTimer(() => {
      this.#beat().catch((problem: unknown) =>
        this.#needs.logger.error('Could not check the windows in browsers', { problem: messageOf(problem) }),
      );
      this.#beatLater();
    }, beatMs);
  }

  async #beat(): Promise<void> {
    const now = this.#needs.application.clock.now();
    for (const [key, window] of this.#windows) {
      const hasLeft = (this.#leaving.get(key) ?? Infinity) <= now;
      if (hasLeft || !this.#isLive(window.session)) await this.#close(key, window);
      else window.send('ping', '{}');
    }
  }

  /** A session that cannot be checked counts as ended: its browser can sign in again. */
  #isLive(session: Session): boolean {
    try {
      return this.#needs.sessions.isLive(session);
    } catch (problem) {
      this.#needs.logger.warn('Could not check a session, and ended it', { problem: messageOf(problem) });
      return false;
    }
  }
}

function tooManyWindows(): SchedulerError {
  const message = `There are already ${mostWindows.perSession} windows of this sign-in, or ${mostWindows.together} in all. Close some of them.`;
  return new SchedulerError('web/too-many-windows', message);
}
