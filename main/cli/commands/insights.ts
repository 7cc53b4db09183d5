import { insightOrderSchema } from '../../contract/insights.ts';
import { defineCommand } from '../command.ts';
import { oneOf, withDefault } from '../option.ts';
import { blocks } from '../text/describe-task.ts';
import { busiestMinutes, insightTable } from '../text/describe-insights.ts';
import { instant } from '../values/instant.ts';

const dayMs = 86_400_000;
const defaultDays = 30;

export const insightsCommand = defineCommand({
  name: 'insights',
  reads: true,
  summary: 'Show which tasks behave unusually, and what tasks cost.',
  description:
    'Finds tasks that always fail, never ran, fail and recover again and again, take longer than usual, or wrote a much shorter log than usual. Averages cover the days of which the runs are known: the settings limit how many runs are kept.',
  positionals: {},
  options: {
    since: instant('Add up the runs since then, for example 7d for the last seven days. Default: 30d.', 'past'),
    order: withDefault(
      oneOf('What comes first: what is unusual, or the highest cost.', insightOrderSchema.options),
      'findings',
    ),
  },
  answers:
    'tasks (at most 200): taskId, taskName, hints, runs, failures, runsPerDay, busyMsPerDay, cpuMsPerDay, peakMemoryBytes, latestId; total, found (tasks with hints), busiest (minutes of the day in which runs start together), since.',
  examples: [
    { line: 'insights', does: 'show what is unusual, and what takes the most time' },
    { line: 'insights --since 7d --order cpu --json', does: 'find what used the processor in the last week' },
  ],
  run: async (context, { since, order }) => {
    const application = await context.application();
    const from = since ?? new Date(application.clock.now() - defaultDays * dayMs).toISOString();
    const done = context.progress('Reading runs');
    try {
      return await (await application.reports()).insights({ since: from, order });
    } finally {
      done();
    }
  },
  text: async (answer, view) => blocks(await insightTable(answer, view), busiestMinutes(answer.busiest, view)),
});
