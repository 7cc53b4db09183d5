import type { Envelope } from '../../main/contract/errors.ts';
import type { IpcCall, IpcEvent, IpcInput, TextBridge } from '../../main/contract/ipc.ts';
import { text } from '../text/en.ts';
import { chooseFile, saveDownload } from './browser-files.ts';
import { isJson } from './web-session.ts';

/** Delays between attempts to connect, in ms. The last one repeats. */
const retryWaits = [500, 1000, 2000, 5000, 10_000];
/** The server sends a sign of life every 5 s. After this time without one, in ms, the connection counts as lost. */
const silenceMs = 20_000;

export interface WebBridgeOptions {
  /** Called when the server says that this browser is no longer signed in. */
  readonly signedOut: () => void;
  /** @default the browser's own */
  readonly newEventSource?: (address: string) => EventSource;
}

/** The bridge of a window in a browser: calls over HTTP, and server-sent events. Connects again when the connection is lost. */
export class WebBridge implements TextBridge {
  /** The server knows the window by this name: its events, downloads and followed logs. */
  readonly #window = crypto.getRandomValues(new Uint32Array(4)).join('-');
  readonly #options: WebBridgeOptions;
  readonly #listeners = new Map<string, Set<(payload: string) => void>>();
  #source: EventSource | null = null;
  #opened!: Promise<void>;
  #markOpened: () => void = () => undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #isLost = false;

  constructor(options: WebBridgeOptions) {
    this.#options = options;
    this.#awaitOpening();
    this.on('download' as IpcEvent, (payload) => saveDownload(payload, this.#window));
    this.#connect();
  }

  readonly call = async <C extends IpcCall>(name: C, input: IpcInput<C>): Promise<string> => {
    // What changes after the snapshot arrives as an event, so the events must be there first.
    if (name === 'app.snapshot') await this.#opened;
    if (name === 'transfer.open' && (input as IpcInput<'transfer.open'>).installed === undefined) {
      const problem = await this.#upload();
      if (problem !== null) return problem;
    }
    return this.#post(`/call/${name}`, JSON.stringify(input), 'application/json');
  };

  readonly on = (name: IpcEvent, listener: (payload: string) => void): (() => void) => {
    const known = this.#listeners.get(name);
    const listeners = known ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    if (known === undefined) this.#source?.addEventListener(name, this.#receive);
    return () => listeners.delete(listener);
  };

  readonly #receive = (event: MessageEvent<string>): void => {
    this.#heard();
    this.#tell(event.type, event.data);
  };

  #tell(name: string, payload: string): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(payload);
  }

  #connect(): void {
    const make = this.#options.newEventSource ?? ((address) => new EventSource(address));
    const source = make(`/events?window=${this.#window}`);
    this.#source = source;
    source.addEventListener('ready', () => this.#ready());
    source.addEventListener('ping', () => this.#heard());
    source.addEventListener('error', () => void this.#lost(source));
    for (const name of this.#listeners.keys()) source.addEventListener(name, this.#receive);
    this.#heard();
  }

  #ready(): void {
    this.#failures = 0;
    this.#markOpened();
    if (this.#isLost) this.#tell('connection', JSON.stringify({ lost: false }));
    this.#isLost = false;
  }

  #heard(): void {
    const source = this.#source;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => source && void this.#lost(source), silenceMs);
  }

  async #lost(source: EventSource): Promise<void> {
    if (this.#source !== source) return;
    source.close();
    this.#source = null;
    clearTimeout(this.#silence);
    if (!this.#isLost) {
      this.#isLost = true;
      this.#awaitOpening();
      this.#tell('connection', JSON.stringify({ lost: true }));
    }
    // An event source does not tell the status of an answer.
    const answer = await fetch('/session').catch(() => null);
    if (answer?.status === 401) return this.#options.signedOut();
    const wait = retryWaits[Math.min(this.#failures, retryWaits.length - 1)];
    this.#failures += 1;
    setTimeout(() => this.#connect(), wait);
  }

  #awaitOpening(): void {
    this.#opened = new Promise((resolve) => {
      this.#markOpened = resolve;
    });
  }

  /** Sends the file to import ahead of the call. Returns the answer to give if there is none or it was refused. */
  async #upload(): Promise<string | null> {
    const file = await chooseFile();
    if (file === null) return envelope({ ok: true, value: { opened: null } });
    const sent = await this.#post(`/upload?name=${encodeURIComponent(file.name)}`, file, 'application/octet-stream');
    return (JSON.parse(sent) as Envelope<unknown>).ok ? null : sent;
  }

  async #post(path: string, body: BodyInit, type: string): Promise<string> {
    const headers = { 'content-type': type, 'x-window': this.#window };
    const answer = await fetch(path, { method: 'POST', headers, body }).catch(() => null);
    if (answer === null) return failure('web/unreachable', text.web.unreachable);
    if (answer.status === 401) this.#options.signedOut();
    // A proxy answers by itself if the server does not.
    return isJson(answer) ? answer.text() : failure('web/unreachable', text.web.notAnswered(answer.status));
  }
}

const envelope = (answer: Envelope<unknown>): string => JSON.stringify(answer);
const failure = (code: string, message: string): string =>
  envelope({ ok: false, error: { code, message, details: {} } });
