/** The streams a worker writes: the tool's two, and its own remarks. */
export type LogStream = 'out' | 'err' | 'sys';

/** One line of an execution's log: `<ISO instant> <out|err|sys> <text>`. */
export interface LogLine {
  /** Null where the line does not have that form: it is shown as it is. */
  at: string | null;
  stream: LogStream;
  text: string;
}

const linePattern = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z) (out|err|sys) ?(.*)$/s;
const streams: Readonly<Record<string, LogStream>> = { out: 'out', err: 'err', sys: 'sys' };

export function parseLogLine(line: string): LogLine {
  const match = linePattern.exec(line);
  const stream = streams[match?.[2] ?? ''];
  if (!match || !stream) return { at: null, stream: 'out', text: line };
  return { at: match[1] ?? null, stream, text: (match[3] ?? '').replace(/\r$/, '') };
}

/** Splits what was read into whole lines; the piece after the last newline waits for the next chunk. */
export function splitLines(pending: string, text: string): { lines: LogLine[]; pending: string } {
  const pieces = (pending + text).split('\n');
  const rest = pieces.pop() ?? '';
  return { lines: pieces.map(parseLogLine), pending: rest };
}

// eslint-disable-next-line no-control-regex -- escape sequences are what is removed here
const ansiPattern = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;

/** A line's text without terminal escape sequences, for search, copying and classification. */
export const plainText = (text: string): string => text.replace(ansiPattern, '');

const soundsLikeError =
  /\b(?:error|errors|err!|fatal|exception|panic|traceback|failed|failure|cannot|can't|could not|denied|refused|not found|no such|unknown|killed|timed? ?out)\b/i;

/**
 * The line a person wants to see first when an execution failed: the first line of stderr that sounds like an error,
 * else the first line of stderr, else the first that sounds like an error anywhere. Null where there is none.
 */
export function failingLine(lines: readonly LogLine[]): number | null {
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

/** Indexes of the lines that contain the text, in any case. */
export function searchLines(lines: readonly LogLine[], wanted: string): number[] {
  const needle = wanted.toLowerCase();
  if (needle === '') return [];
  const found: number[] = [];
  for (const [index, line] of lines.entries())
    if (plainText(line.text).toLowerCase().includes(needle)) found.push(index);
  return found;
}
