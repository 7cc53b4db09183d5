import { expect, it } from 'vitest';
import { autoKindsOn, kindsOn } from './os-scheduler-kinds.ts';

it.each([
  ['linux', ['systemd', 'cron'], ['systemd', 'cron', 'in-process']],
  ['freebsd', ['systemd', 'cron'], ['systemd', 'cron', 'in-process']],
  ['darwin', ['launchd'], ['launchd', 'cron', 'in-process']],
  ['win32', ['windows'], ['windows', 'in-process']],
])('on %s `auto` tries %j, and a person can choose %j', (platform, tried, offered) => {
  expect(autoKindsOn(platform)).toEqual(tried);
  expect(kindsOn(platform)).toEqual(offered);
});
