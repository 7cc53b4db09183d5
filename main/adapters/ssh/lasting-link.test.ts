import { expect, it } from 'vitest';
import { SchedulerError } from '../../domain/errors.ts';
import type { LinkState } from '../../ports/machine-link.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import type { BridgeConnection } from './bridge-connection.ts';
import { LastingLink } from './lasting-link.ts';

const machine = { name: 'server', user: 'kim', platform: 'linux', timezone: 'UTC' };
const gone = new SchedulerError('machine/connection-lost', 'The connection to web was lost.');

/** Returns a link whose attempts end as `outcomes` say, in order; the last one counts for all later ones. */
function fixture(...outcomes: readonly (string | SchedulerError)[]) {
  const clock = fakeClock('2026-11-23T12:00:00.000Z');
  const states: LinkState[] = [];
  const attempts: number[] = [];
  let closed = 0;
  let lose: (problem: SchedulerError) => void = () => undefined;
  const open = async (onLost: typeof lose): Promise<BridgeConnection> => {
    const outcome = outcomes[Math.min(attempts.length, outcomes.length - 1)];
    attempts.push(clock.now());
    lose = onLost;
    if (typeof outcome !== 'string') throw outcome ?? gone;
    const greeting = { contract: outcome, version: '1.0.0', machine };
    return { greeting, call: () => Promise.resolve({ ok: true, value: {} as never }), close: () => (closed += 1) };
  };
  const common = { host: 'web', version: '2.0.0', contract: 'ours', clock, open };
  const link = new LastingLink({ ...common, onState: (state) => states.push(state) });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const advance = async (ms: number) => {
    clock.advance(ms);
    await settled();
  };
  return { link, clock, states, attempts, advance, settled, lose: () => lose(gone), closed: () => closed };
}

it('connects, says since when the machine is unreachable, and connects again', async () => {
  const { link, states, settled, lose, advance } = fixture('ours');
  expect(await link.call('settings.get', {})).toMatchObject({ ok: false, error: { code: 'machine/unreachable' } });
  await settled();
  expect(link.state).toMatchObject({ state: 'connected', greeting: { machine } });
  expect(await link.call('settings.get', {})).toMatchObject({ ok: true });
  lose();
  expect(link.state).toMatchObject({ state: 'unreachable', since: '2026-11-23T12:00:00.000Z', problem: gone });
  expect(await link.call('settings.get', {})).toMatchObject({ ok: false, error: { code: 'machine/connection-lost' } });
  await advance(1000);
  expect(states.map(({ state }) => state)).toEqual(['connected', 'unreachable', 'connected']);
});

it('waits longer after each failure, a minute at most, and keeps the first instant', async () => {
  const { link, attempts, settled, advance, clock } = fixture(gone);
  await settled();
  const begun = clock.now();
  for (let second = 0; second < 200; second += 1) await advance(1000);
  expect(attempts.map((at) => (at - begun) / 1000)).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183]);
  expect(link.state).toMatchObject({ state: 'unreachable', since: '2026-11-23T12:00:00.000Z' });
});

it('refuses a machine with another contract by name, and tries again, because it may be updated', async () => {
  const { link, settled, advance, closed } = fixture('theirs', 'ours');
  await settled();
  expect(link.state).toMatchObject({
    problem: { code: 'machine/other-version', details: { theirs: '1.0.0', ours: '2.0.0' } },
  });
  expect(closed()).toBe(1);
  await advance(1000);
  expect(link.state.state).toBe('connected');
});

it('tries no more once it is closed', async () => {
  const { link, attempts, settled, advance, clock, lose } = fixture(gone, 'ours');
  await settled();
  link.close();
  lose();
  await advance(120_000);
  expect(attempts).toHaveLength(1);
  expect(clock.pending()).toEqual([]);
});
