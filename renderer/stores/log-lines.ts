import { parseLogLine } from '../../main/contract/log-format.ts';
import type { LogStream } from '../../main/contract/log-format.ts';

/** One line of an execution's log, as it is shown. */
export interface LogLine {
  /** Null if the line does not have this form; it is then shown unchanged. */
  readonly at: string | null;
  readonly stream: LogStream;
  readonly text: string;
}

export function shownLine(line: string): LogLine {
  const { at, stream, text } = parseLogLine(line) ?? { at: null, stream: 'out', text: line };
  return { at, stream, text: lastState(text) };
}

/** Returns what a terminal shows of a line that was written again and again after `\r`, such as a progress bar. */
function lastState(text: string): string {
  return text.includes('\r') ? (text.split('\r').findLast((state) => plainText(state).trim() !== '') ?? '') : text;
}

/** Splits a chunk into whole lines; the part after the last newline waits for the next chunk. */
export function splitLines(pending: string, text: string): { lines: LogLine[]; pending: string } {
  const pieces = (pending + text).split('\n');
  const rest = pieces.pop() ?? '';
  return { lines: pieces.map(shownLine), pending: rest };
}

// oxlint-disable-next-line no-control-regex -- matches escape sequences to remove them
const ansiPattern = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;

/** Returns the text of a line without terminal escape sequences, for search, copying and classification. */
export const plainText = (text: string): string => (text.includes('\u001b') ? text.replace(ansiPattern, '') : text);

const soundsLikeError =
  /\b(?:error|errors|err!|fatal|exception|panic|traceback|failed|failure|cannot|can't|could not|denied|refused|not found|no such|unknown|killed|timed? ?out)\b/i;

/**
 * Returns the line that best explains a failure: the last one that the outcome names, or else the first line of
 * stderr that looks like an error, or else the first line of stderr, or else the first line that looks like an error.
 * Null if there is none.
 */
export function failingLine(lines: readonly LogLine[], deciding?: string): number | null {
  const named = (line: LogLine) =>
    deciding !== undefined &&
    line.stream !== 'sys' &&
    plainText(line.text).trimStart().startsWith(deciding.trimStart());
  const last = lines.findLastIndex(named);
  if (last !== -1) return last;
  const choices: ((line: LogLine) => boolean)[] = [
    (line) => line.stream === 'err' && soundsLikeError.test(plainText(line.text)),
    (line) => line.stream === 'err' && line.text.trim() !== '',
    (line) => soundsLikeError.test(plainText(line.text)),
  ];
  for (const choice of choices) {
    const index = lines.findIndex(choice);
    if (index !== -1) return index;
  }
  return null;
}

/** Returns whether a line of the program looks like an error, by its words. */
export const isErrorLine = (line: LogLine): boolean =>
  line.stream !== 'sys' && soundsLikeError.test(plainText(line.text));

/** Returns a test for lines that contain the text, ignoring case and escape sequences. Null for no text. */
export function matcherOf(wanted: string): ((line: LogLine) => boolean) | null {
  if (wanted === '') return null;
  // Faster on a million lines than changing the case of each.
  const pattern = new RegExp(wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'iu');
  return ({ text }) => pattern.test(plainText(text));
}
