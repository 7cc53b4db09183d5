import type { LintedFile, LintFinding, LintReport, LintSchedule } from '../../contract/lint.ts';
import type { TextView } from './view.ts';

/** Returns the schedules and findings in lines of the form `FILE:LINE: …`, which editors and CI systems link. */
export function describeLint(report: LintReport, view: TextView): string {
  const { files, errors, warnings } = report;
  const schedules = files.reduce((sum, file) => sum + file.schedules.length, 0);
  const parts = [counted(files.length, 'file'), counted(schedules, 'schedule')].join(', ');
  const total = `${parts}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}.`;
  return [...files.flatMap((file) => fileLines(file, view)), total].join('\n');
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function fileLines({ file, schedules, findings }: LintedFile, view: TextView): string[] {
  const shown = view.plain(file);
  return [
    ...findings.map((finding) => findingLine(shown, finding, view)),
    ...schedules.flatMap((schedule) => scheduleLines(shown, schedule, view)),
  ];
}

function scheduleLines(file: string, schedule: LintSchedule, view: TextView): string[] {
  const { line, name, sentence, timezone, nextRuns, findings } = schedule;
  const meaning = sentence === null ? '' : `: ${sentence}${timezone === null ? '' : ` (${timezone})`}`;
  return [
    `${placeOf(file, line)} ${view.style('bold', view.plain(`${name}${meaning}`))}`,
    ...(nextRuns.length === 0 ? [] : [`  next: ${nextRuns.map((run) => view.instant(run)).join(', ')}`]),
    ...findings.map((finding) => findingLine(file, finding, view)),
  ];
}

const findingLine = (file: string, { level, line, message }: LintFinding, view: TextView): string =>
  `${placeOf(file, line)} ${level === 'note' ? 'note' : view.status(level)}: ${view.plain(message)}`;

const placeOf = (file: string, line: number | null): string => `${file}:${line === null ? '' : `${line}:`}`;
