import fc from 'fast-check';
import { build } from 'plist';
import { describe, expect, it } from 'vitest';
import { cronSpec } from '../../../domain/timing/cron-spec.ts';
import { scheduleKey } from '../../../domain/timing/schedule-key.ts';
import { splitCommand } from '../cron/crontab-command.ts';
import { readCrontab } from '../cron/read-crontab.ts';
import { readAgents } from '../launchd/read-agent.ts';
import { agentSample, crontabSample, taskSample } from '../testing/foreign-samples.ts';
import { context, keys, only, reasons } from '../testing/readings.ts';
import { commandLine } from '../windows/command-line.ts';
import { readTasks } from '../windows/read-task.ts';
import { argumentsOf } from '../windows/split-command-line.ts';

describe('a crontab', () => {
  const reading = readCrontab(crontabSample, context);
  const named = (name: string) => reading.tasks.find((task) => task.name === name);

  it('becomes tasks, named by the comment above or the program', () => {
    expect(reading.tasks.map(({ name }) => name)).toEqual([
      'Nightly backup',
      'check.sh',
      'date',
      'start.sh',
      'report.py',
      'both',
      'first week',
    ]);
    expect(named('Nightly backup')).toMatchObject({
      source: 'line 9',
      parameters: { command: 'restic backup ~', shell: 'bash' },
      env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
      policies: { overlap: 'allow-all' },
    });
    expect(reading.tasks.flatMap(keys)).toEqual([
      '30 2 * * * Europe/Berlin',
      '*/5 * * * 1-5 Europe/Berlin',
      '0 0 1 * * Europe/Berlin',
      'at startup',
      '0 0 * * * Europe/Berlin',
      '0 9 1-31/2 * +1 Europe/Berlin',
      '0 9 1-7 * * Europe/Berlin',
    ]);
  });

  it('passes the text after a percent sign as input', () => {
    expect(named('date')?.parameters).toEqual({
      command: 'date +%F | mail -s "Month %" kim',
      stdin: 'Dear Kim,\nit is a new month.\n',
      shell: 'bash',
    });
    expect(splitCommand('a\\%b')).toEqual({ command: 'a%b', stdin: null });
    expect(splitCommand('cat%')).toEqual({ command: 'cat', stdin: '' });
    expect(splitCommand('cat%a\\%b%c%')).toEqual({ command: 'cat', stdin: 'a%b\nc\n' });
  });

  it('says why the other entries are refused', () => {
    expect(reading.tasks.find(({ source }) => source === 'line 13')?.schedules).toMatchObject([
      { events: ['startup'] },
    ]);
    expect(reasons(reading)).toMatch(/^line 17: .*minute/m);
    expect(reading.refused).toHaveLength(1);
    expect(reading.notes).toEqual([expect.stringContaining('MAILTO')]);
  });

  it('reads CRON_TZ, HOME, another SHELL and RANDOM_DELAY, each from its line on', () => {
    const { tasks } = readCrontab(
      '0 1 * * * a\nCRON_TZ=Asia/Tokyo\nHOME="/srv/x"\nSHELL=/opt/odd\nRANDOM_DELAY=10\n0 2 * * * b\n',
      context,
    );
    expect(tasks.flatMap(keys)).toEqual(['0 1 * * * Europe/Berlin', '0 2 * * * Asia/Tokyo']);
    expect(tasks[0]).not.toHaveProperty('env');
    expect(tasks[1]).toMatchObject({
      parameters: { args: ['/opt/odd', '-c', 'b'] },
      workingDirectory: '/srv/x',
      env: { HOME: '/srv/x' },
      policies: { jitterMs: 600_000 },
      notes: [expect.stringContaining('CRON_TZ')],
    });
  });

  it('reads only the person’s own lines of a system crontab', () => {
    const reading = readCrontab(
      '# m h dom mon dow user\tcommand\n17 * * * * root run-parts\n5 4 * * * kim mine\n',
      context,
    );
    expect(only(reading).parameters).toEqual({ command: 'mine' });
    expect(reasons(reading)).toContain('"root"');
  });

  it('has a note if clock changes affect it', () => {
    expect(only(readCrontab('30 2 * * * a', context)).notes).toEqual([expect.stringContaining('clock change')]);
    for (const quiet of ['30 12 * * * a', '*/5 * * * * a', '0 * * * * a'])
      expect(only(readCrontab(quiet, context)).notes).toEqual([]);
  });
});

describe('a launchd agent', () => {
  const agent = (more: object) =>
    readAgents([{ name: 'a.plist', text: build({ Label: 'a', ProgramArguments: ['/bin/true'], ...more }) }], context);

  it('becomes a task', () => {
    const task = only(readAgents([{ name: 'backup.plist', text: agentSample }], context));
    expect(task).toMatchObject({
      source: 'backup.plist',
      name: 'org.example.backup',
      parameters: { args: ['/usr/local/bin/restic', 'backup'] },
      env: { LEVEL: '3' },
      policies: { overlap: 'skip', catchUp: 'once', nice: 10 },
      notes: [expect.stringContaining('RunAtLoad')],
    });
    expect(keys(task)).toEqual(['0 9 * * 1,3 Europe/Berlin']);
  });

  it('with an interval that divides a day, but not an hour, becomes tasks for all of its times', () => {
    expect(keys(only(agent({ StartInterval: 5400 })))).toEqual([
      '0 */3 * * * Europe/Berlin',
      '30 1-22/3 * * * Europe/Berlin',
    ]);
    expect(keys(only(agent({ StartInterval: 2700 })))).toEqual([
      '0,45 */3 * * * Europe/Berlin',
      '30 1-22/3 * * * Europe/Berlin',
      '15 2-23/3 * * * Europe/Berlin',
    ]);
  });

  it.each([
    [300, '*/5 * * * *'],
    [3600, '0 * * * *'],
    [21_600, '0 */6 * * *'],
    [86_400, '0 0 * * *'],
  ])('converts an interval of %i s to clock times', (StartInterval, cron) => {
    expect(keys(only(agent({ StartInterval })))).toEqual([`${cron} Europe/Berlin`]);
  });

  it('says why the other entries are refused', () => {
    expect(reasons(agent({ StartInterval: 420 }))).toContain('420 seconds');
    expect(reasons(agent({ KeepAlive: true }))).toContain('kept running');
    expect(reasons(agent({ StartCalendarInterval: { Hour: 25 } }))).toContain('StartCalendarInterval');
    expect(reasons(readAgents([{ name: 'b.plist', text: 'bplist00abc' }], context))).toContain('plutil');
    expect(reasons(readAgents([{ name: 'c.plist', text: '<plist><dict>' }], context))).toContain('not a plist');
    expect(agent({ NCPScheduler: {}, StartInterval: 60 })).toMatchObject({ tasks: [], refused: [] });
  });
});

describe('a task of Task Scheduler', () => {
  const withTrigger = (trigger: string, settings = '') =>
    readTasks(
      [
        {
          name: 'a.xml',
          xml: `<Task><Triggers>${trigger}</Triggers><Settings>${settings}</Settings><Actions><Exec><Command>%windir%\\a.exe</Command></Exec></Actions></Task>`,
        },
      ],
      context,
    );
  const daily = (more = '') =>
    `<CalendarTrigger><StartBoundary>2020-01-01T09:00:00${more}</StartBoundary><ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay></CalendarTrigger>`;

  it('becomes a task', () => {
    const task = only(readTasks([{ name: 'backup.xml', xml: taskSample }], context));
    expect(task).toMatchObject({
      name: 'Backup',
      description: 'Backs up & prunes',
      parameters: { args: ['C:\\Program Files\\restic\\restic.exe', 'backup', 'C:\\My Documents', '--tag', 'a"b'] },
      workingDirectory: 'C:\\Users\\kim',
      policies: {
        overlap: 'buffer-one',
        catchUp: 'once',
        timeoutMs: 14_400_000,
        jitterMs: 60_000,
        conditions: { onACPower: true },
        retries: { count: 3, delayMs: 300_000 },
      },
    });
    expect(task.notes.join(' ')).toMatch(/LogonTrigger.*administrator/);
    expect(keys(task)).toEqual(['15,45 8,9 * * 1,5 Europe/Berlin']);
  });

  it('reads UTC and offsets, dates, ends, and variables in the command', () => {
    expect(keys(only(withTrigger(daily('Z'))))).toEqual(['0 9 * * * UTC']);
    expect(keys(only(withTrigger(daily('+02:00'))))).toEqual(['0 9 * * * Etc/GMT-2']);
    expect(only(withTrigger(daily())).parameters).toEqual({ command: '"%windir%\\a.exe"', shell: 'cmd' });
    const dated = '<TimeTrigger><StartBoundary>2027-01-02T08:00:30</StartBoundary></TimeTrigger>';
    expect(keys(only(withTrigger(dated)))).toEqual(['once 2027-01-02T07:00:00.000Z Europe/Berlin']);
    const ended = daily().replace('<ScheduleByDay>', '<EndBoundary>2027-01-01T00:00:00Z</EndBoundary><ScheduleByDay>');
    expect(only(withTrigger(ended)).endDate).toBe('2027-01-01T00:00:00.000Z');
  });

  const weekly = (start: string, interval: number, ...days: string[]) =>
    withTrigger(
      `<CalendarTrigger><StartBoundary>${start}T09:00:00</StartBoundary><ScheduleByWeek><WeeksInterval>${interval}</WeeksInterval><DaysOfWeek>${days.map((day) => `<${day}/>`).join('')}</DaysOfWeek></ScheduleByWeek></CalendarTrigger>`,
    );

  it('of every nth day or week becomes one schedule, counted from its start', () => {
    const keyOf = (text: string): string => scheduleKey(cronSpec(text, 'Europe/Berlin'));
    expect(keys(only(withTrigger(daily().replace('>1<', '>3<'))))).toEqual([
      keyOf('0 9 * * * every 3 days from 2020-01-01'),
    ]);
    expect(keys(only(weekly('2026-12-03', 2, 'Friday', 'Monday')))).toEqual([
      keyOf('0 9 * * 1,5 every 2 weeks from 2026-12-03'),
    ]);
    expect(keys(only(weekly('2026-12-06', 3, 'Sunday')))).toEqual([keyOf('0 9 * * 0 every 3 weeks from 2026-12-06')]);
  });

  it('of weeks that begin on another day here, or beside another trigger, is refused', () => {
    expect(reasons(weekly('2026-12-03', 2, 'Sunday'))).toContain('a week begins on Sunday there');
    expect(reasons(weekly('2026-12-06', 2, 'Monday'))).toContain('a week begins on Sunday there');
    expect(reasons(weekly('2026-12-03', 0, 'Friday'))).toContain('interval of 0 weeks');
    expect(reasons(withTrigger(daily() + daily().replace('>1<', '>3<')))).toContain('One of its triggers');
  });

  it('accepts an endless repetition that divides the day', () => {
    const every = (interval: string) =>
      withTrigger(
        `<TimeTrigger><StartBoundary>2020-01-01T00:10:00</StartBoundary><Repetition><Interval>${interval}</Interval></Repetition></TimeTrigger>`,
      );
    expect(keys(only(every('PT20M')))).toEqual(['10,30,50 * * * * Europe/Berlin']);
    expect(reasons(every('PT7M'))).toContain('divide a day evenly');
  });

  it('says why the other entries are refused', () => {
    expect(reasons(withTrigger('<BootTrigger/>'))).toContain('start of the machine');
    expect(reasons(withTrigger(''))).toContain('no trigger');
    expect(reasons(readTasks([{ name: 'a', xml: '<Task>' }], context))).toContain('not valid XML');
    expect(reasons(readTasks([{ name: 'a', xml: '<a/>' }], context))).toContain('not contain a task');
    const mail = '<Task><Triggers/><Actions><SendEmail/></Actions></Task>';
    expect(reasons(readTasks([{ name: 'a', xml: mail }], context))).toContain('SendEmail');
  });

  it('splits a command line as this app’s writer joins it', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (args) => {
        const plain = args.map((arg) => arg.replaceAll(/[\r\n\t\0]/g, ' '));
        expect(argumentsOf(commandLine(plain))).toEqual(plain);
      }),
    );
  });
});
