import fc from 'fast-check';
import { expect, it } from 'vitest';
import { alertFilterSchema } from '../../contract/alerts/outbox.ts';
import { settingsSchema } from '../../contract/settings.ts';
import type { AlertEvent } from '../../contract/alerts/event.ts';
import type { Ledger } from '../../ports/ledger/ledger.ts';
import type { Delivery } from '../../ports/alert-channels.ts';
import { fakeClock, type FakeClock } from '../../testing/fake-clock.ts';
import { anAlert } from '../../testing/ledger-samples.ts';
import { memoryLedger } from '../../testing/memory-ledger.ts';
import { randomOf } from '../../testing/seeded-random.ts';
import { Outbox } from './outbox.ts';

const alertCount = 1000;
const channel = { kind: 'command', command: ['true'] } as const;
const settings = settingsSchema.parse({ alerts: { channels: { ops: channel, mail: channel } } });
const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
const offline = { fromMs: 10 * 60_000, toMs: 70 * 60_000 };

/** A machine whose processes die at any moment, and a receiver that fails. */
class World {
  readonly ledger: Ledger = memoryLedger();
  readonly clock: FakeClock = fakeClock('2026-11-23T09:00:00.000Z');
  readonly #startMs = this.clock.now();
  /** What arrived, in order. */
  readonly arrived: { readonly id: string; readonly twice: boolean }[] = [];
  kills = 0;
  #process = 0;
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = randomOf(seed);
  }

  /** Adds alerts for both channels, in turn. */
  add(first: number, count: number): void {
    const at = this.clock.nowIso();
    const expiresAt = new Date(this.clock.now() + 3 * 86_400_000).toISOString();
    for (let number = first; number < first + count; number += 1)
      this.ledger.addAlerts([
        anAlert({
          channel: number % 2 === 0 ? 'ops' : 'mail',
          notBefore: at,
          expiresAt,
          event: { id: String(number), at },
        }),
      ]);
  }

  /** Lets one process send what is due, until it has nothing to do or is killed. */
  async live(): Promise<void> {
    const owner = { pid: (this.#process += 1), startedAt: 'x' };
    let kill: () => void = () => undefined;
    const killed = new Promise<void>((resolve) => (kill = resolve));
    let isDead = false;
    const outbox = new Outbox({
      ...{ ledger: this.ledger, settings: { read: () => settings }, clock: this.clock, random: this.#random, owner },
      isAlive: ({ pid }) => pid === owner.pid,
      output: () => null,
      reaches: () => true,
      logger,
      deliver: (_channel, event) => {
        if (isDead) return new Promise(() => undefined);
        if (this.#random() > 0.03) return Promise.resolve(this.#receive(event));
        isDead = true;
        this.kills += 1;
        // Killed before or after the receiver got it: nobody learns which.
        if (this.#random() < 0.5) this.#receive(event);
        kill();
        return new Promise(() => undefined);
      },
    });
    await Promise.race([outbox.sendDue(), killed]);
  }

  #receive({ id, possiblyTwice }: AlertEvent): Delivery {
    const sinceMs = this.clock.now() - this.#startMs;
    if (sinceMs >= offline.fromMs && sinceMs < offline.toMs)
      return { outcome: 'failed', answer: 'offline', mayHaveArrived: false };
    if (this.#random() < 0.3)
      return { outcome: 'failed', answer: '429', askedMs: 20_000 * this.#random(), mayHaveArrived: false };
    this.arrived.push({ id, twice: possiblyTwice });
    if (this.#random() < 0.07) return { outcome: 'failed', answer: 'no answer', mayHaveArrived: true };
    return { outcome: 'sent', answer: 'ok' };
  }
}

it('each of 1,000 alerts arrives once or as possibly twice, in order, although processes die and attempts fail', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const world = new World(seed);
      for (let added = 0; added < alertCount; added += 10) {
        world.add(added, 10);
        await world.live();
        world.clock.advance(60_000);
      }
      for (let rounds = 0; world.ledger.dueAlerts().length > 0; rounds += 1) {
        expect(rounds).toBeLessThan(20_000);
        await world.live();
        world.clock.advance(20_000);
      }
      const first = new Map<string, number>();
      for (const { id, twice } of world.arrived) {
        if (first.has(id)) expect(twice).toBe(true);
        else first.set(id, Number(id));
      }
      expect(first.size).toBe(alertCount);
      for (const parity of [0, 1]) {
        const order = [...first.values()].filter((number) => number % 2 === parity);
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }
      expect(world.kills).toBeGreaterThan(10);
      expect(world.ledger.alerts(alertFilterSchema.parse({ state: 'dropped' })).total).toBe(0);
      world.ledger.close();
    }),
    { numRuns: 2 },
  );
});
