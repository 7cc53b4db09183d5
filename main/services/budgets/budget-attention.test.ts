import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Execution } from '../../contract/execution.ts';
import type { NotificationContent } from '../../ports/desktop.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';
import { AttentionWatch, type AttentionNews } from '../attention/attention-watch.ts';
import { TaskAttention } from '../attention/task-attention.ts';
import { AttentionNotifications } from '../notifications/attention-notifications.ts';
import { SlotPlanner } from '../schedule/slot-planner.ts';
import { policyDefaults } from '../../contract/policy-defaults.ts';
import { Budgets } from './budgets.ts';

let application: MemoryApplication;
let taskId: string;
beforeEach(async () => {
  application = memoryApplication('2026-11-23T12:00:30.000Z');
  const tasks = await application.tasks();
  const budget = { perDay: { runs: 1 } };
  const base = { name: 'Digest', schedule: '0 * * * *', timezone: 'UTC', tool: 'shell:run' };
  taskId = (await tasks.create({ ...base, parameters: { command: 'true' }, policies: { budget } }, 'test')).task.id;
});
afterEach(() => application.dispose());

/** Fires the group at a time of the clock. */
async function fireAt(instant: string): Promise<Execution[]> {
  application.clock.set(Date.parse(instant));
  return (await (await application.runs()).fire('hourly')).executions;
}

/** A start of the app: only the ledger remembers what was found before. */
function look(): AttentionNews {
  const { ledger, clock, store, settings } = application;
  const defaults = () => policyDefaults;
  const budgets = new Budgets({ ledger, clock, settings, timezone: () => 'UTC' });
  const planner = new SlotPlanner({ ledger, clock, defaults });
  const attention = new TaskAttention({ ledger, clock, planner, budgets, defaults });
  return new AttentionWatch({ store, ledger, attention }).check();
}
const begun = () => look().begun.map(({ attention }) => attention.message);

it('begins with the first slot that a budget skips, once for each day, even if nobody looked in between', async () => {
  await fireAt('2026-11-23T13:00:01.000Z');
  expect(begun()).toEqual([]);
  await fireAt('2026-11-23T14:00:01.000Z');
  const message = 'Its budget is used up (1 of 1 run today). Its slots are skipped until tomorrow.';
  expect(begun()).toEqual([message]);
  await fireAt('2026-11-23T15:00:01.000Z');
  expect(begun()).toEqual([]);
  expect(await fireAt('2026-11-24T00:00:01.000Z')).toHaveLength(1);
  await fireAt('2026-11-24T01:00:01.000Z');
  expect(begun()).toEqual([message]);
});

it('is over when the next day begins, or when a person raises the budget', async () => {
  await fireAt('2026-11-23T13:00:01.000Z');
  await fireAt('2026-11-23T14:00:01.000Z');
  expect(begun()).toHaveLength(1);
  const tasks = await application.tasks();
  await tasks.update(taskId, { policies: { budget: { perDay: { runs: 5 } } } }, 'test');
  expect(look().over).toMatchObject([{ episode: { kind: 'budget', taskId } }]);
  await tasks.update(taskId, { policies: { budget: { perDay: { runs: 1 } } } }, 'test');
  expect(begun()).toHaveLength(1);
  application.clock.set(Date.parse('2026-11-24T00:00:00.000Z'));
  expect(look().over).toMatchObject([{ episode: { kind: 'budget', taskId } }]);
});

it('shows one notification, and withdraws it at the end', async () => {
  const shown: NotificationContent[] = [];
  const withdrawn: string[] = [];
  const { store, ledger, settings } = application;
  const notifier = {
    notify: (content: NotificationContent) => Promise.resolve(shown.push(content) > 0),
    withdraw: (key: string) => void withdrawn.push(key),
  };
  const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const attention = { lateStart: () => null };
  const seen = new AttentionNotifications({ store, ledger, settings, attention, notifier, logger });
  await fireAt('2026-11-23T13:00:01.000Z');
  await fireAt('2026-11-23T14:00:01.000Z');
  seen.attentionChanged(look());
  expect(shown).toMatchObject([{ title: 'Digest has used up its budget', target: { view: 'task', taskId } }]);
  application.clock.set(Date.parse('2026-11-24T00:00:00.000Z'));
  seen.attentionChanged(look());
  expect(shown).toHaveLength(1);
  expect(withdrawn).toEqual([shown[0]?.key]);
});
