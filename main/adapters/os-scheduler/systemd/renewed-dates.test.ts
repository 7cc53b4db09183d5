import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { cronSpec } from '../../../domain/timing/cron-spec.ts';
import { weekMs } from '../../../domain/timing/interval-spec.ts';
import type { CommandRunner } from '../run-program.ts';
import { contextOf, groupOfSpec } from '../testing/schedule-arbitraries.ts';
import { SystemdScheduler } from './systemd-scheduler.ts';
import { writeUnits } from './unit-store.ts';
import { UserManager } from './user-manager.ts';

/** A systemd in which every timer is enabled and active. */
const allActive: CommandRunner = (_command, words) => {
  const units = words.filter((word) => word.endsWith('.timer'));
  const stdout = units.map((unit) => `Id=${unit}\nActiveState=active\nUnitFileState=enabled\n`).join('\n');
  return Promise.resolve({ exitCode: 0, stdout, stderr: '', failure: null });
};

const group = groupOfSpec(cronSpec('@every 65m', 'UTC'));
const writtenMs = Date.parse('2026-11-25T12:00:00Z');

/** Returns the state of an entry that was written at `writtenMs`, so many weeks later. */
async function stateAfter(weeks: number): Promise<{ state: string; detail?: string } | undefined> {
  const homeDir = mkdtempSync(join(tmpdir(), 'ncp-renewed-'));
  onTestFinished(() => rmSync(homeDir, { recursive: true, force: true }));
  const scheduler = new SystemdScheduler({ manager: new UserManager(allActive, null), lingers: async () => true });
  const context = { ...contextOf('UTC', writtenMs), homeDir };
  writeUnits(scheduler.translate(group, context).artifacts, context);
  const [entry] = await scheduler.list([group], { ...context, fromMs: writtenMs + weeks * weekMs });
  return entry;
}

it.each([0, 1])(
  'listed dates that were written %d weeks ago are current: they reach two weeks ahead',
  async (weeks) => {
    expect(await stateAfter(weeks)).toMatchObject({ state: 'installed' });
  },
);

it('listed dates that nothing has renewed for two weeks are reported while they last, with what to do', async () => {
  const detail = expect.stringContaining('os sync') as string;
  expect(await stateAfter(2)).toMatchObject({ state: 'drifted', detail });
});

it('an entry whose listed dates are over differs from what would be written', async () => {
  const detail = expect.stringContaining('differs') as string;
  expect(await stateAfter(4)).toMatchObject({ state: 'drifted', detail });
});
