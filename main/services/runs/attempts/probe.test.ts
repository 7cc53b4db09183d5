import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Probe } from '../../../contract/probe.ts';
import type { TaskDraftInput } from '../../../contract/task.ts';
import { memoryApplication, type MemoryApplication } from '../../../testing/memory-application.ts';
import { temporaryDir } from '../../../testing/temporary-dir.ts';

const minute = 60_000;
const epoch = '2026-01-01T00:00:00.000Z';
let application: MemoryApplication;
let seen: string;
beforeEach(() => {
  seen = join(temporaryDir(), 'seen');
  application = memoryApplication('2026-11-23T12:00:00.000Z');
});
afterEach(() => application.dispose());

const probe = (): Probe => ({ tool: 'shell:run', parameters: { command: `cat ${seen}` } });
async function create(given: Probe, draft: Partial<TaskDraftInput> = {}): Promise<string> {
  const { policies, ...rest } = draft;
  const base = {
    name: 'Deploy',
    schedule: '* * * * *',
    tool: 'shell:run',
    parameters: { command: 'true' },
    timezone: 'UTC',
  };
  const task = { ...base, ...rest, policies: { ...policies, probe: given } };
  return (await (await application.tasks()).create(task, 'test')).task.id;
}
/** Fires the next slot. `answer` is what the probe sees there; null lets it fail. */
async function slot(answer: string | null): Promise<string[]> {
  rmSync(seen, { force: true });
  if (answer !== null) writeFileSync(seen, answer);
  application.clock.advance(minute);
  return (await (await application.runs()).fire('every-min')).executions.map(({ status }) => status);
}
const fates = (id: string) => application.ledger.slots(id, epoch).map(({ state, reason }) => reason ?? state);
const state = (id: string) => application.ledger.runState([id]).get(id);

describe('a task with a probe', () => {
  it('runs when the answer changed, and its slots say why it did not', async () => {
    const id = await create(probe());
    expect([await slot('one'), await slot('one'), await slot('two'), await slot('two')]).toEqual([
      ['skipped'],
      ['skipped'],
      ['success'],
      ['skipped'],
    ]);
    expect(fates(id)).toEqual(['unchanged', 'unchanged', 'claimed', 'unchanged']);
    expect(application.ledger.slots(id, epoch).map(({ detail }) => detail)).toEqual([
      'the first look only recorded what is there',
      'the probe saw no change',
      null,
      'the probe saw no change',
    ]);
  });

  it('counts looks without a change apart: not as runs, successes, or towards its limit and budget', async () => {
    const id = await create(probe(), { maxExecutions: 2, policies: { budget: { perDay: { runs: 2 } } } });
    for (let n = 0; n < 5; n += 1) await slot('one');
    expect(state(id)).toMatchObject({ executionCount: 0, successfulSlots: 0, lastStatus: 'skipped' });
    expect(application.ledger.runCounts([id]).get(id)?.byStatus).toMatchObject({ skipped: 5, success: 0 });
    expect(application.ledger.latestRuns([id], 10).get(id)).toEqual([]);
    expect(await slot('two')).toEqual(['success']);
    expect(state(id)).toMatchObject({ executionCount: 1, successfulSlots: 1 });
  });

  it('looks at a change again after a run that failed', async () => {
    await create(probe(), { parameters: { command: 'false' } });
    expect([await slot('one'), await slot('two'), await slot('two')]).toEqual([['skipped'], ['failure'], ['failure']]);
  });

  it('fails with its probe; a look that works ends the row of failures', async () => {
    const id = await create(probe(), { policies: { pauseAfterFailures: 2 } });
    await slot('one');
    expect(await slot(null)).toEqual(['failure']);
    expect(state(id)).toMatchObject({ consecutiveFailures: 1 });
    expect(await slot('one')).toEqual(['skipped']);
    expect(state(id)).toMatchObject({ consecutiveFailures: 0 });
    expect(state(id)?.lastSuccessAt).not.toBeNull();
  });

  it('runs when a person starts it, and that counts as seen', async () => {
    const id = await create(probe());
    writeFileSync(seen, 'one');
    const runs = await application.runs();
    expect(await runs.trigger(id, { trigger: 'manual' })).toMatchObject({ status: 'success' });
    expect(await slot('one')).toEqual(['skipped']);
    expect(application.ledger.slots(id, epoch).at(-1)?.detail).toBe('the probe saw no change');
  });

  it('looks for the first time after a change of what it asks, and on request', async () => {
    const id = await create(probe());
    await slot('one');
    const tasks = await application.tasks();
    await tasks.update(id, { policies: { probe: { ...probe(), ignore: ['x'] } } }, 'test');
    expect(await slot('two')).toEqual(['skipped']);
    tasks.forgetSeen(id, 'cli');
    expect(await slot('three')).toEqual(['skipped']);
    expect(application.ledger.changes({ taskId: id }, 1)[0]).toMatchObject({
      action: 'task.forget-seen',
      author: 'cli',
    });
    await tasks.update(id, { policies: null }, 'test');
    expect(() => tasks.forgetSeen(id, 'cli')).toThrow('"Deploy" has no probe');
  });

  it('keeps what it saw when its runs are deleted', async () => {
    const id = await create(probe());
    await slot('one');
    const ids = application.ledger.list({ taskId: id, limit: 50, offset: 0 }).executions.map((run) => run.executionId);
    application.ledger.removeExecutions(ids);
    expect(await slot('one')).toEqual(['skipped']);
    expect(application.ledger.slots(id, epoch).at(-1)?.detail).toBe('the probe saw no change');
  });
});

describe('a probe that cannot work is refused', () => {
  const date: Probe = { tool: 'shell:run', parameters: { command: 'date' } };
  it.each<[Probe, RegExp]>([
    [{}, /needs a tool, unless it only tells a change/],
    [{ parameters: {} }, /A probe with parameters needs a tool/],
    [{ tool: 'agent:run', parameters: { agent: 'codex', prompt: 'x' } }, /An agent cannot be a probe/],
    [{ tool: 'shell:run', parameters: {} }, /Probe: shell:run: .*command/],
    [{ tool: 'gone:tool' }, /Probe: .*"gone"/],
    [{ ...date, path: '$[' }, /"\$\[" is not a JSONPath/],
    [{ ...date, pattern: '(' }, /"\(" is not a regular expression of RE2/],
    [{ ...date, ignore: ['a', '(?=x)'] }, /"\(\?=x\)" is not a regular expression/],
    [{ ...date, paths: '$' }, /policies\.probe\.paths does not exist\. Did you mean path\?/],
  ])('%j', async (given, expected) => {
    await expect(create(given)).rejects.toThrow(expected);
  });

  it('as a value of a change that no probe gives', async () => {
    const parameters = { url: 'https://example.org', method: 'POST', body: { $from: '/change/now' } };
    await expect(create(date, { tool: 'http:request', parameters })).rejects.toThrow(
      'must be one of /change/previous, /change/current, /change/diff',
    );
    const tells: Probe = { ...date, then: 'tell' };
    await expect(create(tells, { tool: 'http:request', parameters })).rejects.toThrow('no probe starts the task');
  });
});
