import { expect, it, onTestFinished } from 'vitest';
import { memoryOutside } from '../../testing/memory-outside.ts';
import { memoryTraces } from '../../testing/memory-traces.ts';
import { addTask } from '../../testing/schedule-samples.ts';
import { createApplication } from '../create-application.ts';

const slot = '2026-11-23T09:00:00.000Z';

it('the attempts of a run, and the run, are one trace', async () => {
  const traces = memoryTraces();
  const outside = Object.assign(memoryOutside(slot), { traces });
  onTestFinished(() => outside.dispose());
  outside.store.update((file) =>
    addTask(file, {
      ...{ id: 't1', name: 'Backup', createdAt: '2026-11-23T08:30:00.000Z', parameters: { command: 'exit 3' } },
      policies: { retries: { count: 1, delayMs: 1000, jitter: 0 } },
    }),
  );
  const runs = await createApplication(outside).runs();
  const fired = runs.fire('daily-9am', slot);
  const names = () => {
    outside.clock.advance(1000);
    return traces.spans.map(({ name }) => name);
  };
  await expect.poll(names).toEqual(['Attempt 1', 'Attempt 2', 'Backup']);
  await fired;
  expect(new Set(traces.spans.map(({ traceId }) => traceId)).size).toBe(1);
});
