import { isUrl, nameOfCommand } from './shell-line-name.ts';

/** One quick-add line, split into when and what: `every weekday at 9:30: curl …`. */
export interface QuickLine {
  schedule: string;
  /** Empty while only the schedule is typed. */
  command: string;
}

/** What a quick-add line creates. */
export interface QuickDraft {
  name: string;
  schedule: string;
  tool: string;
  parameters: Record<string, unknown>;
}

const number = String.raw`[\d*][\d*/,\-]*`;
const named = String.raw`(?:[\d*]|[a-z]{3}(?=[-,\s]))[\w*/,\-#]*`;
/** Five cron fields or a macro, followed by a command, as in a crontab. */
const crontabLine = new RegExp(
  String.raw`^\s*((?:${number}\s+){2}[\d*L][\d*/,\-LWD]*\s+${named}\s+\+?${named}|@[a-z]+)\s+(\S.*)$`,
  'i',
);

/**
 * Splits a quick-add line. The schedule ends at the first colon before a space or the end of the line, so that `9:30`,
 * `https://` and `2026-12-03T14:15:00Z` do not end it. A line of a crontab needs no colon; its `\%` is a `%`
 * (crontab(5)).
 */
export function splitQuickLine(line: string): QuickLine {
  const fromCrontab = crontabLine.exec(line);
  if (fromCrontab) {
    const [, schedule = '', command = ''] = fromCrontab;
    return { schedule: schedule.replaceAll(/\s+/g, ' '), command: command.trim().replaceAll(String.raw`\%`, '%') };
  }
  const match = /:(?=\s|$)/.exec(line);
  if (!match) return { schedule: line.trim(), command: '' };
  return { schedule: line.slice(0, match.index).trim(), command: line.slice(match.index + 1).trim() };
}

/** Returns the task of a complete line: a request if the command is only a URL, else a shell command. */
export function quickDraft({ schedule, command }: QuickLine): QuickDraft {
  const name = nameOfCommand(command);
  if (isUrl(command)) return { name, schedule, tool: 'http:request', parameters: { url: command } };
  return { name, schedule, tool: 'shell:run', parameters: { command } };
}
