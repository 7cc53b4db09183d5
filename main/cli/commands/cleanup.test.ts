import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { cliFor, runJson, runLine } from '../../testing/cli-harness.ts';
import { memoryApplication } from '../../testing/memory-application.ts';
import type { MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());
const { ok, create } = cliFor(() => application);

/** Runs a task this many times and returns the paths of its logs, oldest first. */
async function ran(times: number): Promise<string[]> {
  await create('Chatty', 'print hello');
  const logs: string[] = [];
  for (let run = 0; run < times; run += 1) {
    application.clock.advance(1000);
    logs.push((await ok('trigger', 'Chatty')).execution.logPath ?? '');
  }
  return logs;
}

describe('cleanup', () => {
  it('deletes the runs over the limit with their logs, and reports how many', async () => {
    const logs = await ran(5);
    expect(await ok('cleanup')).toEqual({
      executions: 3,
      logs: 0,
      strayLogs: 0,
      slots: 0,
      changes: 0,
      alerts: 0,
      failures: [],
    });
    expect((await ok('runs')).total).toBe(2);
    expect(logs.map((path) => existsSync(path))).toEqual([false, false, false, true, true]);
    expect((await runLine(application, ['cleanup'])).stdout).toBe(
      'Deleted 0 runs with their logs, 0 more logs, 0 stray logs, 0 old slots, 0 old changes and 0 old alerts.\n',
    );
  });

  it('reports what could not be deleted, also in the exit code', async () => {
    const [oldest = ''] = await ran(3);
    // Nobody can unlink a directory, not even root.
    rmSync(oldest);
    mkdirSync(oldest);
    const { code, answer } = await runJson(application, ['cleanup']);
    expect(code).toBe(4);
    expect(answer).toMatchObject({ ok: true, executions: 1, failures: [{ path: oldest }] });
  });
});
