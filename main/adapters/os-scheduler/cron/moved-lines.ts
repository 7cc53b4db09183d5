import { SchedulerError } from '../../../domain/errors.ts';
import { personalLines } from './personal-lines.ts';

/** What stands before a line that was moved to this app. `readCrontab` passes over such lines. */
const beginning = '# moved to NCP Scheduler';
export const movedLine = /^# moved to NCP Scheduler \S+: /;
const prefixOf = (mark: string): string => `${beginning} ${mark}: `;

/**
 * Returns a crontab with lines commented out.
 * @param text the crontab now, with one character per byte (latin1), so that other lines keep their bytes
 * @param lines numbers of lines in `seen`, from 1
 * @param seen the crontab that the person reviewed, read as UTF-8; this app's own block may differ since then
 * @throws SchedulerError `os/crontab-changed`
 */
export function commentedOut(text: string, lines: readonly number[], seen: string, mark: string): string {
  const [then, now] = [[...personalLines(seen)], [...personalLines(Buffer.from(text, 'latin1').toString('utf8'))]];
  if (then.length !== now.length || then.some(({ line }, index) => line !== now[index]?.line)) {
    throw new SchedulerError(
      'os/crontab-changed',
      'The crontab changed since it was read, so it was not touched. Read it again, and review it.',
    );
  }
  const wanted = new Set(lines);
  const places = new Set(then.flatMap(({ number }, index) => (wanted.has(number) ? (now[index]?.number ?? []) : [])));
  return text
    .split('\n')
    .map((line, index) => (places.has(index + 1) ? prefixOf(mark) + line : line))
    .join('\n');
}

/** Returns a crontab with the lines of a mark as they were, and how many there are. */
export function restored(text: string, mark: string): { text: string; count: number } {
  const prefix = prefixOf(mark);
  let count = 0;
  const lines = text.split('\n').map((line) => {
    if (!line.startsWith(prefix)) return line;
    count += 1;
    return line.slice(prefix.length);
  });
  return { text: lines.join('\n'), count };
}
