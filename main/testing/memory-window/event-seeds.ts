import type { Place } from './scenarios.ts';
import { addRuns } from './run-seeds.ts';

/** Adds a task that events start, a task with a budget, and a ledger that was found to be an older copy. */
export async function addEvents({ outside, application }: Place): Promise<void> {
  const { clock, ledger } = outside;
  const tasks = await application.tasks();
  const [, { task }] = await clock.ago(300 * 3_600_000, () =>
    Promise.all([
      tasks.create(
        {
          name: 'Mount the archive',
          schedule: 'at login or on wake',
          tool: 'shell:run',
          parameters: { command: 'mount ~/archive' },
        },
        'window',
      ),
      tasks.create(
        {
          ...{
            name: 'Summarise the inbox',
            schedule: 'every 2 hours',
            tool: 'shell:run',
            parameters: { command: 'summarise' },
          },
          policies: { budget: { perDay: { runs: 3 }, perMonth: { minutes: 120 } } },
        },
        'window',
      ),
    ]),
  );
  const runs = [1, 3, 5].map((hours) => ({ startedMs: clock.now() - hours * 3_600_000, durationMs: 90_000 }));
  addRuns(
    outside,
    runs.map((run) => ({ ...run, task, status: 'success' })),
  );
  ledger.loss = () => ({ at: new Date(clock.now() - 3_600_000).toISOString(), cause: 'older' });
}
