import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../system/system-clock.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { FleetDatabase } from '../../ports/fleet/fleet-database.ts';
import { builtScript } from '../../testing/built-script.ts';
import { aMember, memberId } from '../../testing/contract-suites/fleet/fleet-rig.ts';
import { startCutProxy } from '../../testing/cut-proxy.ts';
import { freePort } from '../../testing/free-port.ts';
import { startNode, type NodeProcess } from '../../testing/node-process.ts';
import { noPostgres, startPostgres, type PostgresServer } from '../../testing/postgres-server.ts';
import { seededRandom } from '../../testing/seeded-random.ts';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { postgresFleet } from './postgres-fleet.ts';

const missing = noPostgres();
/** `npm run test:deep` takes ten times as long. */
const factor = process.env['TEST_DEEP'] === '1' ? 10 : 1;
const slots = 400 * factor;
const names = ['a', 'b', 'c', 'd', 'e', 'f'];
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.skipIf(missing !== null)(`the members of a fleet${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let server: PostgresServer;
  let script: string;
  const fleet = postgresFleet({ clock: systemClock, random: Math.random });
  const random = seededRandom('faults of a fleet');

  beforeAll(async () => {
    script = await builtScript('main/testing/children/claim-child.ts');
    server = await startPostgres();
    await fleet.init(server.url('postgres'));
  });
  afterAll(() => server.dispose());
  beforeEach(async () => {
    await server.sql('truncate ncp.member, ncp.definition, ncp.claim, ncp.mark');
  });

  const startMember = (url: string, name: string, args: readonly string[]): NodeProcess => {
    const member = startNode(script, [url, name, ...args]);
    onTestFinished(() => void member.child.kill('SIGKILL'));
    return member;
  };
  /**
   * Six members claim the same slots, three from the first on and three from the last on. After every 1 to `most` starts,
   * `disturb` is called: by progress and not by time, so that a slow machine gets on as well.
   */
  const claimAll = async (port: number, disturb: () => Promise<void>, most = 1) => {
    const go = join(temporaryDir(), 'go');
    const members = names.map((name, index) => {
      const order = index % 2 === 0 ? 'forwards' : 'backwards';
      return startMember(server.url('postgres', port), name, [go, order, String(slots)]);
    });
    await Promise.all(members.map(({ said }) => said('ready')));
    writeFileSync(go, '');
    let isDone = false;
    const all = Promise.all(members.map(({ ended }) => ended)).finally(() => (isDone = true));
    const started = () => members.reduce((sum, { lines }) => sum + lines.length, 0);
    while (!isDone) {
      const until = started() + 1 + random() * most;
      while (!isDone && started() < until) await pause(2);
      await disturb();
    }
    expect((await all).map(({ code, stderr }) => `${code} ${stderr}`)).toEqual(names.map(() => '0 '));
    return members.map(({ lines }) => lines.filter((line) => line.startsWith('start ')));
  };
  const expectEachOnce = async (starts: readonly string[][]) => {
    expect(starts.flat()).toHaveLength(slots);
    expect(new Set(starts.flat()).size).toBe(slots);
    expect(await server.sql('select state, count(*)::int from ncp.claim group by state')).toEqual([
      { state: 'success', count: slots },
    ]);
  };

  it('start each slot once if all of them claim it', async () => {
    const starts = await claimAll(server.port, () => Promise.resolve(), slots);
    await expectEachOnce(starts);
    expect(starts.filter((won) => won.length > 0).length).toBeGreaterThan(1);
  });

  it('start each slot once while connections are cut and the server crashes', async () => {
    const port = await freePort();
    const proxy = await startCutProxy(port, server.port);
    onTestFinished(() => proxy.close());
    let cuts = 0;
    let crashes = 0;
    const starts = await claimAll(
      port,
      async () => {
        proxy.cut();
        cuts += 1;
        if (cuts % 8 !== 4) return;
        await server.stop('immediate');
        await server.start();
        crashes += 1;
      },
      30,
    );
    await expectEachOnce(starts);
    expect(cuts).toBeGreaterThan(5);
    expect(crashes).toBeGreaterThan(0);
  });

  it('cannot end a run that another member ended while they were frozen', async () => {
    const go = join(temporaryDir(), 'go');
    const frozen = startMember(server.url('postgres'), 'a', [go, 'hold']);
    await frozen.said('holding');
    frozen.child.kill('SIGSTOP');
    const database = await fleet.open(server.url('postgres'));
    onTestFinished(() => database.close());
    await server.sql(`update ncp.claim set seen_at = seen_at - interval '1 minute'`);
    const [lost] = await database.claims.endLost(40_000, 'a gave no sign of life');
    expect(lost).toMatchObject({ memberId: memberId('a'), state: 'interrupted', fence: 2 });
    frozen.child.kill('SIGCONT');
    writeFileSync(go, '');
    expect(await frozen.ended).toMatchObject({ code: 0 });
    expect(frozen.lines).toEqual(['holding', 'beat 1', 'end false']);
    expect(await database.claims.of('t1', lost?.slot ?? '', lost?.slot ?? '')).toEqual([lost]);
  });

  it('save each revision of two editors once, although answers are lost', async () => {
    const port = await freePort();
    const proxy = await startCutProxy(port, server.port);
    onTestFinished(() => proxy.close());
    const url = server.url('postgres', port);
    const edit = async ({ tasks }: FleetDatabase, name: string) => {
      const saved: number[] = [];
      const again = async (revision: number): Promise<void> => {
        const text = `${name} ${revision}`;
        const definition = { taskId: 't1', revision, text, signature: text, authorId: name, authorKey: name };
        for (;;) {
          try {
            if ((await tasks.save(definition)).saved) saved.push(revision);
            return;
          } catch (error) {
            if (!(error instanceof SchedulerError) || error.code !== 'fleet/away') throw error;
          }
        }
      };
      for (let revision = 1; revision <= 60 * factor; revision += 1) {
        await again(revision);
        if (random() < 0.2) proxy.cut();
      }
      return saved;
    };
    const [one, other] = [await fleet.open(url), await fleet.open(url)];
    const saved = await Promise.all([edit(one, 'one'), edit(other, 'other')]);
    await Promise.all([one.close(), other.close()]);
    const wanted = Array.from({ length: 60 * factor }, (_, index) => index + 1);
    expect(saved.flat().sort((a, b) => a - b)).toEqual(wanted);
  });

  it('work again when the server is back, and their watchers are called', async () => {
    const database = await fleet.open(server.url('postgres'));
    onTestFinished(() => database.close());
    await database.members.join(aMember('a'));
    let called: () => void = () => undefined;
    const calls = () => new Promise<void>((resolve) => (called = resolve));
    const first = calls();
    database.watch(() => called());
    await first;
    await server.stop('immediate');
    await expect(database.members.list()).rejects.toMatchObject({ code: 'fleet/away' });
    const again = calls();
    await server.start();
    await again;
    expect(await database.members.list()).toMatchObject([{ name: 'a' }]);
    const changed = calls();
    await database.members.leave(memberId('a'));
    await changed;
  });
});
