import { createStore } from 'zustand/vanilla';
import type { LogChunk } from '../../../../main/contract/log-chunk.ts';

/** A member sends so much of a log at once, in bytes. */
export const pieceBytes = 256 * 1024;
/** So much of a log is shown at most, in characters: the window stays quick. */
export const mostShown = 4 * pieceBytes;
/** Between two looks at a log that still grows, in ms. */
const lookAgainMs = 1000;

export interface ShownLog {
  readonly text: string;
  /** The byte of the log at which `text` begins; 0 if it is shown from its beginning. */
  readonly startsAt: number;
  readonly failure: string | null;
  readonly isComplete: boolean;
  readonly isLoadingEarlier: boolean;
}

export const nothingYet: ShownLog = {
  ...{ text: '', startsAt: 0, failure: null, isComplete: false, isLoadingEarlier: false },
};

type Read = (offset: number) => Promise<LogChunk | { readonly failure: string }>;

/**
 * Reads a log piece by piece until it is complete: a long one from near its end, and the parts before it when they are asked
 * for. A member that does not answer is asked again.
 */
export class MemberLog {
  readonly store = createStore<ShownLog>(() => nothingYet);
  readonly #read: Read;
  #next = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isOpen = true;

  constructor(read: Read) {
    this.#read = read;
    void this.#follow();
  }

  close(): void {
    this.#isOpen = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  /** Loads the part before what is shown. Does nothing if that is the beginning. */
  async earlier(): Promise<void> {
    const { startsAt: to, isLoadingEarlier } = this.store.getState();
    if (to === 0 || isLoadingEarlier) return;
    this.store.setState({ isLoadingEarlier: true });
    const from = Math.max(0, to - pieceBytes);
    const found = await this.#between(from, to);
    if (!this.#isOpen) return;
    this.store.setState({ isLoadingEarlier: false });
    if (typeof found !== 'string') return this.store.setState(found);
    const text = from === 0 ? found : fromLineOn(found);
    // While it was read, the beginning of what is shown may have been dropped.
    this.store.setState(({ text: shown, startsAt }) =>
      startsAt === to ? { text: text + shown, startsAt: from === 0 ? 0 : to - bytesOf(text), failure: null } : {},
    );
  }

  async #between(from: number, to: number): Promise<string | { failure: string }> {
    let text = '';
    let at = from;
    while (at < to) {
      const answer = await this.#read(at);
      if ('failure' in answer) return answer;
      if (answer.text === '') break;
      text += answer.text;
      at = answer.nextOffset;
    }
    const bytes = new TextEncoder().encode(text);
    return new TextDecoder().decode(bytes.subarray(0, bytes.length - Math.max(0, at - to)));
  }

  async #follow(): Promise<void> {
    const answer = await this.#read(this.#next);
    if (!this.#isOpen) return;
    if ('failure' in answer) {
      this.store.setState({ failure: answer.failure });
      return this.#again(lookAgainMs);
    }
    const { size, nextOffset, complete, text } = answer;
    if (this.#next === 0 && size - nextOffset > pieceBytes) {
      this.#next = size - pieceBytes;
      this.store.setState({ startsAt: this.#next });
      return this.#again(0);
    }
    this.#next = nextOffset;
    this.store.setState((before) => ({ ...grown(before, text, nextOffset), failure: null, isComplete: complete }));
    if (!complete) this.#again(nextOffset < size && text !== '' ? 0 : lookAgainMs);
  }

  #again(afterMs: number): void {
    this.#timer = setTimeout(() => void this.#follow(), afterMs);
  }
}

/** Adds what follows. Drops the beginning if a person has more before them than they can read. */
function grown({ text: before, startsAt }: ShownLog, added: string, endsAt: number): Partial<ShownLog> {
  if (before === '' && startsAt > 0) {
    const text = fromLineOn(added);
    return { text, startsAt: endsAt - bytesOf(text) };
  }
  const text = before + added;
  if (text.length <= mostShown) return { text };
  const kept = fromLineOn(text.slice(-mostShown));
  return { text: kept, startsAt: endsAt - bytesOf(kept) };
}

/** Returns the text from its first whole line on; without its first characters, which may be cut, if it is one line. */
function fromLineOn(text: string): string {
  const end = text.indexOf('\n');
  return end >= 0 && end < text.length - 1 ? text.slice(end + 1) : text.replace(/^\uFFFD{1,3}/u, '');
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
