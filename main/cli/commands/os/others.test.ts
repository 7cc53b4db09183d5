import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FoundJob } from '../../../ports/other-schedulers.ts';
import { cliFor, runLine } from '../../../testing/cli-harness.ts';
import { memoryApplication } from '../../../testing/memory-application.ts';
import type { MemoryApplication } from '../../../testing/memory-application.ts';

const hostile = 'evil\u001b[2J\u202e';
const failing: FoundJob = {
  ...{ place: 'systemd-user', source: 'backup.timer', name: hostile, command: '/bin/x', runsAs: null, schedules: [] },
  ...{ trigger: '1h after the unit last started', written: 'OnUnitActiveSec=1h', original: '[Timer]', nextMs: null },
  ...{ watchedFromMs: null, graceMs: 0, stopped: null },
  last: { atMs: null, result: 'failed', detail: 'exit code 3' },
};
let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
  application.outside.crontab.text = '0 9 * * * backup photos\n';
  const unread = [{ place: 'systemd-system', what: 'systemctl', reason: 'systemd did not answer.' }] as const;
  application.outside.others.found = { jobs: [failing], unread };
});
afterEach(() => application.dispose());
const cli = cliFor(() => application);

it('lists failed jobs first, with what could not be read', async () => {
  const { jobs, unread } = await cli.ok('os others');
  expect(jobs.map(({ state, source }) => [state, source])).toEqual([
    ['failed', 'backup.timer'],
    ['fine', 'line 1'],
  ]);
  expect(unread).toEqual([{ place: 'systemd-system', what: 'systemctl', reason: 'systemd did not answer.' }]);
});

it('shows text of other schedulers so that it cannot hurt a terminal', async () => {
  const { stdout } = await runLine(application, ['os', 'others']);
  expect(stdout).not.toContain('\u001b[2J');
  expect(stdout).not.toContain('\u202e');
  expect(stdout).toContain('evil');
  expect(stdout).toContain('exit code 3');
  expect(stdout).toContain('Not read: systemd (system), systemctl: systemd did not answer.');
});
