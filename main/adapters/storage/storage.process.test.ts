import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtScript } from '../../testing/built-script.ts';
import { startNode } from '../../testing/node-process.ts';
import { slotAt } from '../../testing/ledger-samples.ts';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { openScheduleStore } from './schedule/schedule-file.ts';
import { openLedger } from './ledger/sqlite-ledger.ts';

const crashes = process.env['TEST_DEEP'] === '1' ? 200 : 30;
let script: string;
beforeAll(async () => {
  script = await builtScript('main/testing/children/storage-child.ts');
});

function open(dir: string) {
  const ledger = openLedger(join(dir, 'ledger.db'));
  return { ledger, store: openScheduleStore({ dir, ledger }) };
}

describe('eight processes at once', () => {
  const each = process.env['TEST_DEEP'] === '1' ? 50 : 20;
  it(`each create ${each} tasks: none is lost`, async () => {
    const dir = temporaryDir();
    const children = Array.from({ length: 8 }, (_, n) => startNode(script, [dir, 'create', `p${n}`, String(each)]));
    for (const { ended } of children) expect(await ended).toEqual({ code: 0, signal: null, stderr: '' });
    const { ledger, store } = open(dir);
    const promised = children.flatMap(({ lines }) => lines.filter((line) => line !== 'ready'));
    expect(promised).toHaveLength(8 * each);
    expect(Object.keys(store.read().tasks).sort()).toEqual([...promised].sort());
    for (const id of promised) expect(ledger.auditTrail(id)).toMatchObject([{ author: 'cli' }]);
    expect(ledger.replacement()).toBeNull();
    expect(ledger.loss()).toBeNull();
    ledger.close();
  });

  it('claim the same 40 × 10 slots: each is claimed once, and counted once', async () => {
    const dir = temporaryDir();
    const children = Array.from({ length: 8 }, (_, n) => startNode(script, [dir, 'claim', `p${n}`, '10']));
    for (const { ended } of children) expect(await ended).toEqual({ code: 0, signal: null, stderr: '' });
    const won = children.flatMap(({ lines }) => lines.filter((line) => line.startsWith('claimed')));
    expect(won).toHaveLength(400);
    expect(new Set(won).size).toBe(400);
    const { ledger } = open(dir);
    for (let n = 0; n < 40; n += 1) {
      expect(ledger.slots(`t${n}`, slotAt(0))).toHaveLength(10);
      expect(ledger.runState([`t${n}`]).get(`t${n}`)).toMatchObject({
        executionCount: 10,
        successfulSlots: 10,
        running: 0,
      });
    }
    ledger.close();
  });
});

describe(`killed ${crashes} times at random`, () => {
  it('while saving: the schedule is completely the old one or the new one, with every confirmed change', async () => {
    const dir = temporaryDir();
    const promised = new Set<string>();
    for (let round = 0; round < crashes; round += 1) {
      const { child, lines, ended, said } = startNode(script, [dir, 'create', `r${round}`, '1000']);
      // Every second round has a confirmed save, also where a save takes longer than the pause.
      await said(round % 2 === 0 ? `r${round}-0` : 'ready');
      await pause(Math.random() * 40);
      child.kill('SIGKILL');
      expect((await ended).signal).toBe('SIGKILL');
      for (const line of lines.slice(1)) promised.add(line);

      const { ledger, store } = open(dir);
      expect(store.state()).toEqual({ state: 'ok' });
      const found = Object.keys(store.read().tasks);
      expect(found.filter((id) => promised.has(id))).toHaveLength(promised.size);
      // One save may have been made but not yet confirmed.
      const unpromised = found.filter((id) => !promised.has(id));
      expect(unpromised.length).toBeLessThanOrEqual(1);
      // The next save removes temporary files, and the history has every task, even of a process that crashed.
      store.update((draft) => {
        for (const id of Object.keys(draft.tasks).slice(0, -50)) {
          delete draft.tasks[id];
          promised.delete(id);
        }
        for (const timing of Object.values(draft.timings)) {
          timing.taskIds = timing.taskIds.filter((id) => id in draft.tasks);
        }
        draft['round'] = round;
      });
      for (const id of unpromised) {
        promised.add(id);
        expect(ledger.auditTrail(id).map(({ action }) => action)).toEqual(['task.create']);
      }
      expect(readdirSync(dir).filter((name) => name.includes('.tmp-'))).toEqual([]);
      expect(ledger.replacement()).toBeNull();
      expect(ledger.loss()).toBeNull();
      ledger.close();
    }
    expect(promised.size).toBeGreaterThan(0);
  }, 600_000);

  it('while claiming: every confirmed slot is claimed, and every claim has its execution', async () => {
    const dir = temporaryDir();
    const claimed = new Set<string>();
    const finished = new Set<string>();
    for (let round = 0; round < crashes; round += 1) {
      const { child, lines, ended, said } = startNode(script, [dir, 'claim', `r${round}`, '1000']);
      // The first round has a confirmed claim, also where a claim takes longer than the pause.
      await said(round === 0 ? 'finished r0-0' : 'ready');
      await pause(Math.random() * 40);
      child.kill('SIGKILL');
      await ended;
      for (const line of lines.slice(1)) {
        const [what, first, second] = line.split(' ');
        if (what === 'finished') finished.add(first ?? '');
        else {
          expect(claimed.has(`${first} ${second}`)).toBe(false);
          claimed.add(`${first} ${second}`);
        }
      }
    }
    const { ledger } = open(dir);
    const records = Array.from({ length: 40 }, (_, n) => ledger.slots(`t${n}`, slotAt(0))).flat();
    const recorded = new Set(records.map(({ taskId, slot }) => `${taskId} ${slot}`));
    for (const promise of claimed) expect(recorded).toContain(promise);
    for (const { executionId } of records) expect(ledger.get(executionId ?? '')).not.toBeNull();
    for (const executionId of finished) expect(ledger.get(executionId)).toMatchObject({ status: 'success' });
    expect(ledger.replacement()).toBeNull();
    expect(ledger.loss()).toBeNull();
    ledger.close();
    expect(claimed.size).toBeGreaterThan(0);
  }, 600_000);
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
