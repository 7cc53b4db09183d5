import { createStore } from 'zustand/vanilla';
import type { LogChunk } from '../../main/contract/log-chunk.ts';
import { shownLine, splitLines } from './log-lines.ts';
import type { LogLine } from './log-lines.ts';

/** The open log. Only one at a time, because the window shows the details of one execution. */
export interface LogState {
  executionId: string | null;
  lines: readonly LogLine[];
  /** The text read after the last newline. */
  pending: string;
  /** Bytes read so far. */
  offset: number;
  complete: boolean;
  failure: string | null;
}

export const createLogStore = () => createStore<LogState>(() => openedLog(null));
export type LogStore = ReturnType<typeof createLogStore>;

export const openedLog = (executionId: string | null): LogState => ({
  executionId,
  lines: [],
  pending: '',
  offset: 0,
  complete: false,
  failure: null,
});

/** Adds a chunk. A last line without a newline is shown once the log is complete. */
export function withChunk(state: LogState, chunk: LogChunk): LogState {
  const { lines, pending } = splitLines(state.pending, chunk.text);
  if (chunk.complete && pending !== '') lines.push(shownLine(pending));
  return {
    ...state,
    lines: lines.length === 0 ? state.lines : [...state.lines, ...lines],
    pending: chunk.complete ? '' : pending,
    offset: chunk.nextOffset,
    complete: chunk.complete,
    failure: null,
  };
}
