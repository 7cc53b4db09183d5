import { expect, it } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { checkKeptServers } from './check-kept-servers.ts';

const clock = fakeClock('2026-11-23T12:00:00.000Z');
const idle = {
  ...{ server: 'files', pid: 77, startedAt: '2026-11-23T11:00:00.000Z', runs: 17, inFlight: 0, isRetired: false },
  ...{ memoryBytes: 34 * 1024 * 1024, endsAt: '2026-11-23T12:08:00.000Z' },
};
const busy = { ...idle, server: 'git', pid: null, runs: 1, inFlight: 1, memoryBytes: null, endsAt: null };

it('says what kept servers cost and when each ends', async () => {
  const checks = await checkKeptServers({ clock, keptServers: () => Promise.resolve([idle, busy]) });
  const message = 'files: process 77, 34 MB, used by 17 runs, ends in 8 min. git: starting, used by 1 run, 1 now.';
  expect(checks).toEqual([{ id: 'servers/kept', title: 'Kept MCP servers', status: 'ok', message, fixable: false }]);
});

it('says nothing if none is kept', async () => {
  expect(await checkKeptServers({ clock, keptServers: () => Promise.resolve([]) })).toEqual([]);
});
