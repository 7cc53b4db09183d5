import type { LogStream } from '../contract/log-format.ts';

/** Time after which an unfinished line is shown, and between two of its states, in ms. */
const LIVE_AFTER_MS = 200;
const PREFIX_LENGTH = '2026-12-03T14:15:00.000Z'.length;
/** The end of a line that is shown of a longer one, in bytes. */
const SHOWN_BYTES = 2000;

export interface LiveLineOptions {
  readonly now: () => number;
  /** False if the end of a text may be the beginning of a secret: only states that ended with `\r` are then shown. */
  readonly isOpen: boolean;
  /** Masks a text of which each character is one byte. */
  readonly mask: (text: string) => string;
  /** Receives the line in the format of the log, without line end; empty if the line is complete. */
  readonly onLive: (line: string) => void;
}

/** Reports the unfinished last line of a run while it stands still or is written again and again after `\r`. */
export class LiveLine {
  readonly #options: LiveLineOptions;
  #timer: NodeJS.Timeout | null = null;
  #stream: LogStream = 'out';
  #unfinished = '';
  #sent = '';

  constructor(options: LiveLineOptions) {
    this.#options = options;
  }

  /** @param unfinished what follows the last line end of the stream, one character per byte; empty for nothing */
  wrote(stream: LogStream, unfinished: string): void {
    // Another stream does not finish the line of this one.
    if (unfinished === '' && stream !== this.#stream) return;
    this.#stream = stream;
    this.#unfinished = unfinished;
    if (unfinished === '') this.#send('');
    else this.#timer ??= setTimeout(() => this.#look(), LIVE_AFTER_MS);
  }

  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#unfinished = '';
    this.#send('');
  }

  #look(): void {
    this.#timer = null;
    const state = lastState(this.#unfinished, this.#options.isOpen);
    if (state === '') return this.#send('');
    const text = Buffer.from(this.#options.mask(state).slice(-SHOWN_BYTES), 'latin1').toString('utf8');
    this.#send(`${new Date(this.#options.now()).toISOString()} ${this.#stream} ${text}`);
  }

  #send(line: string): void {
    // The time alone is no news.
    if (line.slice(PREFIX_LENGTH) === this.#sent.slice(PREFIX_LENGTH) && (line === '') === (this.#sent === '')) return;
    this.#sent = line;
    this.#options.onLive(line);
  }
}

/** Returns the last state that is not blank; without `isOpen` the last one that ended. */
function lastState(unfinished: string, isOpen: boolean): string {
  const states = unfinished.split('\r');
  return (isOpen ? states : states.slice(0, -1)).findLast((state) => state.trim() !== '') ?? '';
}
