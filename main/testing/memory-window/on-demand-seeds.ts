import { addRuns } from './run-seeds.ts';
import type { Place } from './scenarios.ts';

/** Adds tasks that run only on demand: one that has run, and one that has not. */
export async function addOnDemand({ outside, application }: Place): Promise<void> {
  const { clock } = outside;
  const tasks = await application.tasks();
  const create = (name: string, command: string) =>
    tasks.create({ name, schedule: 'on demand', tool: 'shell:run', parameters: { command } }, 'window');
  const [{ task }] = await clock.ago(300 * 3_600_000, () =>
    Promise.all([
      create('Restore the last backup', 'restic restore latest --target ~/restored'),
      create('Reset the test database', 'npm run db:reset'),
    ]),
  );
  const runs = [30, 200].map((hours) => ({ startedMs: clock.now() - hours * 3_600_000, durationMs: 8000 }));
  addRuns(
    outside,
    runs.map((run) => ({ ...run, task, status: 'success', trigger: 'manual' as const })),
  );
}
