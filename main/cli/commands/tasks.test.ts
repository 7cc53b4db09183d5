import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cliFor, runJson, runLine, shell } from '../../testing/cli-harness.ts';
import { memoryApplication } from '../../testing/memory-application.ts';
import type { MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());
const { ok, fails, create } = cliFor(() => application);

describe('create', () => {
  it('adds a task to its group and installs its OS entry', async () => {
    const { task, timing, nextRuns, warnings } = await create('Backup');
    expect(task).toMatchObject({ name: 'Backup', cronExpression: '0 9 * * 1-5', timezone: 'UTC', status: 'active' });
    expect(timing.osEntry.state).toBe('installed');
    expect(nextRuns).toHaveLength(5);
    expect(nextRuns[0]).toBe('2026-11-24T09:00:00.000Z');
    expect(warnings).toEqual([]);
    expect(application.os.installed.size).toBe(1);
  });

  it('saves a task without a schedule', async () => {
    const { task } = await ok('create', '--name', 'Deploy', '--on-demand', ...shell('true'));
    expect(task).toMatchObject({ timingId: 'on-demand', status: 'active' });
    expect(application.os.installed.size).toBe(0);
    const text = async (...argv: string[]) => (await runLine(application, argv)).stdout;
    expect(await text('get', 'Deploy')).toMatch(/Schedule\s+Only on demand\n/);
    expect(await text('get', 'Deploy')).toContain('It runs only on demand');
    expect(await text('next', 'on-demand')).toContain('runs only on demand');
    await ok('update', 'Deploy', '--schedule', '@daily');
    await ok('update', 'Deploy', '--on-demand');
    expect(application.store.read().timings).toHaveProperty('on-demand');
    const both = await fails('create', '--name', 'x', '--on-demand', '--schedule', '@daily', ...shell('true'));
    expect(both.error.message).toBe('A task has either --schedule or --on-demand, not both.');
    const neither = await fails('create', '--name', 'x', ...shell('true'));
    expect(neither.error).toMatchObject({
      code: 'usage/missing-argument',
      message: 'create needs either --schedule or --on-demand.',
    });
  });

  it('understands every option', async () => {
    await create('First');
    const { task } = await create(
      'Full', 'true',
      ...['--timezone', 'Asia/Tokyo', '--description', 'all of it', '--cwd', '/tmp', '--env', 'A=1', 'B=x=y', '--env', 'C='],
      ...['--timeout', '90s', '--memory-mb', '512', '--overlap', 'buffer-one', '--catch-up', 'once'],
      ...['--catch-up-window', '2h', '--retries', '3', '--retry-delay', '5s', '--backoff', '1.5', '--jitter', '1m'],
      ...['--pause-after', '4', '--fire-once', '--max-executions', '7', '--end-date', '2027-01-01T00:00:00Z'],
      ...['--after', 'First:end', '--tag', 'a', 'b', '--tag', 'c', '--paused', '--no-os'],
    ); // oxfmt-ignore
    expect(task).toMatchObject({
      timezone: 'Asia/Tokyo',
      description: 'all of it',
      workingDirectory: '/tmp',
      env: { A: '1', B: 'x=y', C: '' },
      fireOnce: true,
      maxExecutions: 7,
      endDate: '2027-01-01T00:00:00.000Z',
      tags: ['a', 'b', 'c'],
      status: 'paused',
      policies: {
        timeoutMs: 90_000,
        memoryMb: 512,
        overlap: 'buffer-one',
        catchUp: 'once',
        catchUpWindowMs: 7_200_000,
        retries: { count: 3, delayMs: 5000, backoff: 1.5 },
        jitterMs: 60_000,
        pauseAfterFailures: 4,
        after: [{ taskId: 'id-001', on: 'end' }],
      },
    });
  });

  it('offers two ways to save a tool whose server cannot be reached', async () => {
    const away = ['--schedule', '@daily', '--tool', 'silent:tool', '--params', '{}'];
    const { code, error } = await fails('create', '--name', 'Unsure', ...away);
    expect({ code, error }).toMatchObject({
      code: 2,
      error: { code: 'task/tool-unverified', details: { server: 'silent', choices: { paused: '--paused' } } },
    });
    expect(error.message).toContain('--skip-validation');
    const paused = await ok('create', '--name', 'Paused', ...away, '--paused');
    expect(paused).toMatchObject({ task: { status: 'paused' }, warnings: { length: 1 } });
    expect((await ok('create', '--name', 'Unchecked', ...away, '--skip-validation')).task.status).toBe('active');
    expect((await ok('update', 'Paused', '--timeout', '1m')).warnings).toEqual([]);
    await create('Other');
    expect(await fails('update', 'Other', '--tool', 'silent:other')).toMatchObject({
      error: { code: 'task/tool-unverified' },
    });
    expect((await ok('get', 'Other')).task.tool).toBe('shell:run');
  });

  it('installs nothing with --no-os', async () => {
    await create('Quiet', 'true', '--no-os');
    expect(application.os.installed.size).toBe(0);
  });

  it('takes parameters from standard input', async () => {
    const argv = ['create', '--name', 'In', '--schedule', '@daily', '--tool', 'shell:run', '--params', '-'];
    const { answer } = await runJson(application, argv, { input: '{"command":"echo hi"}' });
    expect(answer['task']).toMatchObject({ parameters: { command: 'echo hi' } });
  });

  it('keeps a task only if its test run succeeds', async () => {
    const { testRun, task } = await create('Good', 'true', '--test-run');
    expect(testRun).toMatchObject({ status: 'success', trigger: 'test' });
    expect(task.status).toBe('active');
    expect(application.os.installed.size).toBe(1);
    const bad = await fails('create', '--name', 'Bad', '--schedule', '@daily', ...shell('false'), '--test-run');
    expect(bad).toMatchObject({ code: 1, error: { code: 'execution/test-run-failed' } });
    expect((await ok('list')).tasks.map(({ name }) => name)).toEqual(['Good']);
    expect((await ok('history')).changes.map(({ taskName }) => taskName)).toEqual(['Good']);
    expect(application.os.installed.size).toBe(1);
  });

  it.each([
    [['--schedule', '@daily', ...shell('true')], 2, 'usage/missing-argument'],
    [['--name', 'x', '--schedule', 'now and then', ...shell('true')], 2, 'schedule/not-understood'],
    [['--name', 'x', '--schedule', '0 0 31 2 *', ...shell('true')], 2, 'schedule/never-fires'],
    [['--name', 'x', '--schedule', '@daily', '--tool', 'shell:run', '--params', '{oops'], 2, 'usage/invalid-json'],
    [['--name', 'x', '--schedule', '@daily', '--tool', 'shell:run', '--params', '[1]'], 2, 'usage/invalid-option'],
    [
      ['--name', 'x', '--schedule', '@daily', ...shell('true'), '--timezone', 'Mars/Base'],
      2,
      'schedule/unknown-time-zone',
    ],
    [['--name', 'x', '--schedule', '@daily', ...shell('true'), '--cwd', '/missing/x'], 2, 'task/invalid'],
    [['--name', 'x', '--schedule', '@daily', '--tool', 'nowhere:tool', '--params', '{}'], 2, 'task/invalid'],
    [['--name', 'x', '--schedule', '@daily', ...shell('true'), '--timeout', 'soon'], 2, 'usage/invalid-option'],
    [['--name', 'x', '--schedule', '@daily', ...shell('true'), '--retries', '-1'], 2, 'usage/invalid-arguments'],
    [['--name', 'x', '--schedule', '@daily', ...shell('true'), '--overlap', 'sometimes'], 2, 'usage/invalid-option'],
    [['--name', 'x', '--schedule', '@daily', ...shell('true'), '--env', 'NOVALUE'], 2, 'usage/invalid-option'],
    [['--name', 'x', '--schedule', '@daily', ...shell('true'), '--after', 'nobody'], 3, 'task/not-found'],
    [['--name', 'x', '--schedule', '@daily', ...shell('true'), 'surplus'], 2, 'usage/unexpected-argument'],
    [['--name', 'x', '--schedul', '@daily', ...shell('true')], 2, 'usage/unknown-option'],
  ] as const)('refuses %j and saves nothing', async (argv, code, errorCode) => {
    expect(await fails('create', ...argv)).toMatchObject({ code, error: { code: errorCode } });
    expect((await ok('list')).tasks).toEqual([]);
    expect(application.os.installed.size).toBe(0);
  });

  it('saves nothing when the OS scheduler refuses', async () => {
    application.os.refuse('the user manager is away');
    const { code, error } = await fails('create', '--name', 'x', '--schedule', '@daily', ...shell('true'));
    expect({ code, error: error.code }).toEqual({ code: 5, error: 'os/refused' });
    expect((await ok('list')).tasks).toEqual([]);
  });
});

describe('reading and changing', () => {
  it('lists, filters and gets by id or name', async () => {
    await create('Alpha', 'true', '--tag', 'x');
    await create('Beta', 'true', '--paused');
    expect((await ok('list')).tasks).toHaveLength(2);
    expect((await ok('list', '--status', 'paused')).tasks.map(({ name }) => name)).toEqual(['Beta']);
    expect((await ok('list', '--tag', 'x')).tasks.map(({ name }) => name)).toEqual(['Alpha']);
    expect((await ok('list', '--query', 'ALPH')).tasks.map(({ name }) => name)).toEqual(['Alpha']);
    expect((await ok('get', 'alpha')).task.id).toBe((await ok('get', 'id-001')).task.id);
    expect(await fails('get', 'Gamma')).toMatchObject({ code: 3, error: { code: 'task/not-found' } });
    await create('Alpha');
    expect(await fails('get', 'Alpha')).toMatchObject({ code: 2, error: { code: 'task/ambiguous' } });
  });

  it('updates only the given fields, and clears those set to none', async () => {
    await create(
      'Backup',
      'true',
      '--timeout',
      '1m',
      '--retries',
      '2',
      '--description',
      'old',
      '--end-date',
      '2027-01-01T00:00:00Z',
    );
    const { task } = await ok(
      'update',
      'Backup',
      '--schedule',
      'every day at 22:30',
      '--description',
      'none',
      '--end-date',
      'none',
      '--retry-delay',
      '3s',
    );
    expect(task).toMatchObject({
      cronExpression: '30 22 * * *',
      policies: { timeoutMs: 60_000, retries: { count: 2, delayMs: 3000 } },
    });
    expect(task).not.toHaveProperty('description');
    expect(task).not.toHaveProperty('endDate');
    const cleared = await ok('update', 'Backup', '--timeout', 'none');
    expect(cleared.task.policies).toEqual({ retries: { count: 2, delayMs: 3000 } });
    expect(await fails('update', 'Backup')).toMatchObject({ code: 2, error: { code: 'usage/nothing-to-change' } });
    expect(await fails('update', 'Nobody', '--name', 'x')).toMatchObject({ code: 3 });
  });

  it('pauses, resumes, skips and deletes', async () => {
    await create('Backup');
    const { task } = await ok('pause', 'Backup', '--until', 'tomorrow 9am', '--note', 'away');
    expect(task).toMatchObject({ status: 'paused', pausedUntil: '2026-11-24T09:00:00.000Z', pauseNote: 'away' });
    expect((await ok('resume', 'Backup')).task.status).toBe('active');
    expect((await ok('skip-next', 'Backup')).task.skipUntil).toBe('2026-11-24T09:00:00.000Z');
    expect((await ok('pause-all', '--note', 'show')).paused).toMatchObject({ note: 'show' });
    expect((await ok('resume-all')).paused).toBeNull();
    expect((await ok('groups')).timings).toMatchObject([{ taskIds: ['id-001'], cronExpression: '0 9 * * 1-5' }]);
    expect((await ok('delete', 'Backup')).task.name).toBe('Backup');
    expect((await ok('groups')).timings).toEqual([]);
    expect(application.os.installed.size).toBe(0);
  });

  it('exits with 4 if the store is read-only', async () => {
    application.store.setState({ state: 'read-only', message: 'schedule.json is newer than this version.' });
    expect(await fails('create', '--name', 'x', '--schedule', '@daily', ...shell('true'))).toMatchObject({
      code: 4,
      error: { code: 'store/read-only' },
    });
  });
});
