import type { LintFinding, LintKind } from '../../contract/lint.ts';
import type { ClockStyle } from '../../contract/time-style.ts';
import { minuteMs } from '../../domain/durations.ts';
import { clockTouches, farRunWarnings, scheduleWarnings } from '../../domain/naming/warnings.ts';
import type { ClockTouch } from '../../domain/naming/warnings.ts';
import { stepWarnings } from '../../domain/naming/step-warnings.ts';
import type { CronSchedule, RecurringSchedule, ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { nextSlots } from '../../domain/timing/slots.ts';

type At = number | null;

/** Cron as text: two restricted day fields mean either of them. */
const cronText: ReadonlySet<LintKind> = new Set(['crontab', 'system-crontab', 'github', 'kubernetes']);

/** GitHub starts a workflow at most once in five minutes (its documentation of `schedule`). */
const shortestOfGitHubMs = 5 * minuteMs;

/** Returns what may surprise about the times of a schedule, by the rules of the program that runs it. */
export function trapsOf(
  spec: ScheduleSpec,
  kind: LintKind,
  line: At,
  fromMs: number,
  style: ClockStyle,
): LintFinding[] {
  const finding = (level: LintFinding['level'], message: string): LintFinding => ({ level, line, message });
  if (spec.kind === 'on-demand' || spec.kind === 'event') return [];
  if (spec.kind === 'once')
    return spec.atMs <= fromMs
      ? [finding('error', `Its only date, ${new Date(spec.atMs).toISOString()}, has passed.`)]
      : [];
  const next = nextSlots(spec, fromMs, 13);
  if (next.length === 0) return [finding('error', 'It never runs: no day matches.')];
  const lines = cronLinesOf(spec);
  const said =
    kind === 'ncp-scheduler'
      ? scheduleWarnings(spec, fromMs, style)
      : [...new Set(lines.flatMap((each) => warningsOf(each, kind, fromMs, style)))];
  const warnings = said.map((message) => finding('warning', message));
  return kind === 'github'
    ? [...warnings, ...ofGitHub(lines, next).map((message) => finding('warning', message))]
    : warnings;
}

/** Other schedulers know cron lines only; an interval of real time has no traps of the calendar. */
function cronLinesOf(spec: RecurringSchedule): CronSchedule[] {
  if (spec.kind === 'cron') return [spec];
  if (spec.kind === 'interval') return [];
  return spec.lines.map((cron) => ({ kind: 'cron', cron, timezone: spec.timezone }));
}

function warningsOf(spec: CronSchedule, kind: LintKind, fromMs: number, style: ClockStyle): string[] {
  const { sets } = spec.cron;
  const { days, months } = sets;
  const first = days.monthDays?.[0] ?? 0;
  const said = [...stepWarnings(sets), ...farRunWarnings(spec, fromMs)];
  if (cronText.has(kind) && days.monthDays !== null && days.weekdays !== null)
    said.push('It runs when either the day of the month or the weekday matches, not only when both do.');
  if (first > 28 && !days.lastDayOfMonth && days.weekdays === null && months.length > 1)
    said.push(`Months without a day ${first} are skipped.`);
  return [...said, ...clockTouches(spec, fromMs, style).map((touch) => clockChange(touch, spec.timezone, kind))];
}

/**
 * What becomes of such a run: cron(8) of Debian and cronie, https://pkg.go.dev/github.com/robfig/cron/v3 for Kubernetes,
 * and GitHub's documentation of `schedule`. The others do not promise anything.
 */
function clockChange({ day, time, skipped }: ClockTouch, timezone: string, kind: LintKind): string {
  const fact = `On ${day} the clocks in ${timezone} ${skipped ? `skip ${time}` : `show ${time} twice`}:`;
  if (kind === 'crontab' || kind === 'system-crontab')
    return `${fact} cron ${skipped ? 'starts that run directly after the change' : 'starts it the first time only'}.`;
  if (skipped && kind === 'github') return `${fact} GitHub starts that run after the change.`;
  if (skipped && (kind === 'kubernetes' || kind === 'systemd')) return `${fact} that run is left out.`;
  return `${fact} ${skipped ? 'that run may be late or left out' : 'it may run twice'}.`;
}

function ofGitHub(lines: readonly CronSchedule[], next: readonly number[]): string[] {
  const said: string[] = [];
  const shortest = Math.min(...next.slice(1).map((slot, index) => slot - (next[index] ?? 0)));
  if (shortest < shortestOfGitHubMs)
    said.push('GitHub starts a workflow at most every 5 minutes, so some of these runs are left out.');
  if (lines.some(({ cron }) => cron.sets.minutes.includes(0)))
    said.push('GitHub is busiest at the start of each hour and may delay or drop runs then. Choose another minute.');
  return said;
}
