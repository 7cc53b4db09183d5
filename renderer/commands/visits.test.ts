import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importOptionsSchema } from '../../main/contract/transfer.ts';
import { connect, settle, taskNamed, toasts, withFakeTime } from '../testing/connected-window.ts';

withFakeTime();

describe('the runs of one task', () => {
  test('are shown for this visit only, and the filters that the person keeps come back', async () => {
    const window = await connect('typical');
    await settle();
    const { executions, preferences, navigation } = window.stores;
    await window.commands.executions.query({ status: 'failure' });
    const { id } = taskNamed(window, 'Ping the shop');
    window.commands.executions.visit({ taskId: id });
    await settle();
    expect(navigation.getState().route).toEqual({ view: 'executions' });
    expect(new Set(executions.getState().list.rows.map((row) => row?.taskId))).toEqual(new Set([id]));
    await window.commands.executions.query({ taskId: id, status: 'success' });
    expect(preferences.getState().executionQuery).toEqual({ status: 'failure' });
    window.commands.navigation.go({ view: 'execution', executionId: 'run-0001' });
    expect(executions.getState().visit).not.toBeNull();
    window.commands.navigation.go({ view: 'groups' });
    expect(executions.getState().visit).toBeNull();
  });

  test('are left for all runs with one click', async () => {
    const window = await connect('typical');
    await settle();
    window.commands.executions.visit({ taskId: 'nobody' });
    await settle();
    expect(window.stores.executions.getState().list.rows).toEqual([]);
    await window.commands.executions.endVisit();
    expect(window.stores.executions.getState().list.rows.length).toBeGreaterThan(100);
  });
});

test('the message after an import says that tasks are paused, and resumes them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ncp-import-'));
  const path = join(folder, 'crontab');
  writeFileSync(path, '0 1 * * * one\n0 2 * * * two\n');
  const window = await connect('typical');
  await settle();
  const transfer = await window.application.transfer();
  const source = await transfer.read(path, 'crontab');
  const report = await transfer.apply(source, importOptionsSchema.parse({}), 'window');
  await settle();
  window.commands.transfer.showImported(report);
  const toast = toasts(window).at(-1);
  expect(toast).toMatchObject({
    message: '2 added. 2 tasks are paused until you resume them.',
    action: { label: 'Resume all' },
  });
  toast?.action?.run();
  await settle();
  expect([taskNamed(window, 'one').status, taskNamed(window, 'two').status]).toEqual(['active', 'active']);
  expect(toasts(window).at(-1)?.message).toBe('2 tasks resumed.');
  rmSync(folder, { recursive: true });
});
