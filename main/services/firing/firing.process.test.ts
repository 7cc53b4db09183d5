import { describe, expect, it } from 'vitest';
import type { OwnRecord } from '../../testing/fire-fixture.ts';
import { fireFixture, type FireFixture } from '../../testing/fire-fixture.ts';
import type { NodeProcess } from '../../testing/node-process.ts';
import { processesWith } from '../../testing/proc-facts.ts';

const crashes = process.env['TEST_DEEP'] === '1' ? 200 : 12;
const minute = 60_000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const starts = (records: readonly OwnRecord[]) => records.filter(({ what }) => what === 'start');

describe('eight processes that fire the same 40 groups at once', () => {
  it('run each slot exactly once, by the ledger and by what the tasks wrote', async () => {
    const slot = `${new Date().getUTCFullYear() + 1}-01-01T09:00:00.000Z`;
    // Only in January: a slot of today that comes due meanwhile would run too.
    const groups = Array.from({ length: 40 }, (_, n) => `0,${n + 1} 9 1 1 *`);
    const fixture = await fireFixture(groups, { seconds: 0 });
    const go = fixture.go('go');
    const children = Array.from({ length: 8 }, () => fixture.fire(slot, go.path));
    for (const { said } of children) await said('ready');
    go.now();
    for (const { ended } of children) expect(await ended).toEqual({ code: 0, signal: null, stderr: '' });

    const ran = children.map(({ lines }) => Number(lines.at(-1)?.replace('ran ', '')));
    expect(ran.reduce((sum, count) => sum + count, 0)).toBe(40);
    const ledger = fixture.ledger();
    for (const taskId of fixture.taskIds) {
      const [record, ...more] = ledger.slots(taskId, slot);
      expect({ record, more }).toMatchObject({ record: { slot, state: 'claimed' }, more: [] });
      expect(fixture.wrote(taskId)).toEqual([{ what: 'start', slot, executionId: record?.executionId }]);
    }
    const { executions, total } = ledger.list({ limit: 100, offset: 0 });
    expect(total).toBe(40);
    expect(executions.filter(({ status }) => status !== 'success')).toEqual([]);
    ledger.close();
  });
});

it('a slot that waits in one process is not missed when another process fires the group', async () => {
  const firstMs = Math.floor(Date.now() / minute) * minute - 10 * minute;
  const slots = [0, 1, 2].map((n) => new Date(firstMs + n * minute).toISOString());
  const fixture = await fireFixture(['* * * * *'], {
    // Longer than the test: it ends the runs itself, once all three slots are there.
    seconds: 613.7,
    createdAt: new Date(firstMs - minute / 2).toISOString(),
    policies: { overlap: 'buffer-all', catchUp: 'skip' },
  });
  const ledger = fixture.ledger();
  const go = fixture.go('go');
  const started: NodeProcess[] = [];
  go.now();
  for (const [n, slot] of slots.entries()) {
    started.push(fixture.fire(slot, go.path));
    await expect.poll(() => ledger.running().length + ledger.waits().length, { timeout: 20_000 }).toBe(n + 1);
  }
  const ended = Promise.all(started.map((child) => child.ended));
  await expect
    .poll(
      () => {
        for (const { pid } of processesWith('sleep 613.7')) process.kill(pid, 'SIGTERM');
        return ledger.running().length + ledger.waits().length;
      },
      { timeout: 30_000 },
    )
    .toBe(0);
  expect((await ended).map(({ stderr }) => stderr)).toEqual(['', '', '']);
  expect(ledger.slots('t0', slots[0] ?? '').map(({ slot, state }) => [slot, state])).toEqual(
    slots.map((slot) => [slot, 'claimed']),
  );
  expect(ledger.waits()).toEqual([]);
  ledger.close();
});

describe(`a process killed ${crashes} times while it fires`, () => {
  it('runs no slot twice, loses none, and leaves nothing running', async () => {
    const firstMs = Math.floor(Date.now() / minute) * minute - (crashes + 60) * minute;
    const slotOf = (round: number) => new Date(firstMs + round * minute).toISOString();
    const groups = ['* * * * *', '*/1 * * * *', '0-59 * * * *', '0-59/1 * * * *'];
    const fixture = await fireFixture(groups, {
      seconds: 0.2,
      createdAt: new Date(firstMs - minute / 2).toISOString(),
      policies: { catchUp: 'all', overlap: 'allow-all' },
    });
    for (let round = 0; round < crashes; round += 1) await crash(fixture, slotOf(round), round);
    const go = fixture.go('last');
    go.now();
    const last = fixture.fire(slotOf(crashes), go.path);
    expect(await last.ended).toEqual({ code: 0, signal: null, stderr: '' });

    const slots = Array.from({ length: crashes + 1 }, (_, round) => slotOf(round));
    const statuses = fixture.taskIds.flatMap((taskId) => statusesOf(fixture, taskId, slots));
    expect(new Set(statuses)).toEqual(new Set(['success', 'interrupted']));
    process.stdout.write(
      `killed ${crashes} times: ${statuses.length} slots, ${statuses.filter((status) => status === 'interrupted').length} interrupted\n`,
    );
    await expect.poll(() => processesWith(fixture.dir), { timeout: 20_000 }).toEqual([]);
  });
});

/** Kills the firing process: at any point in even rounds, soon after a task has started in odd rounds. */
async function crash(fixture: FireFixture, slot: string, round: number): Promise<void> {
  const written = () => fixture.taskIds.flatMap((taskId) => starts(fixture.wrote(taskId))).length;
  const before = written();
  const go = fixture.go(`round-${round}`);
  const { child, ended, said } = fixture.fire(slot, go.path);
  await said('ready');
  go.now();
  if (round % 2 === 1) await expect.poll(written, { timeout: 20_000, interval: 2 }).toBeGreaterThan(before);
  await pause(Math.random() * (round % 2 === 1 ? 100 : 600));
  child.kill('SIGKILL');
  await ended;
}

/** Checks the ledger against what the task wrote and returns the outcomes of its slots. */
function statusesOf(fixture: FireFixture, taskId: string, slots: readonly string[]): string[] {
  const ledger = fixture.ledger();
  try {
    const records = ledger.slots(taskId, slots[0] ?? '');
    expect(records.map(({ slot }) => slot)).toEqual(slots);
    expect(records.filter(({ state, reason }) => state !== 'claimed' && reason === null)).toEqual([]);
    expect(ledger.running()).toEqual([]);

    const wrote = fixture.wrote(taskId);
    const started = starts(wrote).map(({ slot }) => slot);
    expect(started).toHaveLength(new Set(started).size);
    const claims = new Map(records.map(({ slot, executionId }) => [slot, executionId]));
    for (const { slot, executionId } of wrote) expect(claims.get(slot)).toBe(executionId);

    const executions = records.flatMap(({ executionId }) => ledger.get(executionId ?? '') ?? []);
    expect(executions).toHaveLength(slots.length);
    for (const { executionId, status, error } of executions) {
      if (status === 'interrupted') expect(error?.code).toBe('execution/interrupted');
      else expect(wrote.filter((own) => own.executionId === executionId)).toHaveLength(2);
    }
    return executions.map(({ status }) => status);
  } finally {
    ledger.close();
  }
}
