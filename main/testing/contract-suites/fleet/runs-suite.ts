import { beforeEach, expect, it } from 'vitest';
import { fleetRunFilterSchema, type ReportedRun } from '../../../contract/fleet-runs.ts';
import type { FleetDatabase } from '../../../ports/fleet/fleet-database.ts';
import type { LogRequest } from '../../../ports/fleet/fleet-runs.ts';
import { aMember, memberId, type FleetRig } from './fleet-rig.ts';

const aRun = (executionId: string, change: Partial<ReportedRun> = {}): ReportedRun => ({
  ...{ executionId, taskId: 't1', taskName: 'Backup', tool: 'shell:run', trigger: 'schedule', attempt: 1 },
  ...{ slot: '2026-11-23T12:00:00.000Z', startedAt: '2026-11-23T12:00:01.000Z', completedAt: null, duration: null },
  ...{ status: 'running', exitCode: null, error: null, logBytes: 0 },
  ...change,
});
const ended = { status: 'success', completedAt: '2026-11-23T12:00:05.000Z', duration: 4000, exitCode: 0 } as const;
const filter = (given: Parameters<typeof fleetRunFilterSchema.parse>[0] = {}) => fleetRunFilterSchema.parse(given);
const requestId = '00000000-0000-4000-9000-000000000001';
const aRequest = (member: string): LogRequest => ({
  ...{ id: requestId, memberId: memberId(member), text: '{"executionId":"e1"}', signature: 's', key: 'k' },
});
const chunk = { text: 'hello\n', nextOffset: 6, size: 6, complete: true, live: '' };

/** Checks what every `FleetRuns` must do. */
export function runsContract(start: () => Promise<FleetRig>): void {
  let rig: FleetRig;
  let fleet: FleetDatabase;
  beforeEach(async () => {
    rig = await start();
    fleet = await rig.open();
    await fleet.members.join(aMember('a'));
    await fleet.members.join(aMember('b'));
  });
  const idsOf = async (given: Parameters<typeof filter>[0]) =>
    (await fleet.runs.list(filter(given))).runs.map(({ executionId }) => executionId);

  it('lists the runs of all members, newest first, as they were reported last', async () => {
    await fleet.runs.save(memberId('a'), [aRun('e1')]);
    await fleet.runs.save(memberId('b'), [aRun('e2', { startedAt: '2026-11-23T13:00:00.000Z' })]);
    await fleet.runs.save(memberId('a'), [aRun('e1', ended)]);
    const other = await rig.open();
    expect(await other.runs.list(filter())).toEqual({
      runs: [
        { ...aRun('e2', { startedAt: '2026-11-23T13:00:00.000Z' }), memberId: memberId('b'), member: 'b' },
        { ...aRun('e1', ended), memberId: memberId('a'), member: 'a' },
      ],
      more: false,
    });
    expect(await other.runs.find('e1')).toMatchObject({ member: 'a', status: 'success' });
    expect(await other.runs.find('e3')).toBeNull();
  });

  it('filters by task, member, status and start, and says whether a page leaves any out', async () => {
    const later = { startedAt: '2026-11-24T12:00:00.000Z' };
    await fleet.runs.save(memberId('a'), [aRun('e1', ended), aRun('e2', { taskId: 't2', ...later })]);
    await fleet.runs.save(memberId('b'), [aRun('e3', { ...later, ...ended })]);
    expect(await idsOf({ taskId: 't1' })).toEqual(['e3', 'e1']);
    expect(await idsOf({ member: 'a' })).toEqual(['e2', 'e1']);
    expect(await idsOf({ member: memberId('b') })).toEqual(['e3']);
    expect(await idsOf({ status: 'running' })).toEqual(['e2']);
    expect(await idsOf({ since: '2026-11-24T00:00:00.000Z' })).toEqual(['e2', 'e3']);
    const page = (offset: number) => fleet.runs.list(filter({ limit: 1, offset }));
    expect(await page(1)).toMatchObject({ runs: [{ executionId: 'e3' }], more: true });
    expect(await page(2)).toMatchObject({ runs: [{ executionId: 'e1' }], more: false });
    expect(await idsOf({ taskId: 't1', member: 'a', status: 'success', since: '2026-11-23T00:00:00.000Z' })).toEqual([
      'e1',
    ]);
  });

  it('keeps a run with the member that reported it, also after that left', async () => {
    await fleet.runs.save(memberId('a'), [aRun('e1')]);
    await fleet.runs.save(memberId('b'), [aRun('e1', ended)]);
    await fleet.members.leave(memberId('a'));
    expect(await fleet.runs.find('e1')).toMatchObject({ member: 'a', status: 'running' });
  });

  it('removes what is older than it is kept', async () => {
    await fleet.runs.save(memberId('a'), [aRun('e1')]);
    await fleet.runs.removeOld(365 * 86_400_000 * 100);
    expect(await idsOf({})).toEqual(['e1']);
    await fleet.runs.removeOld(0);
    // The instant of a run is the schedule's, which in a test may lie ahead of the database's.
    const isPast = Date.parse(aRun('e1').startedAt) < (await fleet.nowMs());
    expect(await idsOf({})).toEqual(isPast ? [] : ['e1']);
  });

  it('saves runs whose errors hold what no text of a database can hold', async () => {
    const error = { code: 'worker/failed', message: 'a\0b', line: 'cut \uD83D' };
    await fleet.runs.save(memberId('a'), [aRun('e1', { ...ended, status: 'failure', error })]);
    const found = await fleet.runs.find('e1');
    expect(found?.error?.message).toMatch(/^a.b$/su);
    expect(found?.error?.line).toMatch(/^cut .$/su);
  });

  it('brings any text of a log', async () => {
    const text = 'a\0b \uD83D \\u0000 "é😀"\n';
    await fleet.runs.ask(aRequest('b'));
    await fleet.runs.answer(requestId, { chunk: { ...chunk, text, live: '\0' } });
    expect(await fleet.runs.take(requestId)).toEqual({ chunk: { ...chunk, text, live: '\0' } });
  });

  it('brings a request for a log to the member that has it, and the answer back once', async () => {
    const other = await rig.open();
    await other.runs.ask(aRequest('b'));
    expect(await other.runs.take(requestId)).toBeNull();
    expect(await fleet.runs.asked(memberId('a'))).toEqual([]);
    expect(await fleet.runs.asked(memberId('b'))).toEqual([aRequest('b')]);
    await fleet.runs.answer(requestId, { chunk });
    expect(await fleet.runs.asked(memberId('b'))).toEqual([]);
    expect(await other.runs.take(requestId)).toEqual({ chunk });
    expect(await other.runs.take(requestId)).toBeNull();
  });

  it('wakes the member that is asked, and no other', async () => {
    const woken: string[] = [];
    for (const name of ['a', 'b'])
      fleet.watch(() => undefined, { memberId: memberId(name), asked: () => woken.push(name) });
    const other = await rig.open();
    let number = 1;
    // A real database needs a moment until the watch listens.
    const ask = () =>
      other.runs.ask({ ...aRequest('b'), id: `00000000-0000-4000-9000-${String((number += 1)).padStart(12, '0')}` });
    await expect.poll(() => ask().then(() => woken.includes('b')), { timeout: 5000 }).toBe(true);
    expect(woken).not.toContain('a');
  });

  it('forgets a request that nobody waits for any more', async () => {
    await fleet.runs.ask(aRequest('b'));
    await rig.pass(61_000);
    expect(await fleet.runs.asked(memberId('b'))).toEqual([]);
    await fleet.runs.removeOld(86_400_000);
    await fleet.runs.answer(requestId, { refused: 'late' });
    expect(await fleet.runs.take(requestId)).toBeNull();
  });
}
