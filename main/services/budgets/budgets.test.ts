import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Budget } from '../../contract/budget.ts';
import type { Execution } from '../../contract/execution.ts';
import type { TaskDraftInput } from '../../contract/task.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

const minute = 60_000;
const epoch = '2026-01-01T00:00:00.000Z';
let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication('2026-11-23T12:00:00.000Z');
});
afterEach(() => application.dispose());

async function create(name: string, budget: Budget | null, draft: Partial<TaskDraftInput> = {}, author = 'test') {
  const { policies, ...rest } = draft;
  const limits = budget === null ? policies : { ...policies, budget };
  const base = { name, schedule: '* * * * *', tool: 'shell:run', parameters: { command: 'true' }, timezone: 'UTC' };
  const given = { ...base, ...rest, ...(limits === undefined ? {} : { policies: limits }) };
  return (await (await application.tasks()).create(given, author)).task.id;
}
async function fireMinutes(count: number): Promise<Execution[]> {
  const executions: Execution[] = [];
  for (let n = 0; n < count; n += 1) {
    application.clock.advance(minute);
    executions.push(...(await (await application.runs()).fire('every-min')).executions);
  }
  return executions;
}
/** Lets pending promises continue while the fake clock waits for its timers. */
async function ticking<T>(work: Promise<T>): Promise<T> {
  const ticks = setInterval(() => application.clock.advance(1000), 1);
  return work.finally(() => clearInterval(ticks));
}
const fates = (taskId: string) =>
  application.ledger.slots(taskId, epoch).map(({ state, reason, detail }) => detail ?? reason ?? state);

describe('a budget of runs', () => {
  it('skips slots once it is used up, and begins again on the next day of the schedule', async () => {
    const id = await create('Digest', { perDay: { runs: 2 } }, { timezone: 'Asia/Tokyo' });
    application.clock.set(Date.parse('2026-11-23T14:56:30.000Z'));
    const fire = async () => {
      application.clock.advance(minute);
      await (await application.runs()).fire('every-min-asia-tokyo');
    };
    for (let n = 0; n < 5; n += 1) await fire();
    expect(fates(id).slice(-5)).toEqual([
      ...['claimed', 'claimed', '2 of 2 runs today'],
      // Midnight in Tokyo.
      ...['claimed', 'claimed'],
    ]);
  });

  it('counts manual runs, and refuses none', async () => {
    const id = await create('Digest', { perDay: { runs: 1 } });
    const runs = await application.runs();
    for (let n = 0; n < 2; n += 1)
      expect(await runs.trigger(id, { trigger: 'manual' })).toMatchObject({ status: 'success' });
    await fireMinutes(1);
    expect(fates(id)).toEqual(['2 of 1 run today']);
  });

  it('counts each attempt, and refuses retries', async () => {
    const policies = { retries: { count: 5, delayMs: 1000, jitter: 0 } };
    const id = await create('Flaky', { perDay: { runs: 3 } }, { policies, parameters: { command: 'false' } });
    const fired = await ticking(fireMinutes(1));
    expect(fired).toMatchObject([{ attempt: 1 }, { attempt: 2 }, { attempt: 3 }]);
    const last = fired.at(-1)?.executionId ?? '';
    expect((await application.slots()).why(id).map(({ detail }) => detail)).toContain(
      `3 of 3 runs today; run ${last} was not retried`,
    );
    await fireMinutes(1);
    expect(fates(id)).toEqual(['claimed', '3 of 3 runs today']);
  });

  it('refuses a run after another task', async () => {
    const first = await create('First', null);
    const policies = { after: [{ taskId: first, on: 'end' as const }] };
    const id = await create('Then', { perDay: { runs: 1 } }, { schedule: 'on demand', policies });
    expect((await fireMinutes(2)).map(({ taskName }) => taskName)).toEqual(['First', 'Then', 'First']);
    const slots = await application.slots();
    expect(slots.why(id)).toMatchObject([
      { state: 'skipped', reason: 'budget', detail: '1 of 1 run today; it would have run after "First"' },
    ]);
    expect(slots.why(id, new Date(application.clock.now() + 1).toISOString())).toEqual([]);
    expect(slots.attention(id).map(({ message }) => message)).toEqual([
      'Its budget is used up (1 of 1 run today). It does not run after other tasks until tomorrow.',
    ]);
  });

  it('lets no more slots through that were missed together', async () => {
    const id = await create('Asleep', { perDay: { runs: 2 } }, { policies: { catchUp: 'all', overlap: 'allow-all' } });
    application.clock.set(application.clock.now() + 5 * minute);
    expect((await (await application.runs()).fire('every-min')).executions).toHaveLength(2);
    expect(fates(id).filter((fate) => fate === '2 of 2 runs today')).toHaveLength(3);
  });

  it('does not stop a run in progress for a slot that it refuses', async () => {
    const policies = { overlap: 'cancel-other' as const };
    const id = await create('Long', { perDay: { runs: 1 } }, { policies, parameters: { command: 'sleep' } });
    application.clock.advance(minute);
    const runs = await application.runs();
    const first = runs.fire('every-min');
    await expect.poll(() => application.ledger.running().length).toBe(1);
    application.clock.advance(minute);
    expect((await runs.fire('every-min')).executions).toEqual([]);
    expect(application.ledger.running()).toHaveLength(1);
    expect(fates(id)).toEqual(['claimed', '1 of 1 run today']);
    await ticking(Promise.all([runs.cancel(application.ledger.running()[0]?.execution.executionId ?? ''), first]));
  });
});

describe('a budget of run time', () => {
  it('is used up by a run that is in progress', async () => {
    const policies = { overlap: 'allow-all' as const };
    const id = await create('Long', { perMonth: { minutes: 2 } }, { policies, parameters: { command: 'sleep' } });
    const runs = await application.runs();
    const started = [];
    for (let n = 0; n < 3; n += 1) {
      application.clock.advance(minute);
      started.push(runs.fire('every-min'));
      await expect.poll(() => application.ledger.slots(id, epoch).length).toBe(n + 1);
    }
    // One minute of the first run, two of it and one of the second.
    expect(fates(id)).toEqual(['claimed', 'claimed', '3 min of 2 min this month']);
    const ends = application.ledger.running().map(({ execution }) => runs.cancel(execution.executionId));
    await ticking(Promise.all([...ends, ...started]));
  });
});

describe('a budget of agents', () => {
  const limit = async (agent: string, budget: Budget) => {
    const { clients } = await application.agents();
    clients.change(agent, { budget }, 'test');
  };

  it('counts the runs of all tasks that the agent created, also in the same moment', async () => {
    await limit('claude-code', { perDay: { runs: 3 } });
    for (const name of ['A', 'B']) await create(name, null, {}, 'mcp:claude-code@2.1');
    await create('Mine', null);
    expect(await fireMinutes(1)).toHaveLength(3);
    const names = (await fireMinutes(1)).map(({ taskName }) => taskName);
    expect(names).toHaveLength(2);
    expect(names).toContain('Mine');
  });

  it('can be one of all agents together', async () => {
    const { agents } = application.settings.read();
    application.settings.update({ agents: { ...agents, totalBudget: { perDay: { runs: 1 } } } });
    const ids = [await create('A', null, {}, 'mcp:codex@1'), await create('B', null, {}, 'mcp:gemini@1')];
    await fireMinutes(1);
    const said = ids.flatMap(fates).filter((fate) => fate !== 'claimed');
    expect(said).toEqual(['all agents together: 1 of 1 run today']);
  });

  it('is not avoided by deleting a task and creating another one', async () => {
    await limit('codex', { perDay: { runs: 1 } });
    const tasks = await application.tasks();
    const first = await create('A', null, {}, 'mcp:codex@1');
    await fireMinutes(1);
    await tasks.delete(first, 'test');
    const second = await create('B', null, {}, 'mcp:codex@2');
    await fireMinutes(1);
    expect(fates(second)).toEqual(['agent codex: 1 of 1 run today']);
  });
});
