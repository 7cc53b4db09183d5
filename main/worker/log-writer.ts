import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { leftOutText } from '../contract/log-format.ts';
import { Masker } from '../domain/secrets/masking.ts';
import { LineFormatter } from './line-formatter.ts';
import { LiveLine } from './live-line.ts';
import type { LogStream } from '../contract/log-format.ts';

/** Longest time a line waits before it is written, in ms. Readers are promised 200 ms; the rest is for the machine. */
const FLUSH_AFTER_MS = 100;
/** Formatted bytes in memory from which they are written without waiting for the timer. */
const FLUSH_AT_BYTES = 256 * 1024;
const COPY_BYTES = 1024 * 1024;
/** Space reserved for the line about omitted output, so that the finished file stays within the limit. */
const MARKER_ROOM = 160;
const SMALLEST_LIMIT = 4096;

export interface LogWriterOptions {
  readonly path: string;
  /** Largest size of the finished file, in bytes. Limits under 4 KiB count as 4 KiB. */
  readonly limitBytes: number;
  readonly now: () => number;
  /** Texts to replace by `***`, in every form that `Masker` knows. */
  readonly masked?: readonly string[];
  /** Called after each write with the size of the file in bytes. */
  readonly onGrown: (logBytes: number) => void;
  /** Called with the unfinished last line while it stands still or changes; empty once it is complete. */
  readonly onLive?: (line: string) => void;
}

/**
 * Writes one execution's log; contract/log-format.ts describes format, growth and what a reader sees. Writes are
 * synchronous and buffered for at most 100 ms: a crash handler can flush, and a flood of output is slowed to the speed
 * of the disk instead of filling the memory.
 */
export class LogWriter {
  readonly #options: LogWriterOptions;
  readonly #limit: number;
  #masker: Masker;
  readonly #formatters: Record<LogStream, LineFormatter>;
  readonly #live: LiveLine;
  #fd: number;
  #size = 0;
  /** Where the kept head ends, after the log was shortened. */
  #head: number | null = null;
  #markerLength = 0;
  #leftOut = 0;
  #pending: string[] = [];
  #pendingBytes = 0;
  #timer: NodeJS.Timeout | null = null;
  #problem: string | null = null;
  #lost = 0;

  /**
   * Creates the folder (0700) and the file (0600).
   * @throws the file system's error if that fails or the file already exists.
   */
  constructor(options: LogWriterOptions) {
    this.#options = options;
    this.#limit = Math.max(options.limitBytes, SMALLEST_LIMIT);
    this.#masker = new Masker(options.masked ?? []);
    mkdirSync(dirname(options.path), { recursive: true, mode: 0o700 });
    this.#fd = openSync(options.path, 'ax+', 0o600);
    const maxLine = Math.min(64 * 1024, Math.max(256, this.#limit >> 4));
    const masker = () => this.#masker;
    const mask = (text: string): string => masker().mask(text);
    const now = {
      mask,
      get reach() {
        return masker().reach;
      },
    };
    const formatter = (stream: LogStream) => new LineFormatter(stream, maxLine, now);
    this.#live = new LiveLine({
      now: options.now,
      isOpen: this.#masker.reach === 0,
      mask,
      onLive: options.onLive ?? (() => undefined),
    });
    this.#formatters = { out: formatter('out'), err: formatter('err'), sys: formatter('sys') };
  }

  /** Replaces the texts that later lines must not show. */
  mask(texts: readonly string[]): void {
    this.#masker = new Masker(texts);
  }

  /** Bytes on disk. */
  get size(): number {
    return this.#size;
  }

  /** The first reason why lines could not be written, such as a full disk; null if there is none. */
  get problem(): string | null {
    return this.#problem === null ? null : `${this.#problem} (${this.#lost} bytes of the log are lost)`;
  }

  /** Adds output of the task. Writes a line once it is complete or too long, or its stream has ended. */
  write(stream: 'out' | 'err', chunk: Uint8Array): void {
    const formatter = this.#formatters[stream];
    this.#add(formatter.push(chunk, this.#options.now()));
    if (this.#fd !== -1) this.#live.wrote(stream, formatter.unfinished);
  }

  /** Writes the last line of a stream that ended without a line end. */
  endOf(stream: 'out' | 'err'): void {
    this.#add(this.#formatters[stream].end(this.#options.now()));
    this.#live.wrote(stream, '');
  }

  /** Adds one remark of the app; line ends in it make several lines. */
  sys(text: string): void {
    this.#add(this.#formatters.sys.push(Buffer.from(`${text}\n`), this.#options.now()));
  }

  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#pendingBytes === 0) return;
    const bytes = Buffer.from(this.#pending.join(''), 'latin1');
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#store(bytes);
    if (this.#size > this.#limit * 1.5) this.#compact();
    this.#options.onGrown(this.#size);
  }

  /** Completes the file. Later calls do nothing, so that a crash handler can call it after the end. */
  close(): void {
    if (this.#fd === -1) return;
    this.endOf('out');
    this.endOf('err');
    this.#live.end();
    this.flush();
    if (this.#size > this.#limit) this.#compact();
    this.#restore();
    closeSync(this.#fd);
    this.#fd = -1;
  }

  #add(formatted: string): void {
    if (formatted === '' || this.#fd === -1) return;
    const shown = this.#masker.mask(formatted);
    this.#pending.push(shown);
    this.#pendingBytes += shown.length;
    if (this.#pendingBytes >= FLUSH_AT_BYTES) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), FLUSH_AFTER_MS);
  }

  /** Writes bytes. A full disk must not end the task: log lines are lost, and the outcome reports it. */
  #store(bytes: Buffer): void {
    let done = 0;
    try {
      while (done < bytes.length) done += writeSync(this.#fd, bytes, done);
    } catch (error) {
      this.#problem ??= `The log could not be written: ${(error as Error).message}`;
      this.#lost += bytes.length - done;
    }
    this.#size += done;
  }

  /** Replaces the file by its head, the line about omitted output and its tail, in one step under the same name. */
  #compact(): void {
    const { path } = this.#options;
    const part = `${path}.part`;
    const headEnd = this.#head ?? this.#lineEndBefore(Math.floor(this.#limit / 2));
    const oldMarker = this.#head === null ? 0 : this.#markerLength;
    const tailStart = this.#lineEndAfter(this.#size - (this.#limit - headEnd - MARKER_ROOM));
    const leftOut = this.#leftOut + tailStart - headEnd - oldMarker;
    try {
      rmSync(part, { force: true });
      const target = openSync(part, 'ax+', 0o600);
      const marker = `${new Date(this.#options.now()).toISOString()} sys ${leftOutText(leftOut, this.#limit)}\n`;
      this.#copy(target, 0, headEnd);
      writeSync(target, marker);
      this.#copy(target, tailStart, this.#size);
      closeSync(target);
      closeSync(this.#fd);
      renameSync(part, path);
      this.#fd = openSync(path, 'a+', 0o600);
      this.#size = headEnd + marker.length + (this.#size - tailStart);
      [this.#head, this.#leftOut, this.#markerLength] = [headEnd, leftOut, marker.length];
    } catch (error) {
      this.#problem ??= `The log could not be shortened: ${(error as Error).message}`;
      rmSync(part, { force: true });
    }
  }

  /** Restores the name of the open file, which still has the written content, in case somebody emptied the folder. */
  #restore(): void {
    const { path } = this.#options;
    if (existsSync(path)) return;
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const target = openSync(path, 'ax+', 0o600);
      this.#copy(target, 0, this.#size);
      closeSync(target);
    } catch (error) {
      this.#problem ??= `The log was deleted while the task ran, and could not be written again: ${(error as Error).message}`;
    }
  }

  #copy(target: number, from: number, to: number): void {
    const buffer = Buffer.allocUnsafe(Math.min(COPY_BYTES, to - from));
    for (let at = from; at < to;) {
      const count = readSync(this.#fd, buffer, 0, Math.min(buffer.length, to - at), at);
      if (count === 0) throw new Error('the log file is shorter than what was written to it');
      writeSync(target, buffer, 0, count);
      at += count;
    }
  }

  /** Returns the end of the last whole line within the first `offset` bytes. */
  #lineEndBefore(offset: number): number {
    const from = Math.max(0, offset - this.#window());
    return from + this.#read(from, offset).lastIndexOf(10) + 1;
  }

  /** Returns the start of the first whole line at or after `offset`. */
  #lineEndAfter(offset: number): number {
    const found = this.#read(offset, Math.min(this.#size, offset + this.#window())).indexOf(10);
    return found === -1 ? this.#size : offset + found + 1;
  }

  #window(): number {
    return this.#formatters.out.longestLine;
  }

  #read(from: number, to: number): Buffer {
    const buffer = Buffer.alloc(Math.max(0, to - from));
    return buffer.subarray(0, readSync(this.#fd, buffer, 0, buffer.length, from));
  }
}
