import { expect, it } from 'vitest';
import { cronSpec } from '../../../domain/timing/cron-spec.ts';
import { contextOf, groupOfSpec } from '../testing/schedule-arbitraries.ts';
import { translateToSystemd } from './translate.ts';

const timers = ['@daily', '@every 65m', '0 9 * * 1-5'];

it.each(timers)('a run of %s holds up a logout or shutdown for ten seconds at most', (cron) => {
  const { artifacts } = translateToSystemd(groupOfSpec(cronSpec(cron, 'UTC')), contextOf('UTC', 0));
  const service = artifacts.find(({ path }) => path.endsWith('.service'))?.content ?? '';
  const start = service.split('\n').filter((line) => line.startsWith('ExecStart='));
  expect(start).toEqual([expect.stringContaining(' --property=TimeoutStopSec=10 ')]);
});
