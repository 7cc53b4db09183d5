import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Ledger } from '../../ports/ledger/ledger.ts';
import { builtCommandLine } from '../../testing/built-command-line.ts';
import type { BuiltCommandLine } from '../../testing/built-command-line.ts';
import { addTask } from '../../testing/schedule-samples.ts';
import { openScheduleStore } from './schedule/schedule-file.ts';
import { openLedger } from './ledger/sqlite-ledger.ts';

let cli: BuiltCommandLine;
let ledger: Ledger;
beforeEach(() => {
  cli = builtCommandLine();
  ledger = openLedger(join(cli.dataDir, 'ledger.db'));
});
afterEach(() => {
  ledger.close();
  cli.dispose();
});

const names = async (): Promise<string[]> =>
  ((await cli.json('list')).answer['tasks'] as { name: string }[]).map(({ name }) => name).sort();
const create = (name: string) =>
  cli.json('create', '--name', name, '--schedule', '@daily', '--tool', 'shell:run', '--params', '{"command":"true"}');

/** Returns a ledger on a slow disk: every action under its lock, which every save needs, takes this much longer. */
function onSlowDisk(delayMs: number): Ledger {
  const wait = (): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, delayMs);
  return {
    ...ledger,
    withWriteLock: (action) =>
      ledger.withWriteLock(() => {
        const result = action();
        wait();
        return result;
      }),
  };
}

it('a disk on which each save takes half a second makes others wait, and loses no change', async () => {
  const store = openScheduleStore({ dir: cli.dataDir, ledger: onSlowDisk(500) });
  const theirs = ['a', 'b', 'c', 'd'].map((name) => create(`theirs ${name}`));
  for (let number = 0; number < 6; number += 1) {
    store.update((file) => {
      addTask(file, { id: `ours-${number}`, name: `ours ${number}` });
    });
    await new Promise((resolve) => setImmediate(resolve));
  }
  for (const { code, answer } of await Promise.all(theirs)) expect({ code, answer }).toMatchObject({ code: 0 });
  const ours = Array.from({ length: 6 }, (_, number) => `ours ${number}`);
  expect(await names()).toEqual([...ours, ...['a', 'b', 'c', 'd'].map((name) => `theirs ${name}`)]);
});
