import { expect, it } from 'vitest';
import * as contract from '../../contract/time-style.ts';
import { clockTime, neutralClock } from './clock-time.ts';

it('writes every minute of a day as the window does', () => {
  expect(neutralClock).toBe(contract.neutralClock);
  for (let minute = 0; minute < 1440; minute += 1) {
    for (const clock of ['24h', '12h'] as const) {
      const time = [Math.floor(minute / 60), minute % 60] as const;
      expect(clockTime(...time, clock)).toBe(contract.clockTime(...time, clock));
    }
  }
});
