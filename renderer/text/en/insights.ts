import { formatDuration } from '../../../main/contract/durations.ts';
import type { BusyMinute, InsightOrder, InsightsAnswer, TaskInsight } from '../../../main/contract/insights.ts';
import { clockTime } from '../../../main/contract/time-style.ts';
import { formatDate, formatShare } from '../format.ts';
import { shownClock } from '../shown-clock.ts';

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
const decimal = (value: number): string =>
  value >= 10 || value === 0 ? String(Math.round(value)) : String(Math.round(value * 10) / 10);

const minuteOfDay = (minute: number): string => clockTime(Math.floor(minute / 60), minute % 60, shownClock());

/** Texts of the page Insights. */
export const insights = {
  table: 'What is unusual about tasks, and what they cost',
  period: 'Period',
  periods: { week: '7 days', month: '30 days', quarter: '90 days' },
  columns: {
    task: 'Task',
    findings: 'Finding',
    runs: 'Runs a day',
    time: 'Time a day',
    cpu: 'CPU a day',
    memory: 'Memory',
  } satisfies Record<InsightOrder | 'task', string>,
  sortBy: (column: string) => `Put the highest first: ${column}`,
  sortByFindings: 'Put the worst first',
  costHints: {
    time: 'The time that its runs take, in a day',
    cpu: 'The processor time that its runs use, in a day',
    memory: 'The most memory that one of its runs used',
    runs: 'How often it ran, in a day of which the runs are still known',
  },
  perDay: (value: number): string => (value > 0 && value < 0.1 ? '< 0.1' : decimal(value)),
  timePerDay: (ms: number | null): string => (ms === null ? '–' : formatDuration(ms)),
  /** What a row says of a task about which nothing is unusual. */
  nothing: ({ runs, failures }: TaskInsight): string =>
    failures === 0 ? `As usual: ${counted(runs, 'run')}, none failed` : failed(runs, failures),
  showRun: 'Show run',
  showRunOf: (task: string) => `Show run of ${task}`,
  summary: ({ found, total, since, tasks }: InsightsAnswer): string => {
    const of = `${counted(total, 'task')} since ${formatDate(since)}`;
    if (found > 0) return `Something is unusual about ${found} of ${of}.`;
    const failures = tasks.reduce((sum, task) => sum + task.failures, 0);
    return failures === 0
      ? `Nothing is unusual about ${of}.`
      : `${counted(failures, 'run')} failed, but none of ${of} keeps failing.`;
  },
  partly: (shown: number, total: number) => `These are the first ${shown} of ${total} tasks.`,
  busiest: 'Busiest minutes of the day',
  busyMinute: ({ minute, most, starts }: BusyMinute): string =>
    `${minuteOfDay(minute)}: up to ${most} runs started together, ${starts} in all`,
  busyDay: (at: string) => `Most of them on ${formatDate(at)}`,
  loading: 'Reading runs…',
  empty: 'No insights yet',
  emptyHint: 'Once tasks have run, this page shows what is unusual about them and what they cost.',
  emptyPeriod: 'No task ran in this period',
  unreadable: 'Runs cannot be read',
} as const;

const failed = (runs: number, failures: number): string =>
  `${failures} of ${counted(runs, 'run')} failed (${formatShare(failures / runs)})`;
