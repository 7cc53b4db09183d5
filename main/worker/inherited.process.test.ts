import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openLedger } from '../adapters/storage/ledger/sqlite-ledger.ts';
import { runnerFixture } from '../testing/runner-fixture.ts';

/** Lists what the shell itself has open: what it opened for this would be its child's. */
const command = 'ls -l /proc/$$/fd; env';

it('a task gets three descriptors, and nothing of the program that started it', async ({ skip }) => {
  skip(process.platform !== 'linux', 'Only Linux lists descriptors in /proc.');
  const { start, dir } = await runnerFixture();
  const ledger = openLedger(join(dir, 'ledger.db'));
  onTestFinished(() => ledger.close());
  const run = start('shell:run', { command });
  expect((await run.finished).status).toBe('success');
  const open = [...run.log().matchAll(/ (\d+) -> (.+)$/gm)].map(([, number = '', target = '']) => ({ number, target }));
  expect(open.map(({ number }) => number)).toEqual(expect.arrayContaining(['0', '1', '2']));
  // The program that runs the tests may hand on pipes of its own. The product has files, sockets and what polls them.
  const others = open.filter(({ number, target }) => Number(number) > 2 && !/^pipe:|^\/dev\/null$/.test(target));
  expect(others).toEqual([]);
  expect(run.log()).not.toMatch(/NCP_SECRET_|ELECTRON_|NODE_OPTIONS|NODE_CHANNEL|VSCODE_INSPECTOR/);
});
