import { formatBytes } from '../../contract/sizes.ts';
import type { BusyMinute, InsightsAnswer, TaskInsight } from '../../contract/insights.ts';
import type { RunHint } from '../../contract/task-report.ts';
import type { TextView } from './view.ts';

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
const rounded = (value: number): string => String(Math.round(value * 10) / 10);

function hintWords(hint: RunHint, view: TextView): string {
  switch (hint.kind) {
    case 'always-fails':
      return `always fails: all of its last ${hint.runs} runs failed`;
    case 'never-ran':
      return `never ran, although it was due ${view.instant(hint.since)}`;
    case 'flaky':
      return `flaky: failed and recovered ${counted(hint.recoveries, 'time')} in ${counted(hint.runs, 'run')}`;
    case 'slower':
      return `slower: took ${view.duration(hint.recentMs)}, ${rounded(hint.factor)} times the usual ${view.duration(hint.usualMs)}`;
    case 'short-log':
      return `short log: ${formatBytes(hint.bytes)}, usual are ${formatBytes(hint.usualBytes)}`;
  }
}

/** Returns what is unusual about tasks and what they cost, as a table. */
export async function insightTable({ tasks, total }: InsightsAnswer, view: TextView): Promise<string> {
  const table = await view.table(
    tasks,
    [
      { title: 'TASK', cell: ({ taskName }: TaskInsight) => view.plain(taskName) },
      { title: 'FINDING', cell: ({ hints }) => hints.map((hint) => hintWords(hint, view)).join('; ') || '-' },
      { title: 'RUNS/DAY', cell: ({ runsPerDay }) => rounded(runsPerDay), align: 'right', spare: 2 },
      { title: 'FAILED', cell: ({ runs, failures }) => `${failures} of ${runs}`, align: 'right', spare: 1 },
      { title: 'TIME/DAY', cell: ({ busyMsPerDay }) => view.duration(busyMsPerDay), align: 'right', spare: 5 },
      { title: 'CPU/DAY', cell: ({ cpuMsPerDay }) => view.duration(cpuMsPerDay), align: 'right', spare: 4 },
      {
        title: 'MEMORY',
        cell: ({ peakMemoryBytes }) => (peakMemoryBytes === null ? '-' : formatBytes(peakMemoryBytes)),
        ...{ align: 'right', spare: 3 },
      },
    ],
    'No task ran in this period.',
  );
  return total > tasks.length ? `${table}\n\nShowing ${tasks.length} of ${total} tasks.` : table;
}

/** Returns a line for each of the busiest minutes; an empty text if no runs started together. */
export function busiestMinutes(busiest: readonly BusyMinute[], view: TextView): string {
  if (busiest.length === 0) return '';
  const lines = busiest.map(
    ({ minute, most, at, starts }) =>
      `  ${view.minuteOfDay(minute)}  ${most} at once (${view.instant(at)}), ${counted(starts, 'run')} in all`,
  );
  return ['Busiest minutes of the day:', ...lines].join('\n');
}
