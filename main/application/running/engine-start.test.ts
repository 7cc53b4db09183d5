import { expect, it, onTestFinished } from 'vitest';
import { createApplication } from '../create-application.ts';
import { memoryOutside } from '../../testing/memory-outside.ts';
import { memoryWorkers } from '../../testing/memory-workers.ts';
import type { ProcessHost } from '../../ports/process-host.ts';

it('runs a task although no worker could be started ahead of it', async () => {
  const outside = memoryOutside();
  onTestFinished(() => outside.dispose());
  const host = memoryWorkers();
  let starts = 0;
  const start: ProcessHost['start'] = (options) => {
    if ((starts += 1) === 1) throw new Error('spawn ENOMEM');
    return host.start(options);
  };
  const application = createApplication({ ...outside, workers: () => Promise.resolve({ ...host, start }) });
  const tasks = await application.tasks();
  const draft = { name: 'Back up', schedule: '0 9 * * *', tool: 'shell:run', parameters: { command: 'true' } };
  const { task } = await tasks.create(draft, 'cli');
  const run = await (await application.runs()).trigger(task.id, { trigger: 'manual' });
  expect(run.status).toBe('success');
  expect(starts).toBe(2);
});
