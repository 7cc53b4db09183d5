import type { MemberStatus } from '../../ports/fleet/fleet-members.ts';
import { fleetUrl } from '../fleet/two-machines.ts';
import type { Place } from './scenarios.ts';

const key = (letter: string): string => `MCowBQYDK2VwAyEA${letter.repeat(42)}8=`;

/** Joins a fleet as `laptop`, with two other members, of which one is away, and shares a task. */
export async function addFleet({ application, outside }: Place): Promise<void> {
  const fleet = await application.fleet();
  await fleet.init(fleetUrl);
  await fleet.join({ url: fleetUrl, name: 'laptop', tags: ['linux'], accept: [], author: 'window' });
  const { members, runs } = await outside.fleet().open(fleetUrl);
  const { clock } = outside;
  const status: MemberStatus = {
    ...{ running: 2, limit: 8, servers: [], secrets: [], clockOffsetMs: 12 },
    nextRunAt: new Date(clock.now() + 3_600_000).toISOString(),
  };
  const base = { version: '0.3.0', status };
  await members.join({ ...base, id: 'server', name: 'server', tags: ['gpu', 'linux'], publicKey: key('B') });
  await clock.ago(3 * 3_600_000, () =>
    members.join({ ...base, id: 'rack-2', name: 'rack-2', tags: ['linux'], publicKey: key('C') }),
  );
  const server = (await fleet.members()).find(({ name }) => name === 'server');
  await fleet.accept('server', server?.fingerprint ?? '', 'window');
  const at = (minutes: number) => new Date(clock.now() - minutes * 60_000).toISOString();
  const run = {
    ...{ taskId: 'shared', taskName: 'Train the model', tool: 'shell:run', trigger: 'schedule' as const },
    ...{ attempt: 1, completedAt: null, duration: null, exitCode: null, error: null, logBytes: 120 },
  };
  await runs.save('server', [{ ...run, executionId: 'r1', slot: at(2), startedAt: at(2), status: 'running' }]);
  await runs.save('rack-2', [
    {
      ...{ ...run, executionId: 'r2', slot: at(240), startedAt: at(240), completedAt: at(239), duration: 60_000 },
      ...{ status: 'failure', exitCode: 1, error: { code: 'shell/exit', message: 'Exit code 1: no space left.' } },
    },
  ]);
  await fleet.share('Back up photos', { mode: 'one', tags: ['linux'] }, 'window');
}
