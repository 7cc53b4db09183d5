import { expect, it, onTestFinished } from 'vitest';
import { memoryApplication } from '../../testing/memory-application.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Creates a task on a Monday, loses its entry, and fires its group this much later. Returns whether the entry is back. */
async function isBackAfter(laterMs: number, schedule: string): Promise<boolean> {
  const application = memoryApplication('2026-11-23T12:00:00.000Z');
  onTestFinished(() => application.dispose());
  const draft = { name: 'Every so often', schedule, tool: 'shell:run', parameters: { command: 'true' } };
  const { timingId } = (await (await application.tasks()).create({ ...draft, timezone: 'UTC' }, 'test')).task;
  expect(application.os.installed.delete(timingId)).toBe(true);
  application.clock.advance(laterMs);
  await (await application.runs()).fire(timingId);
  return application.os.installed.has(timingId);
}

it('an interval renews the dates of its entry at its first slot of a week, also if it did not run then', async () => {
  expect(await isBackAfter(8 * dayMs, '@every 65m')).toBe(true);
});

it('an interval does not touch its entry at other slots', async () => {
  expect(await isBackAfter(65 * minuteMs, '@every 65m')).toBe(false);
});

it('a schedule without listed dates does not touch its entry', async () => {
  expect(await isBackAfter(8 * dayMs, '0 9 * * *')).toBe(false);
});
