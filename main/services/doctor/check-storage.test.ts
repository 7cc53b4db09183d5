import { describe, expect, it } from 'vitest';
import type { Ledger } from '../../ports/ledger/ledger.ts';
import { anExecution } from '../../testing/ledger-samples.ts';
import { memoryLedger } from '../../testing/memory-ledger.ts';
import { memorySettings } from '../../testing/memory-settings.ts';
import { memoryStore } from '../../testing/memory-store.ts';
import { addTask } from '../../testing/schedule-samples.ts';
import { checkSchedule } from './check-storage.ts';

const settings = memorySettings();
/** Returns the check of a schedule without tasks. */
const checkOf = (ledger: Ledger, store = memoryStore()) => checkSchedule({ store, settings, ledger })[0];

describe('without any task and backup', () => {
  it('nothing is wrong if nothing ever ran, but a test of an unsaved task', () => {
    const ledger = memoryLedger();
    expect(checkOf(ledger)?.status).toBe('ok');
    ledger.start(anExecution({ trigger: 'test', slot: null }));
    expect(checkOf(ledger)?.status).toBe('ok');
  });

  it('the definitions were lost if the ledger has a run of a task', () => {
    const ledger = memoryLedger();
    ledger.start(anExecution());
    expect(checkOf(ledger)).toMatchObject({
      status: 'problem',
      message: expect.stringMatching(/schedule\.json and its backups were lost/) as string,
    });
  });

  it('the definitions were lost if the ledger has a saved task', () => {
    const ledger = memoryLedger();
    const change = { at: '2026-11-23T12:00:00.000Z', author: 'cli', taskId: 't1', before: null };
    ledger.audit({ ...change, action: 'agent.run', after: null });
    expect(checkOf(ledger)?.status).toBe('ok');
    ledger.audit({ ...change, action: 'task.create', after: { id: 't1' } });
    expect(checkOf(ledger)?.status).toBe('problem');
  });
});

it('a schedule whose last task was deleted is in order', () => {
  const [ledger, store] = [memoryLedger(), memoryStore()];
  ledger.start(anExecution());
  store.update((file) => {
    addTask(file, { id: 't1' });
  });
  store.update((file) => {
    file.tasks = {};
    file.timings = {};
  });
  expect(checkOf(ledger, store)?.status).toBe('ok');
});
