import { expect, it } from 'vitest';
import type { ImportChange, ImportReport } from '../../contract/transfer.ts';
import { describeImport } from './describe-import.ts';
import { TextView } from './view.ts';

const view = new TextView({ isTerminal: false, env: {}, timezone: 'UTC', now: () => 0 }, '24h');
const change: ImportChange = {
  ...{ what: 'task', key: 'task:1', name: 'Backup', action: 'add', choices: [], source: 'line 3', runs: 'backup' },
  ...{ fields: [], notes: [] },
};
const report: ImportReport = {
  ...{ kind: 'crontab', elsewhere: false, importId: null, moved: null, notes: [], warnings: [] },
  changes: [change, { ...change, source: 'line 4', notes: ['It runs as you.'] }],
};

it('names the place of an item, with a colon only before what there is to say about it', async () => {
  const [, first, second] = (await describeImport({ ...report, dryRun: true }, view)).split('\n');
  expect(first).toMatch(/ line 3$/);
  expect(second).toMatch(/ line 4: It runs as you\.$/);
});
