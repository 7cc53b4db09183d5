import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLedger } from '../../adapters/storage/ledger/sqlite-ledger.ts';
import type { AlertEvent } from '../../contract/alerts/event.ts';
import { policyDefaults } from '../../contract/policy-defaults.ts';
import { settingsSchema } from '../../contract/settings.ts';
import { resolvePolicies } from '../../domain/policy/resolved-policies.ts';
import type { Ledger } from '../../ports/ledger/ledger.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { anExecution, anOutcome } from '../../testing/ledger-samples.ts';
import { memoryStore } from '../../testing/memory-store.ts';
import { addTask } from '../../testing/schedule-samples.ts';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { AlertWriter } from './alert-writer.ts';
import { alertingLedger } from './alerting-ledger.ts';
import { Outbox } from './outbox.ts';

const kills = 200;
/** Where a process dies. Its connection stays open, as nothing of it runs any more. */
const deaths = ['within the transaction', 'before sending', 'before the receiver got it', 'after it'] as const;
const channel = { kind: 'command', command: ['true'] } as const;
const rules = [{ events: ['failed' as const], channels: ['ops'], everyTime: true }];
const settings = settingsSchema.parse({ alerts: { channels: { ops: channel }, rules } });
const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
const failure = { status: 'failure', exitCode: 1, error: { code: 'shell/exit-code', message: 'It broke.' } } as const;

it('200 kills between an outcome and its alert lose none, keep the order, and mark each repeated alert', async () => {
  const clock = fakeClock('2026-11-23T09:00:00.000Z');
  const store = memoryStore();
  store.update((file) => addTask(file, { id: 't1', name: 'Backup' }));
  const path = join(temporaryDir(), 'ledger.db');
  const arrived: AlertEvent[] = [];
  const opened: Ledger[] = [];
  let ids = 0;

  /** Starts a process: a connection of its own to the same file. */
  const processOf = (number: number) => {
    const raw = openLedger(path);
    opened.push(raw);
    const defaults = { ...policyDefaults, timeoutMs: 1000, doubt: 'mark' } as const;
    const writer = new AlertWriter({
      ...{ store, ledger: raw, clock, machine: 'box', timezone: () => 'UTC' },
      settings: { read: () => settings },
      newId: () => `a${(ids += 1)}`,
      policies: (task) => resolvePolicies(task.policies, undefined, defaults),
    });
    const owner = { pid: number, startedAt: 'x' };
    return { ledger: alertingLedger(raw, writer, logger), raw, owner };
  };
  /** Sends what is due, or dies while it sends the first alert. */
  const send = async ({ raw, owner }: ReturnType<typeof processOf>, death: (typeof deaths)[number] | null) => {
    let die: () => void = () => undefined;
    const dead = new Promise<void>((resolve) => (die = resolve));
    const outbox = new Outbox({
      ...{ ledger: raw, settings: { read: () => settings }, clock, random: () => 0.5, owner, logger },
      isAlive: ({ pid }) => pid === owner.pid,
      output: () => null,
      reaches: () => true,
      deliver: (_channel, event) => {
        if (death !== 'before the receiver got it') arrived.push(event);
        if (death === null) return Promise.resolve({ outcome: 'sent', answer: 'ok' } as const);
        die();
        return new Promise(() => undefined);
      },
    });
    await Promise.race([outbox.sendDue(), dead]);
  };

  for (let number = 1; number <= kills; number += 1) {
    const process = processOf(number);
    const death = deaths[number % deaths.length] ?? 'before sending';
    const outcome = anOutcome({ completedAt: clock.nowIso(), ...failure });
    process.ledger.start(anExecution({ executionId: `e${number}`, taskId: 't1', startedAt: clock.nowIso() }));
    const finish = (ledger: Ledger) => ledger.finish(`e${number}`, outcome);
    if (death === 'within the transaction') {
      const killed = new Error('killed');
      const dying = () => {
        finish(process.ledger);
        throw killed;
      };
      expect(() => process.raw.together(dying)).toThrow(killed);
      expect(process.raw.get(`e${number}`)?.status).toBe('running');
      // The next process finds the run without a worker and ends it.
      finish(processOf(number + kills).ledger);
    } else {
      finish(process.ledger);
      if (death !== 'before sending') await send(process, death);
    }
    clock.advance(1000);
  }
  await send(processOf(0), null);

  const runs = arrived.map(({ run }) => run?.id);
  const first = arrived.filter(({ run }, index) => runs.indexOf(run?.id) === index);
  expect(first.map(({ run }) => run?.id)).toEqual(Array.from({ length: kills }, (_, index) => `e${index + 1}`));
  const repeated = arrived.filter(({ run }, index) => runs.indexOf(run?.id) !== index);
  expect(repeated.length).toBeGreaterThan(0);
  expect(repeated.filter(({ possiblyTwice }) => !possiblyTwice)).toEqual([]);
  expect(new Set(arrived.map(({ id }) => id)).size).toBe(kills);
  for (const ledger of opened) ledger.close();
}, 120_000);
