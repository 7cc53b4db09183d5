import { nameOfCommand } from '../../../contract/shell-line-name.ts';
import type { LintFinding } from '../../../contract/lint.ts';
import type { LintItem, LintReading } from '../../../ports/lint-files.ts';
import { mostImported, mostImportedText } from '../../../domain/lines/import-limit.ts';
import { crontabEntries, crontabEntry } from '../cron/crontab-entries.ts';
import type { CrontabEntryLine } from '../cron/crontab-entries.ts';
import { expressionsFor, zoneOf } from '../cron/read-crontab.ts';
import { cronSpecs } from '../reading/reading.ts';
import type { ReadingContext } from '../reading/reading.ts';
import { attempt, error, note, plainCronProblems, warning } from './finding.ts';

/** Reads a crontab (`man 5 crontab`) for what cron would do with it. */
export function lintCrontab(text: string, hasUsers: boolean, context: ReadingContext): LintReading {
  const items: LintItem[] = [];
  const findings = lastLine(text);
  for (const entry of crontabEntries(text)) {
    if (items.length === mostImported) {
      findings.push(
        error(entry.number, `Lines from here on were not checked: the most for one file is ${mostImportedText}.`),
      );
      break;
    }
    items.push(itemOf(entry, hasUsers, context));
  }
  return { kind: hasUsers ? 'system-crontab' : 'crontab', items, findings };
}

function lastLine(text: string): LintFinding[] {
  if (text === '' || text.endsWith('\n')) return [];
  const line = text.split('\n').length;
  return [error(line, 'The last line has no line break at its end, so cron ignores it. Add an empty line.')];
}

function itemOf(entry: CrontabEntryLine, hasUsers: boolean, context: ReadingContext): LintItem {
  const { number: line } = entry;
  const [, time = '', rest = ''] = crontabEntry.exec(entry.line) ?? [];
  const bare = { line, name: entry.line.trim().slice(0, 80), expression: null, schedules: [] };
  if (time === '') {
    const wanted = hasUsers ? 'five fields, a user and a command' : 'five fields and a command';
    return { ...bare, findings: [error(line, `This line is neither ${wanted}, nor a variable or a comment.`)] };
  }
  const { command, findings } = commandOf(rest, hasUsers, line);
  const named = { line, name: (entry.comments[0] ?? nameOf(command)).slice(0, 80) };
  const more = [...findings, ...plainCronProblems(line, time, 'cron', { macros: true, seven: true })];
  if (time.toLowerCase() === '@reboot') {
    const fact = note(line, 'It runs when cron starts, not at a time.');
    return { ...named, expression: time, schedules: [], findings: [...more, fact] };
  }
  const read = attempt(line, () => {
    const zone = zoneOf(entry.variables, context);
    return { schedules: cronSpecs(expressionsFor(time), zone.timezone), notes: zone.notes };
  });
  if ('finding' in read) return { ...named, expression: time, schedules: [], findings: [...more, read.finding] };
  const { schedules, notes } = read.value;
  return {
    ...named,
    expression: time,
    schedules,
    findings: [...more, ...notes.map((said) => warning(line, said))],
  };
}

/** A command such as `test -x x || { cd / && y; }` has no name of its own. */
function nameOf(command: string): string {
  const name = nameOfCommand(command);
  return /^[\w./~-]/.test(name) ? name : command;
}

function commandOf(rest: string, hasUsers: boolean, line: number): { command: string; findings: LintFinding[] } {
  const [, user = '', afterUser = ''] = /^(\S+)\s*(.*)$/s.exec(rest.trim()) ?? [];
  const command = hasUsers ? afterUser : rest.trim();
  const findings: LintFinding[] = [];
  if (hasUsers && command === '')
    findings.push(error(line, `"${user}" is read as the user, and no command follows. A system crontab names both.`));
  if (!hasUsers && user === 'root' && afterUser !== '')
    findings.push(
      warning(line, '"root" is read as the command: only /etc/crontab and /etc/cron.d have a column for the user.'),
    );
  if (/^[\d*?][\d*,/?-]*$/.test(user))
    findings.push(
      warning(line, `"${user}" is read as the ${hasUsers ? 'user' : 'command'}. Are there six fields? cron has five.`),
    );
  if (/(?:^|[^\\])%/.test(command))
    findings.push(
      warning(
        line,
        'cron ends the command at the first % and passes the rest as its input. Write \\% for a percent sign.',
      ),
    );
  return { command, findings };
}
