import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openScheduleStore } from '../../adapters/storage/schedule/schedule-file.ts';
import { openLedger } from '../../adapters/storage/ledger/sqlite-ledger.ts';
import { createApplication } from '../../application/create-application.ts';
import type { ProposedChange } from '../../contract/proposal.ts';
import type { Ledger } from '../../ports/ledger/ledger.ts';
import { memoryOutside, memoryProcessTree, type MemoryOutside } from '../../testing/memory-outside.ts';
import { temporaryDir } from '../../testing/temporary-dir.ts';

const claude = { name: 'Claude', version: '1.0' };
const draft = { name: 'Backup', schedule: 'every weekday at 9am', tool: 'shell:run', parameters: { command: 'true' } };

class Killed extends Error {}

/** A process that can be killed at each of its writes. After that, none of its calls does anything. */
interface Mortal {
  readonly outside: MemoryOutside;
  /** Number of writes so far: transactions begun, ended but not committed, and committed. */
  writes(): number;
  killAt(write: number): void;
}

let dir: string;
let open: { close(): void }[];
let died: Set<number>;
let outsides: MemoryOutside[];
beforeEach(() => {
  dir = temporaryDir();
  open = [];
  died = new Set();
  outsides = [];
});
afterEach(() => {
  for (const ledger of open) ledger.close();
  for (const outside of outsides) outside.dispose();
});

/** Returns a process over the real files of one data directory. */
function processOf(pid: number): Mortal {
  const ledger = openLedger(`${dir}/ledger.db`);
  open.push(ledger);
  let count = 0;
  let last = Infinity;
  const step = (): void => {
    if (died.has(pid)) throw new Killed();
    count += 1;
    if (count < last) return;
    died.add(pid);
    throw new Killed();
  };
  const mortal = mortalLedger(ledger, step);
  const base = memoryOutside('2026-11-23T12:00:00.000Z');
  outsides.push(base);
  let ids = 0;
  const outside: MemoryOutside = {
    ...base,
    ledger: mortal,
    store: openScheduleStore({ dir, ledger: mortal }) as MemoryOutside['store'],
    newId: () => `p${pid}-${(ids += 1)}`,
    machine: { ...base.machine, pid },
    processTree: () => Promise.resolve({ ...memoryProcessTree, isAlive: (process) => !died.has(process.pid) }),
  };
  return { outside, writes: () => count, killAt: (write) => (last = count + write) };
}

/** Wraps the writes that an approval makes, so that each can be the last thing its process does. */
function mortalLedger(ledger: Ledger, step: () => void): Ledger {
  let depth = 0;
  const around =
    <A extends unknown[], R>(write: (...args: A) => R) =>
    (...args: A): R => {
      if (depth > 0) return write(...args);
      step();
      const result = write(...args);
      step();
      return result;
    };
  return {
    ...ledger,
    decideProposal: around(ledger.decideProposal),
    audit: around(ledger.audit),
    withWriteLock: (action) =>
      around(() =>
        ledger.withWriteLock(() => {
          depth += 1;
          try {
            const result = action();
            // The file is already replaced, and the transaction is not committed yet.
            step();
            return result;
          } finally {
            depth -= 1;
          }
        }),
      )(),
  };
}

type Step = (taskId: string) => ProposedChange;
const changes: [
  string,
  Step,
  (tasks: { name: string; status: string; description?: string | undefined }[]) => boolean,
][] = [
  [
    'a new task',
    () => ({ action: 'create', draft: { ...draft, name: 'New' }, validate: true, testRun: false }),
    (tasks) => tasks.some(({ name }) => name === 'New'),
  ],
  [
    'a change',
    (taskId) => ({ action: 'update', taskId, change: { description: 'new' }, validate: true }),
    (tasks) => tasks.some(({ description }) => description === 'new'),
  ],
  [
    'a change of the schedule',
    (taskId) => ({
      action: 'update',
      taskId,
      change: { schedule: 'every day at 7pm', description: 'new' },
      validate: true,
    }),
    (tasks) => tasks.some(({ description }) => description === 'new'),
  ],
  ['a pause', (taskId) => ({ action: 'pause', taskId }), (tasks) => tasks.some(({ status }) => status === 'paused')],
  ['a deletion', (taskId) => ({ action: 'delete', taskId }), (tasks) => tasks.length === 0],
];

describe('an approval whose process is killed', () => {
  it.each(changes)(
    'at any write of %s is decided at the next look, and takes effect once',
    async (_, changeOf, isDone) => {
      const seen = new Set<string>();
      for (let write = 1; ; write += 1) {
        dir = temporaryDir();
        const [first, second] = [processOf(write * 2), processOf(write * 2 + 1)];
        const { id: taskId } = (await (await createApplication(first.outside).tasks()).create(draft, 'window')).task;
        const agents = await createApplication(first.outside).agents();
        const submitted = await agents.submit(changeOf(taskId), claude);
        if (submitted.kind === 'done') throw new Error('it was done at once');
        const { id } = submitted.proposal;
        first.killAt(write);
        const survived = await agents.proposals.approve(id, 'window').then(
          () => true,
          (problem: unknown) => {
            if (!(problem instanceof Killed)) throw problem;
            return false;
          },
        );
        const { proposals } = await createApplication(second.outside).agents();
        const { state, error } = proposals.get(id);
        const done = isDone(Object.values(second.outside.store.read().tasks));
        expect([state, done], `write ${write}: ${error?.message ?? ''}`).toEqual(
          done ? ['applied', true] : ['pending', false],
        );
        seen.add(`${state}`);
        if (state === 'pending') {
          await proposals.approve(id, 'window');
          expect(proposals.get(id).state).toBe('applied');
        } else await expect(proposals.approve(id, 'window')).rejects.toMatchObject({ code: 'agent/proposal-decided' });
        const tasks = Object.values(second.outside.store.read().tasks);
        expect(isDone(tasks)).toBe(true);
        expect(tasks.filter(({ name }) => name === 'New').length).toBeLessThanOrEqual(1);
        if (survived) break;
      }
      expect([...seen].sort()).toEqual(['applied', 'pending']);
    },
  );

  it('waits while the process that applies it is alive', async () => {
    const [first, second] = [processOf(2), processOf(3)];
    const { id: taskId } = (await (await createApplication(first.outside).tasks()).create(draft, 'window')).task;
    const agents = await createApplication(first.outside).agents();
    const submitted = await agents.submit({ action: 'trigger', taskId }, claude);
    const id = submitted.kind === 'waits' ? submitted.proposal.id : '';
    let answer: (line: string) => void = () => undefined;
    const line = new Promise<string>((resolve) => (answer = resolve));
    first.outside.setOwnProgram(() => line);
    const approving = agents.proposals.approve(id, 'window');
    const { proposals } = await createApplication(second.outside).agents();
    await expect.poll(() => proposals.get(id).state).toBe('applying');
    answer('not JSON');
    await expect(approving).rejects.toMatchObject({ code: 'worker/not-started' });
    expect(proposals.get(id).state).toBe('failed');
  });

  it('is pending again in the list that the window and the tray show', async () => {
    const [first, second] = [processOf(2), processOf(3)];
    const { id: taskId } = (await (await createApplication(first.outside).tasks()).create(draft, 'window')).task;
    const agents = await createApplication(first.outside).agents();
    await agents.submit({ action: 'trigger', taskId }, claude);
    first.outside.setOwnProgram(() => new Promise(() => undefined));
    void agents.proposals.approve(agents.proposals.waiting()[0]?.id ?? '', 'window');
    const { proposals } = await createApplication(second.outside).agents();
    await expect.poll(() => proposals.list({ state: 'applying' }).total).toBe(1);
    expect(proposals.waiting()).toEqual([]);
    died.add(2);
    expect(proposals.waiting()).toMatchObject([{ title: 'Run "Backup" now' }]);
  });

  it('does not come back beside a new proposal of the same change', async () => {
    const [first, second] = [processOf(2), processOf(3)];
    const { id: taskId } = (await (await createApplication(first.outside).tasks()).create(draft, 'window')).task;
    const agents = await createApplication(first.outside).agents();
    const submitted = await agents.submit({ action: 'trigger', taskId }, claude);
    const id = submitted.kind === 'waits' ? submitted.proposal.id : '';
    first.outside.setOwnProgram(() => new Promise(() => undefined));
    void agents.proposals.approve(id, 'window');
    const other = await createApplication(second.outside).agents();
    await expect.poll(() => other.proposals.get(id).state).toBe('applying');
    await other.submit({ action: 'trigger', taskId }, claude);
    died.add(2);
    expect(other.proposals.get(id)).toMatchObject({ state: 'failed', error: { code: 'agent/interrupted' } });
    expect(other.proposals.list({ state: 'pending' }).total).toBe(1);
  });
});
