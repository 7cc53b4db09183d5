import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { executionFilterSchema } from '../../../contract/execution.ts';
import { aDoubt, anAlert, anExecution, anOutcome } from '../../../testing/ledger-samples.ts';
import { temporaryDir } from '../../../testing/temporary-dir.ts';
import { ledgerVersion } from './schema.ts';
import { salvageRows } from './salvage.ts';
import { openDatabase } from './sqlite.ts';
import { openLedger } from './sqlite-ledger.ts';

const stored = join(import.meta.dirname, 'fixtures');

function ledgerOf(name: string): string {
  const path = join(temporaryDir(), 'ledger.db');
  const database = openDatabase(path);
  database.exec(readFileSync(join(stored, name), 'utf8'));
  database.close();
  return path;
}

it.each(readdirSync(stored))('an earlier ledger keeps everything and can be written: %s', (name) => {
  const ledger = openLedger(ledgerOf(name));
  expect(ledger.get('e1')).toMatchObject({ taskName: 'Backup', status: 'success' });
  expect(ledger.runState(['a1']).get('a1')).toMatchObject({ executionCount: 1, lastExecutionId: 'e1' });
  const found = () => ledger.list(executionFilterSchema.parse({ query: 'backup', limit: 1 })).total;
  expect(found()).toBe(1);
  expect([ledger.indexEarlierRuns(10), ledger.indexEarlierRuns(10), found()]).toEqual([true, false, 1]);
  expect(ledger.mark('schedule.json')).toBe('abc');
  expect(ledger.auditTrail('a1')).toMatchObject([{ author: 'cli', after: { name: 'Backup' } }]);
  const at = '2026-11-23T12:00:00.000Z';
  const change = {
    at,
    author: 'cli',
    action: 'task.undo',
    taskId: 'a1',
    before: null,
    after: null,
    batch: 'b',
    undoes: 1,
  };
  ledger.audit(change);
  expect(ledger.changes({ batch: 'b' }, 10)).toMatchObject([{ undoes: 1 }]);
  const error = { code: 'check/lacks', message: 'It printed ERROR.', line: 'ERROR' };
  ledger.claim(anExecution({ executionId: 'e9', taskId: 'a1' }));
  ledger.finish('e9', anOutcome({ status: 'failure', error }));
  ledger.start(anExecution({ executionId: 'e10', taskId: 'a1', slot: null, trigger: 'manual' }));
  ledger.finish('e10', anOutcome({ doubt: aDoubt }));
  expect(ledger.get('e9')?.error).toEqual(error);
  expect(ledger.get('e10')?.doubt).toEqual(aDoubt);
  const wait = { taskId: 'a1', slot: at, reason: 'overlap', owner: { pid: 7, startedAt: 'a' } } as const;
  ledger.setWait(wait);
  expect(ledger.waits()).toEqual([wait]);
  ledger.addAlerts([anAlert({ channel: 'ops' })]);
  expect(ledger.dueAlerts()).toMatchObject([{ channel: 'ops' }]);
  ledger.close();
});

it('a ledger of every earlier version is stored', () => {
  const versions = Array.from({ length: ledgerVersion - 1 }, (_, index) => `${index + 1}.sql`);
  expect(readdirSync(stored).sort()).toEqual(versions.sort());
});

it('the rows of a damaged earlier ledger are copied into a new one', () => {
  const freshPath = join(temporaryDir(), 'fresh.db');
  openLedger(freshPath).close();
  const database = openDatabase(freshPath);
  expect(salvageRows(ledgerOf('1.sql'), database)).toEqual({ rows: 4, complete: true });
  database.close();
});
