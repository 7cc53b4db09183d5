/**
 * The format of a run's log file, shared by the worker that writes it and by everything that shows it.
 *
 * One line per line of output: `<ISO instant> <stream> <text>\n`. `out` and `err` are the task's own streams, `sys`
 * holds messages of the worker. The text is the task's bytes unchanged, which need not be UTF-8 and may contain ANSI
 * sequences; only the line end is normalised (`\r\n` becomes `\n`). An output line longer than 64 KiB is written as
 * several lines.
 *
 * Growth. The file is only appended to until it is 1.5 times as large as the task's output limit. It is then replaced
 * (by rename, so it is a new inode and smaller) by its first half-limit, the line of `leftOutText`, and its last
 * half-limit. The same happens once more at the end if the file is over the limit. For a follower that reads by byte
 * offset, the bytes before the left-out line never change again, so
 *   logical offset = file offset                      before the left-out line,
 *                  = file offset + its number         after it (the number counts every byte removed from the file so
 *                                                     far, minus the length of the left-out line itself).
 * A simple follower continues after the left-out line when the file is smaller than its offset.
 */
export type LogStream = 'out' | 'err' | 'sys';

export interface LogLine {
  /** ISO 8601 instant in UTC. */
  readonly at: string;
  readonly stream: LogStream;
  readonly text: string;
}

/** Matches the line that replaces omitted bytes, in a whole log. */
export const leftOutLine = /^\S+Z sys (\d+) bytes left out here: the log is limited to \d+ bytes\n/m;

/** Returns whether output was omitted because the log reached its limit. */
export function isTruncated(log: string): boolean {
  return leftOutLine.test(log);
}

const linePattern = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (out|err|sys)(?: (.*))?$/s;
const leftOutPattern = /^(\d+) bytes left out here: the log is limited to (\d+) bytes$/;

/** Parses one line without its line end. Returns null for a line that is not in this format. */
export function parseLogLine(line: string): LogLine | null {
  const match = linePattern.exec(line);
  if (!match) return null;
  const [, at = '', stream = 'sys', text = ''] = match;
  return { at, stream: stream as LogStream, text };
}

/** Returns the text of the `sys` line that replaces bytes of the log. Stored in log files: do not change it. */
export function leftOutText(bytes: number, limitBytes: number): string {
  return `${bytes} bytes left out here: the log is limited to ${limitBytes} bytes`;
}

/** Returns the number of bytes that a left-out line replaces; null for any other line. */
export function leftOutBytes(line: LogLine): number | null {
  if (line.stream !== 'sys') return null;
  const match = leftOutPattern.exec(line.text);
  return match ? Number(match[1]) : null;
}
