/** One quick-add line, cut at its first colon that is not inside a time: `every weekday at 9:30: curl …`. */
export interface QuickLine {
  schedule: string;
  /** Empty while only the schedule is typed. */
  command: string;
}

/**
 * The colon that ends the schedule is the first one with a space or the end of the line after it, so that `9:30`,
 * `https://` and `2026-12-03T14:15:00Z` never end it.
 */
export function splitQuickLine(line: string): QuickLine {
  const match = /:(?=\s|$)/.exec(line);
  if (!match) return { schedule: line.trim(), command: '' };
  return { schedule: line.slice(0, match.index).trim(), command: line.slice(match.index + 1).trim() };
}

/** Words that say nothing about what a command does. */
const wrappers = new Set(['sudo', 'env', 'nice', 'time', 'exec', 'nohup']);
const NAME_LIMIT = 60;

/** A name for the task, from its command: the program and the last word that is not an option. */
export function nameOfCommand(command: string): string {
  const words = command.split(/\s+/).filter((word) => word !== '' && !/^[A-Za-z_]\w*=/.test(word));
  const program = Math.max(
    0,
    words.findIndex((word) => !wrappers.has(word)),
  );
  const name = (words[program] ?? command).split(/[/\\]/).at(-1) ?? command;
  const object = words.slice(program + 1).findLast((word) => !word.startsWith('-'));
  const short = object?.replace(/^["']|["']$/g, '').replace(/^https?:\/\//, '');
  return (short === undefined ? name : `${name} ${short}`).slice(0, NAME_LIMIT);
}
