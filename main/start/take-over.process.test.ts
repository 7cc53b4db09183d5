import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SlotRecord } from '../contract/execution.ts';
import type { BuiltCommandLine } from '../testing/built-command-line.ts';
import { joinedMembers, ok, type JoinedMembers } from '../testing/fleet/joined-members.ts';
import { noPostgres } from '../testing/postgres-server.ts';

/** Slots of an hourly task in the catch-up window, which no member fires by itself. */
const [killed = '', frozen = ''] = [3, 2].map((hours) =>
  new Date(Math.floor(Date.now() / 3_600_000 - hours) * 3_600_000).toISOString(),
);

let fleet: JoinedMembers;
let log: string;
const servers: ChildProcess[] = [];

/** The starts that the task itself has written: slot, attempt and process. */
const starts = () =>
  (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []).map((line) => {
    const [slot = '', attempt = '', pid = ''] = line.split(' ');
    return { slot, attempt: Number(attempt), pid: Number(pid) };
  });
const pidOf = (slot: string) => starts().find((start) => start.slot === slot && start.attempt === 1)?.pid ?? 0;
const attemptsOf = (slot: string) => starts().flatMap((start) => (start.slot === slot ? start.attempt : []));
const patient = { timeout: 60_000, interval: 100 };

function isAlive(pid: number): boolean {
  try {
    // Signal 0 to process 0 would always reach this one.
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function storyOn(member: BuiltCommandLine, slot: string): Promise<string> {
  const { slots } = await ok<{ slots: SlotRecord[] }>(member, 'why', 'Count', '--since', '6h');
  const record = slots.find((each) => each.slot === slot);
  return `${record?.state}: ${record?.detail}`;
}

const missing = noPostgres();

describe.skipIf(missing !== null)(
  `a run whose machine is lost, with real processes${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    beforeAll(async () => {
      fleet = await joinedMembers(['laptop', 'desktop', 'server'], ['--lease', '5s']);
      const [laptop, ...others] = fleet.members;
      if (laptop === undefined) throw new Error('three members were expected');
      log = join(laptop.home, 'starts');
      const command = `echo "$NCP_SLOT $NCP_ATTEMPT $$" >> ${log}; if [ "$NCP_ATTEMPT" = 1 ]; then sleep 600; fi`;
      await ok(
        ...([laptop, 'create', '--name', 'Count', '--schedule', '0 * * * *', '--tool', 'shell:run'] as const),
        ...['--overlap', 'allow-all', '--if-lost', 'take-over', '--timeout', '20m', '--runs-on', 'one'],
        ...['--params', JSON.stringify({ command })],
      );
      servers.push(...others.map((member) => member.start('serve')));
    });
    afterAll(async () => {
      for (const server of servers) server.kill('SIGKILL');
      await fleet.dispose();
    });

    it('is made again by one other member, also if the first one was only frozen', async () => {
      const [laptop, ...others] = fleet.members;
      if (laptop === undefined) throw new Error('three members were expected');
      const { timings } = await ok<{ timings: { id: string }[] }>(laptop, 'groups');
      const fire = (slot: string) => laptop.start('_timing-run', timings[0]?.id ?? '', '--slot', slot);
      const [victim, sleeper] = [fire(killed), fire(frozen)];
      const woken = new Promise((resolve) => sleeper.once('close', resolve));
      await expect.poll(() => [pidOf(killed), pidOf(frozen)].every(isAlive), patient).toBe(true);
      const pids = [pidOf(killed), pidOf(frozen)];
      victim.kill('SIGKILL');
      sleeper.kill('SIGSTOP');
      await expect
        .poll(() => [attemptsOf(killed), attemptsOf(frozen)], patient)
        .toEqual([
          [1, 2],
          [1, 2],
        ]);
      sleeper.kill('SIGCONT');
      await woken;
      await expect.poll(() => pids.map(isAlive), patient).toEqual([false, false]);
      // Nothing was started twice, whichever member looked first.
      const named = starts().map(({ slot, attempt }) => `${slot} ${attempt}`);
      expect(named).toHaveLength(new Set(named).size);
      expect(
        await fleet.server.sql('select attempt, state, fence::int from ncp.claim order by attempt', 'ncp'),
      ).toEqual([
        ...[1, 1].map(() => ({ attempt: 1, state: 'interrupted', fence: 2 })),
        ...[1, 1].map(() => ({ attempt: 2, state: 'success', fence: 1 })),
      ]);
      for (const slot of [killed, frozen]) {
        expect(await storyOn(laptop, slot)).toMatch(
          /^claimed: this machine was lost while it ran \(no sign of life\); then ran on (desktop|server)$/,
        );
        const stories = await Promise.all(others.map((member) => storyOn(member, slot)));
        const story = 'laptop was lost while it ran (no sign of life); then ran on';
        expect(stories.filter((each) => each.endsWith(`${story} this machine`))).toHaveLength(1);
      }
      const { executions } = await ok<{ executions: { status: string; error: { code: string } | null }[] }>(
        ...([laptop, 'runs', '--task', 'Count'] as const),
      );
      expect(executions.map(({ status, error }) => `${status} ${error?.code}`).sort()).toEqual([
        'cancelled execution/superseded',
        'interrupted execution/interrupted',
      ]);
    });
  },
);
