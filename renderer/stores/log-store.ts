import { createStore } from 'zustand/vanilla';
import type { LogChunk } from '../../main/contract/log-chunk.ts';
import { shownLine, splitLines } from './log-lines.ts';
import type { LogLine } from './log-lines.ts';

/** The open log. Only one at a time, because the window shows the details of one execution. */
export interface LogState {
  executionId: string | null;
  lines: readonly LogLine[];
  /** How many lines were added before those that were shown first, so that a line can be recognised. */
  origin: number;
  /** The text read after the last newline. */
  pending: string;
  /** The line that the run is still writing, such as a progress bar; null if there is none. */
  live: LogLine | null;
  /** Bytes read so far. */
  offset: number;
  complete: boolean;
  /** Set while only the end of a long log is there: bytes read of what comes before it, and their number. */
  loading: { readonly read: number; readonly size: number } | null;
  failure: string | null;
}

export const createLogStore = () => createStore<LogState>(() => openedLog(null));
export type LogStore = ReturnType<typeof createLogStore>;

export const openedLog = (executionId: string | null): LogState => ({
  executionId,
  lines: [],
  origin: 0,
  pending: '',
  live: null,
  offset: 0,
  complete: false,
  loading: null,
  failure: null,
});

/** Shows the end of a log whose beginning is still to be read. @param offset the byte at which the end begins */
export function withEnd(state: LogState, chunk: LogChunk, offset: number): LogState {
  return { ...withChunk(state, chunk), loading: offset === 0 ? null : { read: 0, size: offset } };
}

/** Adds the lines before the end, once all of them are read. */
export const withBeginning = (state: LogState, lines: readonly LogLine[]): LogState => ({
  ...state,
  lines: lines.concat(state.lines),
  origin: lines.length,
  loading: null,
});

/** Adds a chunk. A last line without a newline is shown once the log is complete. */
export function withChunk(state: LogState, chunk: LogChunk): LogState {
  const { lines, pending } = splitLines(state.pending, chunk.text);
  if (chunk.complete && pending !== '') lines.push(shownLine(pending));
  return {
    ...state,
    lines: lines.length === 0 ? state.lines : [...state.lines, ...lines],
    pending: chunk.complete ? '' : pending,
    live: chunk.complete || chunk.live === '' ? null : shownLine(chunk.live),
    offset: chunk.nextOffset,
    complete: chunk.complete,
    failure: null,
  };
}
