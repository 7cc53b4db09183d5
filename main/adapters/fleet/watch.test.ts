import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { ChangeWatch } from './watch.ts';

/** A database that clients can listen to. */
class Listening {
  readonly clock = fakeClock();
  readonly clients: EventEmitter[] = [];
  isAway = false;
  ended = 0;
  calls = 0;
  readonly watch = new ChangeWatch({ clock: this.clock, random: () => 1, client: () => this.#client() });

  async #client() {
    const client = Object.assign(new EventEmitter(), {
      connect: () => (this.isAway ? Promise.reject(new Error('away')) : Promise.resolve()),
      query: () => Promise.resolve(),
      end: () => ((this.ended += 1), Promise.resolve()),
    });
    this.clients.push(client);
    return client as never;
  }

  readonly listen = (): (() => void) => this.watch.add(() => (this.calls += 1));
  /** Lets promises settle, then moves time. */
  readonly pass = async (ms: number): Promise<void> => {
    await new Promise(setImmediate);
    this.clock.advance(ms);
    await new Promise(setImmediate);
  };
}

describe('the watch of changes', () => {
  it('calls listeners after it connected, and once for notifications that come together', async () => {
    const db = new Listening();
    db.listen();
    await db.pass(20);
    expect(db.calls).toBe(1);
    for (let count = 0; count < 50; count += 1) db.clients[0]?.emit('notification', { channel: 'ncp' });
    await db.pass(20);
    expect(db.calls).toBe(2);
  });

  it('tells a member at once that it is asked for a log, and tells no other', async () => {
    const db = new Listening();
    const asked: string[] = [];
    for (const memberId of ['a', 'b'])
      db.watch.add(() => (db.calls += 1), { memberId, asked: () => asked.push(memberId) });
    await db.pass(20);
    db.clients[0]?.emit('notification', { channel: 'ncp_log', payload: 'b' });
    expect({ asked, calls: db.calls }).toEqual({ asked: ['b'], calls: 2 });
  });

  it('calls them each minute, also while the database is away', async () => {
    const db = new Listening();
    db.isAway = true;
    db.listen();
    await db.pass(59_999);
    expect(db.calls).toBe(0);
    await db.pass(1);
    expect(db.calls).toBe(1);
    await db.pass(60_000);
    expect(db.calls).toBe(2);
  });

  it('connects again with growing waits, up to a minute, and then calls them', async () => {
    const db = new Listening();
    db.listen();
    await db.pass(20);
    db.isAway = true;
    db.clients[0]?.emit('error', new Error('cut'));
    db.clients[0]?.emit('end');
    const attempts: number[] = [];
    for (let second = 1; second <= 200; second += 1) {
      const before = db.clients.length;
      await db.pass(1000);
      if (db.clients.length > before) attempts.push(second);
    }
    expect(attempts).toEqual([1, 3, 7, 15, 31, 63, 123, 183]);
    db.isAway = false;
    await db.pass(60_000);
    const { calls } = db;
    await db.pass(20);
    expect(db.calls).toBe(calls + 1);
    db.clients.at(-1)?.emit('error', new Error('cut'));
    const count = db.clients.length;
    await db.pass(1000);
    expect(db.clients).toHaveLength(count + 1);
  });

  it('holds one connection for all listeners, and none without', async () => {
    const db = new Listening();
    const stops = [db.listen(), db.listen()];
    await db.pass(20);
    expect([db.clients.length, db.calls]).toEqual([1, 2]);
    stops[0]?.();
    expect(db.ended).toBe(0);
    stops[1]?.();
    expect(db.ended).toBe(1);
    expect(db.clock.pending()).toEqual([]);
    db.listen();
    await db.pass(20);
    expect([db.clients.length, db.calls]).toEqual([2, 3]);
    db.watch.close();
    expect([db.ended, db.clock.pending()]).toEqual([2, []]);
  });

  it('leaves no connection if it stops while it connects', async () => {
    const db = new Listening();
    db.listen()();
    await db.pass(0);
    expect([db.clients.length, db.ended, db.calls]).toEqual([1, 1, 0]);
    await db.pass(600_000);
    expect([db.clients.length, db.calls]).toEqual([1, 0]);
  });
});
