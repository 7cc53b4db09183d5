import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PassThrough } from 'node:stream';
import { loadCommand } from './command-table.ts';
import { runJson, runLine, shell } from '../testing/cli-harness.ts';
import { memoryApplication } from '../testing/memory-application.ts';
import type { MemoryApplication } from '../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());

describe('a command that is asked to stop', () => {
  it('is ended if it does not return', async () => {
    const stop = new AbortController();
    const stdin = new PassThrough();
    const line = runLine(application, ['run', 'schedule:list', '--params', '-'], {
      stop: stop.signal,
      stopGraceMs: 1,
      stdin,
    });
    stop.abort();
    expect(await line).toEqual({ code: 1, stdout: '', stderr: 'error: The command was stopped before it was done.\n' });
  });

  it('says so in JSON too', async () => {
    const stdin = new PassThrough();
    const given = { stop: AbortSignal.abort(), stopGraceMs: 1, stdin };
    const { code, answer } = await runJson(application, ['run', 'schedule:list', '--params', '-'], given);
    expect({ code, answer }).toMatchObject({ code: 1, answer: { ok: false, error: { code: 'execution/stopped' } } });
  });

  it('has more time if it is `serve`, so that a service on a busy machine does not end as a failure', async () => {
    expect((await loadCommand('serve'))?.stopGraceMs).toBeGreaterThanOrEqual(30_000);
    expect((await loadCommand('list'))?.stopGraceMs).toBeUndefined();
  });

  it('cancels what a group has started, and reports it', async () => {
    const create = ['create', '--name', 'Long', '--schedule', '* * * * *', ...shell('sleep')];
    expect((await runJson(application, create)).code).toBe(0);
    application.clock.advance(60_000);
    const stop = new AbortController();
    const line = runJson(application, ['_timing-run', 'every-min'], { stop: stop.signal });
    await expect.poll(() => application.ledger.running()).toHaveLength(1);
    stop.abort();
    expect((await line).answer).toMatchObject({ executions: [{ status: 'cancelled' }] });
  });
});
