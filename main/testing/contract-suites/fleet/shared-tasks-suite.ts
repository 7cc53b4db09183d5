import { beforeEach, expect, it } from 'vitest';
import type { FleetDatabase } from '../../../ports/fleet/fleet-database.ts';
import type { SignedDefinition } from '../../../ports/fleet/shared-tasks.ts';
import { memberId, type FleetRig } from './fleet-rig.ts';

const definition = (taskId: string, revision: number, text = `{"id":"${taskId}"}`): SignedDefinition => ({
  ...{ taskId, revision, text, signature: `signature of ${text} ${revision}` },
  ...{ authorId: memberId('a'), authorKey: 'key of a' },
});

/** Checks what every `SharedTasks` must do. */
export function sharedTasksContract(start: () => Promise<FleetRig>): void {
  let rig: FleetRig;
  let fleet: FleetDatabase;
  beforeEach(async () => {
    rig = await start();
    fleet = await rig.open();
  });
  const changed = async (since: number) =>
    (await fleet.tasks.changedSince(since)).map(({ taskId, revision }) => `${taskId} ${revision}`);

  it('returns exactly what was signed, whatever it contains', async () => {
    const text = JSON.stringify({ id: 't1', text: 'naïve ☃ \u2028 \\ "\' $1 %s\n\t🦊' });
    const saved = await fleet.tasks.save(definition('t1', 1, text));
    expect(saved).toEqual({ saved: true, change: expect.any(Number) as number });
    const [stored] = await (await rig.open()).tasks.changedSince(0);
    expect(stored).toEqual({
      ...definition('t1', 1, text),
      ...{ change: saved.saved ? saved.change : null, changedAt: stored?.changedAt },
    });
    expect(Math.abs(Date.parse(stored?.changedAt ?? '') - (await fleet.nowMs()))).toBeLessThan(60_000);
  });

  it.each([
    ['the first is not 1', [], 2],
    ['it skips one', [1], 3],
    ['it is an old one', [1, 2, 3], 2],
  ])('refuses a revision if %s, and shows the latest', async (_, before, revision) => {
    for (const number of before) await fleet.tasks.save(definition('t1', number));
    const answer = await fleet.tasks.save(definition('t1', revision, 'other'));
    const latest = before.at(-1);
    expect(answer).toMatchObject({ saved: false, theirs: latest === undefined ? null : definition('t1', latest) });
    expect(await fleet.tasks.revisions('t1')).toHaveLength(before.length);
  });

  it('saves one of two editors, and shows the other what was saved', async () => {
    await fleet.tasks.save(definition('t1', 1));
    const [one, other] = [fleet, await rig.open()];
    const answers = await Promise.all([
      one.tasks.save(definition('t1', 2, 'one')),
      other.tasks.save(definition('t1', 2, 'other')),
    ]);
    const [latest] = await fleet.tasks.revisions('t1');
    expect(answers.map(({ saved }) => saved).sort()).toEqual([false, true]);
    expect(answers.find(({ saved }) => !saved)).toEqual({ saved: false, theirs: latest });
  });

  it('says again that a revision was saved if its answer was lost', async () => {
    const first = await fleet.tasks.save(definition('t1', 1));
    expect(await fleet.tasks.save(definition('t1', 1))).toEqual(first);
    await fleet.tasks.save(definition('t1', 2, 'other'));
    expect(await fleet.tasks.save(definition('t1', 1))).toEqual(first);
    expect(await fleet.tasks.revisions('t1')).toHaveLength(2);
  });

  it('lists the latest revision of each task that changed, in the order of the changes', async () => {
    await fleet.tasks.save(definition('t1', 1));
    await fleet.tasks.save(definition('t2', 1));
    const saved = await fleet.tasks.save(definition('t1', 2));
    expect(await changed(0)).toEqual(['t2 1', 't1 2']);
    const [{ change } = { change: 0 }] = await fleet.tasks.changedSince(0);
    expect(await changed(change)).toEqual(['t1 2']);
    expect(await changed(saved.saved ? saved.change : 0)).toEqual([]);
  });

  it('lists every change to a reader that asks while many save', async () => {
    const writers = await Promise.all([rig.open(), rig.open(), rig.open()]);
    const ids = Array.from({ length: 30 }, (_, index) => `t${String(index).padStart(2, '0')}`);
    const seen = new Map<string, number>();
    let since = 0;
    let isSaving = true;
    const read = async () => {
      for (const { taskId, change } of await fleet.tasks.changedSince(since)) {
        seen.set(taskId, change);
        since = change;
      }
    };
    const saving = Promise.all(
      ids.map((id, index) => (writers[index % 3] ?? fleet).tasks.save(definition(id, 1))),
    ).finally(() => (isSaving = false));
    while (isSaving) await read();
    await saving;
    await read();
    expect([...seen.keys()].sort()).toEqual(ids);
    expect(new Set(seen.values()).size).toBe(ids.length);
  });

  it('keeps the last 100 revisions of a task, newest first', async () => {
    for (let revision = 1; revision <= 103; revision += 1) await fleet.tasks.save(definition('t1', revision));
    await fleet.tasks.save(definition('t2', 1));
    const revisions = (await fleet.tasks.revisions('t1')).map(({ revision }) => revision);
    expect([revisions.length, revisions[0], revisions.at(-1)]).toEqual([100, 103, 4]);
    expect(await fleet.tasks.revisions('t3')).toEqual([]);
  });

  it('calls the watchers of every member', async () => {
    const other = await rig.open();
    const called = new Promise<void>((resolve) => other.watch(resolve));
    await fleet.tasks.save(definition('t1', 1));
    await called;
    expect(await changed(0)).toEqual(['t1 1']);
  });
}
