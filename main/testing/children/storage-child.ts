import { writeSync } from 'node:fs';
import process from 'node:process';
import { dataPaths, prepareDataDir } from '../../adapters/storage/data-dir.ts';
import { openScheduleStore } from '../../adapters/storage/schedule/schedule-file.ts';
import { openLedger } from '../../adapters/storage/ledger/sqlite-ledger.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Ledger } from '../../ports/ledger/ledger.ts';
import type { Store } from '../../ports/store.ts';
import { anExecution, anOutcome, slotAt } from '../ledger-samples.ts';
import { addTask } from '../schedule-samples.ts';

/**
 * One of several processes that use the same data directory in the storage tests:
 * `storage-child.mjs DIR WORK NAME COUNT`. Every line on stdout confirms something that is on disk.
 */
function main(): void {
  const [dir = '', work = '', name = '', count = '0'] = process.argv.slice(2);
  if (work !== 'look') prepareDataDir(dir);
  const ledger = work === 'look' ? ledgerOrNone(dir) : openLedger(dataPaths(dir).ledger);
  const store = openScheduleStore({ dir, ledger });
  say('ready');
  if (work === 'look') look(store, ledger);
  if (work === 'create') create(store, ledger, name, Number(count));
  if (work === 'claim') claim(ledger, name, Number(count));
  ledger.close();
}

/** Creates `COUNT` tasks, one save each, with an audit event in the same transaction. */
function create(store: Store, ledger: Ledger, name: string, count: number): void {
  for (let n = 0; n < count; n += 1) {
    const id = `${name}-${n}`;
    untilSaved(() =>
      store.update((draft) => {
        addTask(draft, { id, description: 'x'.repeat(2000) });
        ledger.audit({ at: slotAt(n), author: 'cli', action: 'task.create', taskId: id, before: null, after: null });
      }),
    );
    say(id);
  }
}

/**
 * Repeats a save that was refused because of the others. SQLite does not queue processes, so one of eight that save
 * without a pause can lose every time until the time limit of the lock.
 */
function untilSaved(save: () => void): void {
  for (;;) {
    try {
      return save();
    } catch (error) {
      if (!(error instanceof SchedulerError) || error.code !== 'store/locked') throw error;
    }
  }
}

/** Prints why the ledger does not open, and continues with an empty one in memory. */
function ledgerOrNone(dir: string): Ledger {
  try {
    return openLedger(dataPaths(dir).ledger);
  } catch (error) {
    if (!(error instanceof SchedulerError)) throw error;
    say(`ledger ${error.code}`);
    return openLedger(':memory:');
  }
}

/** Prints the store's state, and how a save and a claim end. */
function look(store: Store, ledger: Ledger): void {
  say(`state ${store.state().state} ${Object.keys(store.read().tasks).length}`);
  const attempt = (what: string, action: () => void) => {
    try {
      action();
      say(`${what} done`);
    } catch (error) {
      if (!(error instanceof SchedulerError)) throw error;
      say(`${what} ${error.code}`);
    }
  };
  attempt('save', () => {
    store.update((draft) => {
      addTask(draft, { id: 'looked', description: 'x'.repeat(100_000) });
    });
  });
  attempt('claim', () => {
    ledger.claim(anExecution({ executionId: 'looked', parameters: { much: 'x'.repeat(2_000_000) } }));
  });
}

/** Tries to claim `COUNT` slots of each of 40 tasks, and finishes every execution it started. */
function claim(ledger: Ledger, name: string, count: number): void {
  for (let n = 0; n < count * 40; n += 1) {
    const executionId = `${name}-${n}`;
    const taskId = `t${n % 40}`;
    const slot = slotAt(Math.floor(n / 40));
    if (!ledger.claim(anExecution({ executionId, taskId, slot }))) continue;
    say(`claimed ${taskId} ${slot}`);
    ledger.finish(executionId, anOutcome());
    say(`finished ${executionId}`);
  }
}

/** Writes synchronously, unlike `console.log`: this process may be killed at the next instruction. */
function say(line: string): void {
  writeSync(1, `${line}\n`);
}

main();
