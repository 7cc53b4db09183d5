import { describe, expect, test } from 'vitest';
import { taskChangeSchema, taskDraftSchema } from '../../../main/contract/task.ts';
import { sampleTask } from '../../testing/samples.ts';
import { readChange, readDraft } from './task-draft.ts';
import { emptyForm, formOf } from './task-form.ts';
import type { TaskForm } from './task-form.ts';

const form = (fields: Partial<TaskForm> = {}): TaskForm => ({
  ...emptyForm('UTC'),
  name: 'Copy photos',
  schedule: 'every day at 9am',
  parameters: { command: 'true' },
  ...fields,
});

function errorsOf(fields: Partial<TaskForm>) {
  const reading = readDraft(form(fields));
  return reading.ok ? {} : reading.errors;
}

describe('a draft', () => {
  test('of the basic fields leaves out the defaults', () => {
    expect(readDraft(form())).toEqual({
      ok: true,
      value: {
        name: 'Copy photos',
        schedule: 'every day at 9am',
        timezone: 'UTC',
        tool: 'shell:run',
        parameters: { command: 'true' },
      },
    });
  });

  test('of every field is accepted by the contract', () => {
    const reading = readDraft(
      form({
        description: 'Every night',
        workingDirectory: '/tmp',
        env: 'A=1\n\nB=x=y',
        overlap: 'buffer-one',
        catchUp: 'once',
        catchUpWindow: '2h',
        retries: '3',
        retryDelay: '30s',
        retryBackoff: '1.5',
        pauseAfterFailures: '5',
        timeout: '10m',
        memoryMb: '512',
        maxProcesses: '50',
        jitter: '20s',
        maxExecutions: '9',
        endDate: '2026-12-31',
        fireOnce: true,
        onlyOnline: true,
        onlyOnPower: true,
      }),
    );
    if (!reading.ok) throw new Error(JSON.stringify(reading.errors));
    expect(taskDraftSchema.parse(reading.value)).toMatchObject({
      env: { A: '1', B: 'x=y' },
      endDate: '2026-12-31T00:00:00.000Z',
      fireOnce: true,
      maxExecutions: 9,
      policies: {
        overlap: 'buffer-one',
        catchUp: 'once',
        catchUpWindowMs: 7_200_000,
        retries: { count: 3, delayMs: 30_000, backoff: 1.5 },
        pauseAfterFailures: 5,
        timeoutMs: 600_000,
        memoryMb: 512,
        maxProcesses: 50,
        jitterMs: 20_000,
        conditions: { online: true, onACPower: true },
      },
    });
  });

  test('keeps policies that the dialog does not show', () => {
    const reading = readDraft(form(), { nice: 5, retries: { count: 1, exitCodes: [7] } });
    expect(reading.ok && reading.value.policies).toEqual({ nice: 5 });
    const retried = readDraft(form({ retries: '2' }), { retries: { count: 1, exitCodes: [7] } });
    expect(retried.ok && retried.value.policies?.retries).toEqual({ count: 2, exitCodes: [7] });
  });

  test('without a name is named after what it runs', () => {
    const nameOf = (fields: Partial<TaskForm>) => {
      const reading = readDraft(form({ name: ' ', ...fields }));
      return reading.ok ? reading.value.name : reading.errors;
    };
    expect(nameOf({ parameters: { command: 'cd /srv && restic backup ~' } })).toBe('restic backup');
    expect(nameOf({ tool: 'notes:make_digest', parametersText: '{}' })).toBe('make digest');
    expect(nameOf({ parameters: { command: ': ' } })).toBe(':');
    expect(nameOf({ tool: 'agent:run', parameters: { agent: 'codex', prompt: ' \n' } })).toHaveProperty('parameters');
  });

  test('reports the error of each field', () => {
    expect(Object.keys(errorsOf({ name: ' ', schedule: '', timezone: '', parameters: {} })).sort()).toEqual([
      'parameters',
      'schedule',
      'timezone',
    ]);
    expect(errorsOf({ timeout: '5' }).timeout).toMatch(/90s/);
    expect(errorsOf({ retries: '-1' }).retries).toMatch(/0 or more/);
    expect(errorsOf({ memoryMb: 'much' }).memoryMb).toMatch(/1 or more/);
    expect(errorsOf({ env: 'no value' }).env).toMatch(/no value/);
    expect(errorsOf({ endDate: 'soon' }).endDate).toMatch(/2026/);
    expect(errorsOf({ tool: 'shell' }).tool).toMatch(/server:tool/);
  });

  test('reads parameters typed as JSON', () => {
    const reading = readDraft(form({ tool: 'files:list', parametersText: '{ "path": "/tmp" }' }));
    expect(reading.ok && reading.value.parameters).toEqual({ path: '/tmp' });
    expect(errorsOf({ parametersText: '{ path }' }).parameters).toMatch(/not valid JSON/);
    expect(errorsOf({ parametersText: '[1]' }).parameters).toMatch(/object/);
    expect(errorsOf({ parametersText: '{"args":[]}' }).parameters).toMatch(/command/);
    expect(errorsOf({ parametersText: '{"args":["ls"]}' }).parameters).toBeUndefined();
  });
});

describe('a change', () => {
  const task = sampleTask({
    description: 'Every night',
    workingDirectory: '/tmp',
    policies: { nice: 3, timeoutMs: 60_000 },
  });
  const changeOf = (fields: Partial<TaskForm>) => {
    const reading = readChange({ ...formOf(task), ...fields }, task, formOf(task));
    if (!reading.ok) throw new Error(JSON.stringify(reading.errors));
    return taskChangeSchema.parse(reading.value);
  };

  test('of nothing is empty', () => expect(changeOf({})).toEqual({}));

  test('contains only what differs', () => expect(changeOf({ name: 'Move photos' })).toEqual({ name: 'Move photos' }));

  test('clears emptied fields with null', () => {
    expect(changeOf({ description: '', workingDirectory: '' })).toEqual({ description: null, workingDirectory: null });
  });

  test('keeps policies that the dialog does not show', () => {
    expect(changeOf({ timeout: '' })).toEqual({ policies: { nice: 3 } });
  });

  test('of the zone includes the schedule', () => {
    expect(changeOf({ timezone: 'Asia/Tokyo' })).toEqual({ timezone: 'Asia/Tokyo', schedule: '0 9 * * *' });
  });

  test('of the old catch-up field removes it', () => {
    const old = sampleTask({ catchupMissed: true });
    expect(formOf(old).catchUp).toBe('once');
    const reading = readChange({ ...formOf(old), catchUp: 'skip' }, old, formOf(old));
    expect(reading.ok && reading.value.catchupMissed).toBeNull();
  });

  test('of catch-up says skip if that was chosen, because a one-off task runs late by default', () => {
    const once = sampleTask({ runAt: '2026-12-03T14:15:00.000Z' });
    expect(formOf(once).catchUp).toBe('default');
    const reading = readChange({ ...formOf(once), catchUp: 'skip' }, once, formOf(once));
    expect(reading.ok && reading.value.policies).toMatchObject({ catchUp: 'skip' });
  });
});

test('a task read into the form and back gives the same draft', () => {
  const once = sampleTask({
    runAt: '2026-12-03T14:15:00.000Z',
    env: { A: 'b=c' },
    endDate: '2027-01-01T00:00:00.000Z',
  });
  const reading = readDraft(formOf(once));
  expect(reading.ok && reading.value).toMatchObject({
    schedule: '2026-12-03T14:15:00.000Z',
    env: { A: 'b=c' },
    endDate: '2027-01-01T00:00:00.000Z',
  });
});

describe('tags', () => {
  const tagged = sampleTask({ tags: ['backup', 'night'] });
  const changeOf = (tags: readonly string[]) => readChange({ ...formOf(tagged), tags }, tagged, formOf(tagged));

  test('are shown in the form, and change only if they differ', () => {
    expect(formOf(tagged).tags).toEqual(['backup', 'night']);
    expect(changeOf(['backup', 'night'])).toEqual({ ok: true, value: {} });
    expect(changeOf(['night', 'web'])).toEqual({ ok: true, value: { tags: ['night', 'web'] } });
  });

  test('are cleared when the last one is removed, and left out of a draft without any', () => {
    expect(changeOf([])).toEqual({ ok: true, value: { tags: null } });
    expect(readDraft(form())).toMatchObject({ ok: true, value: expect.not.objectContaining({ tags: [] }) as unknown });
    expect(readDraft(form({ tags: ['a'] }))).toMatchObject({ ok: true, value: { tags: ['a'] } });
  });
});

describe('the tasks it runs after', () => {
  const after = [{ taskId: 'task-9', on: 'failure' as const, note: 'kept' }];
  const linked = sampleTask({ policies: { after, nice: 3 } });
  const changeOf = (links: TaskForm['after']) =>
    readChange({ ...formOf(linked), after: links }, linked, formOf(linked));

  test('are shown in the form, with fields that only others know, and change only if they differ', () => {
    expect(changeOf(formOf(linked).after)).toEqual({ ok: true, value: {} });
    const more = [...after, { taskId: 'task-7', on: 'success' as const }];
    expect(changeOf(more)).toEqual({ ok: true, value: { policies: { nice: 3, after: more } } });
  });

  test('are cleared when the last one is removed', () => {
    expect(changeOf([])).toEqual({ ok: true, value: { policies: { nice: 3 } } });
    expect(readDraft(form({ after: [{ taskId: 'task-9', on: 'end' }] }))).toMatchObject({
      value: { policies: { after: [{ taskId: 'task-9', on: 'end' }] } },
    });
  });
});
