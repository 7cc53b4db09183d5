import { describe, expect, it } from 'vitest';
import { Unsaid } from '../reading/reading.ts';
import { readCalendarEvent } from '../systemd/read-calendar.ts';
import { readTimers } from '../systemd/read-timer.ts';
import { timeSpan, wordsOf } from '../systemd/read-unit.ts';
import { serviceSample, timerSample } from '../testing/foreign-samples.ts';
import { context, keys, only, reasons } from '../testing/readings.ts';

describe('a systemd timer', () => {
  const files = { name: 'backup.timer', timer: [timerSample], service: [serviceSample] };

  it('becomes a task with the command of its service', () => {
    const task = only(readTimers([files], context));
    expect(task).toMatchObject({
      source: 'backup.timer',
      name: 'backup',
      description: 'Backs up the home folder',
      parameters: { args: ['/usr/bin/restic', '--verbose=3', 'backup', '/home/kim/my documents', '/mnt/disk', 'one'] },
      workingDirectory: '/home/kim/backup',
      env: { TARGET: '/mnt/disk one', LEVEL: '3' },
      policies: { catchUp: 'once', jitterMs: 300_000, timeoutMs: 5_400_000, nice: 5, overlap: 'skip' },
    });
    expect(keys(task)).toEqual(['30 9,17 * * 1-5 Europe/Berlin', '0 10 * * 6 Europe/Berlin']);
  });

  it.each([
    ['daily', '0 0 * * *'],
    ['weekly', '0 0 * * 1'],
    ['quarterly', '0 0 1 */3 *'],
    ['semiannually', '0 0 1 */6 *'],
    ['semi-annually', '0 0 1 */6 *'],
    ['biannually', '0 0 1 */6 *'],
    ['bi-annually', '0 0 1 */6 *'],
    ['anually', '0 0 1 1 *'],
    ['Mon', '0 0 * * 1'],
    ['*:0/15', '*/15 * * * *'],
    ['08..17:00', '0 8-17 * * *'],
    ['Mon,Wed..Fri *-*-* 09:00:00', '0 9 * * 1,3-5'],
    ['Sat..Mon 12:00', '0 12 * * 0,1,6'],
    ['Mon *-*-08..14 09:00', '0 9 * * 1#2'],
    ['Fri *-*~07/1 18:00', '0 18 * * 5L'],
    ['*-*~01 23:00', '0 23 L * *'],
    ['*-02-29 04:00', '0 4 29 2 *'],
    ['10-25 08:30:00', '30 8 25 10 *'],
  ])('%s is %s', (event, cron) => {
    const timer = `[Timer]\nOnCalendar=${event}\n`;
    expect(keys(only(readTimers([{ ...files, timer: [timer] }], context)))).toEqual([`${cron} Europe/Berlin`]);
  });

  it('has a note for each directive that has no counterpart', () => {
    const timer = '[Timer]\nOnCalendar=12:00\nWakeSystem=true\nRandomizedOffsetSec=1h\nFixedRandomDelay=no\n';
    expect(only(readTimers([{ ...files, timer: [timer] }], context)).notes).toEqual([
      'WakeSystem=true is not imported: the machine is not woken for it.',
      'RandomizedOffsetSec=1h is not imported: it runs at the same moment on every machine.',
    ]);
  });

  it('reads a date as a one-shot in its zone, and a zone of its own', () => {
    const dated = [`[Timer]\nOnCalendar=2027-03-01 08:00 America/New_York\n`];
    expect(keys(only(readTimers([{ ...files, timer: dated }], context)))).toEqual([
      'once 2027-03-01T13:00:00.000Z America/New_York',
    ]);
    const zoned = ['[Timer]\nOnCalendar=daily UTC\n'];
    expect(keys(only(readTimers([{ ...files, timer: zoned }], context)))).toEqual(['0 0 * * * UTC']);
  });

  it.each([
    ['OnCalendar=*:*:0/10', 'second'],
    ['OnCalendar=2027,2028-*-* 00:00', 'year'],
    ['OnCalendar=*-*~09/3', 'end of the month'],
    ['OnCalendar=nonsense', 'not a weekday'],
    ['OnCalendar=at nine', 'not a supported calendar event'],
    ['OnCalendar=09:00\nOnCalendar=25:00', 'out of range'],
    ['OnBootSec=5min\nOnUnitActiveSec=1h', 'OnBootSec=5min'],
    ['Unit=other.service', 'no OnCalendar'],
  ])('says why %s is refused', (lines, reason) => {
    const reading = readTimers([{ ...files, timer: [`[Timer]\n${lines}\n`] }], context);
    expect(reading.tasks).toEqual([]);
    expect(reasons(reading)).toContain(reason);
  });

  it.each([
    ['Mon *-*-13 00:00', '0 0 13 * +1 Europe/Berlin'],
    ['*-*~03 00:00', '0 0 L-2 * * Europe/Berlin'],
    ['Mon..Fri *-*~01 17:00', '0 17 L * +1-5 Europe/Berlin'],
    ['Fri *-*~07/1 17:00', '0 17 * * 5L Europe/Berlin'],
  ])('reads the days of OnCalendar=%s as %s', (event, key) => {
    expect(keys(only(readTimers([{ ...files, timer: [`[Timer]\nOnCalendar=${event}\n`] }], context)))).toEqual([key]);
  });

  it('applies drop-ins, and skips units of this app', () => {
    const dropIn = '[Timer]\nOnCalendar=\nOnCalendar=hourly\n';
    expect(keys(only(readTimers([{ ...files, timer: [timerSample, dropIn] }], context)))).toEqual([
      '0 * * * * Europe/Berlin',
    ]);
    const ours = '[X-NCP]\nX-NCP-Version=1\nX-NCP-Timing=a\n';
    expect(readTimers([{ ...files, timer: [timerSample, ours] }], context).tasks).toEqual([]);
    expect(reasons(readTimers([{ ...files, service: null }], context))).toContain('backup.service');
  });

  it('reads words, spans and several commands as systemd does', () => {
    expect(wordsOf(`a "b c" 'd"e' f\\x20g "h\\"i"`)).toEqual(['a', 'b c', 'd"e', 'f g', 'h"i']);
    expect(wordsOf('a "b')).toBeNull();
    expect([timeSpan('90'), timeSpan('1h 30min'), timeSpan('infinity'), timeSpan('soon')]).toEqual([
      90_000,
      5_400_000,
      null,
      undefined,
    ]);
    const service = ['[Service]\nExecStartPre=-/bin/mkdir a\nExecStart=/bin/echo 50%% $$X\n'];
    expect(only(readTimers([{ ...files, service }], context)).parameters).toEqual({
      command: `{ '/bin/mkdir' 'a' || true; } && '/bin/echo' '50%' '$X'`,
    });
    expect(() => readCalendarEvent('Mon *-*~08/2')).toThrow(Unsaid);
  });
});
