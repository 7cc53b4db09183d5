import { expect, it } from 'vitest';
import { parseCron } from '../../../domain/cron/parse-cron.ts';
import type { TranslateContext } from '../../../ports/os-scheduler.ts';
import { translateToCron } from './translate.ts';

const covers = (cron: string, timezone: string, fromMs: number): string => {
  const context: TranslateContext = {
    command: ['/opt/ncp-scheduler'],
    env: {},
    machineTimezone: timezone,
    fromMs,
    homeDir: '/home/ada',
    namespace: '',
  };
  const schedule = { kind: 'cron', cron: parseCron(cron), timezone } as const;
  return translateToCron({ timingId: 'group', key: 'key', description: 'Group', schedule }, context).covers;
};
const from = Date.parse('2028-02-29T09:09:00Z');

it('is not exact for times in a gap, which cron runs right after it, although the moved slot is covered', () =>
  expect(covers('16,55 1-3 * * *', 'Africa/Casablanca', from)).toBe('superset'));

it('is exact if no clock change affects the times', () => {
  expect(covers('16,55 5-7 * * *', 'Africa/Casablanca', from)).toBe('exact');
  expect(covers('16,55 1-3 * * *', 'UTC', from)).toBe('exact');
});
