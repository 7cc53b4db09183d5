/** One quick-add line, split at its first colon that is not inside a time: `every weekday at 9:30: curl …`. */
export interface QuickLine {
  schedule: string;
  /** Empty while only the schedule is typed. */
  command: string;
}

/**
 * Splits a quick-add line. The schedule ends at the first colon before a space or the end of the line, so that `9:30`,
 * `https://` and `2026-12-03T14:15:00Z` do not end it.
 */
export function splitQuickLine(line: string): QuickLine {
  const match = /:(?=\s|$)/.exec(line);
  if (!match) return { schedule: line.trim(), command: '' };
  return { schedule: line.slice(0, match.index).trim(), command: line.slice(match.index + 1).trim() };
}

/** Programs that run another program, and so do not describe a task. */
const wrappers = new Set(['sudo', 'env', 'nice', 'time', 'exec', 'nohup']);
const NAME_LIMIT = 60;

/** Returns a name for a task: its program and the last word that is not an option. */
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
