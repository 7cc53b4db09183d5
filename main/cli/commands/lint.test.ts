import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cliResults } from '../../contract/cli.ts';
import { runJson, runLine } from '../../testing/cli-harness.ts';
import { memoryApplication } from '../../testing/memory-application.ts';
import type { MemoryApplication } from '../../testing/memory-application.ts';
import type { LintedFile, LintReport } from '../../contract/lint.ts';

// The clock of the application is on 23 November 2026, and its zone is UTC.

let application: MemoryApplication;
let folder: string;
beforeEach(() => {
  application = memoryApplication();
  folder = mkdtempSync(join(tmpdir(), 'ncp-lint-'));
});
afterEach(() => {
  application.dispose();
  rmSync(folder, { recursive: true, force: true });
});

function put(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

async function lint(...argv: string[]): Promise<{ code: number; report: LintReport & { passed: boolean } }> {
  const { code, answer } = await runJson(application, ['lint', ...argv]);
  return { code, report: cliResults.lint.loose().parse(answer) };
}

/** Checks one file, and returns it with its findings as `line level: message`. */
async function linted(
  name: string,
  text: string,
  ...more: string[]
): Promise<{ file: LintedFile; said: string[]; code: number }> {
  const { code, report } = await lint(put(name, text), ...more);
  const [file] = report.files;
  if (file === undefined) throw new Error('no file was checked');
  const findings = [...file.findings, ...file.schedules.flatMap((schedule) => schedule.findings)];
  return { file, code, said: findings.map(({ line, level, message }) => `${line ?? '-'} ${level}: ${message}`) };
}

describe('a crontab', () => {
  it('shows each line with its meaning and next runs, and passes', async () => {
    const { file, said, code } = await linted('crontab', '# Backup\n30 4 * * 1-5 restic backup /home\n');
    expect({ code, said, kind: file.kind }).toEqual({ code: 0, said: [], kind: 'crontab' });
    expect(file.schedules).toMatchObject([
      { line: 2, name: 'Backup', expression: '30 4 * * 1-5', timezone: 'UTC', sentence: 'Weekdays at 4:30' },
    ]);
    expect(file.schedules[0]?.nextRuns.slice(-1)).toEqual(['2026-11-26T04:30:00.000Z']);
  });

  it('names the line of what cron cannot read, of what never runs, and of what it ignores', async () => {
    const text = '61 4 * * * a\nnonsense\n0 0 30 2 * b\n0 0 L * * c\n0 9 * * * last';
    const { said, code } = await linted('crontab', text);
    expect(code).toBe(1);
    expect(said).toEqual([
      expect.stringMatching(/^5 error: The last line has no line break/),
      expect.stringMatching(/^1 error: .*61/),
      expect.stringMatching(/^2 error: This line is neither five fields and a command/),
      expect.stringMatching(/^3 error: .*(never|does not exist|no such)/i),
      expect.stringMatching(/^4 error: cron does not know L, W and #/),
    ]);
  });

  it('warns of traps: percent signs, a user column, six fields, either day, uneven steps', async () => {
    const lines = [
      '0 4 * * * tar czf /backup/$(date +%F).tgz /home',
      '0 4 * * * root /usr/bin/apt-get update',
      '0 0 4 * * * backup',
      '0 4 1 * 1 report',
      '*/45 * * * * poll',
    ];
    const { said, code } = await linted('crontab', `${lines.join('\n')}\n`);
    expect(code).toBe(0);
    expect(said).toEqual([
      expect.stringMatching(/^1 warning: cron ends the command at the first %/),
      expect.stringMatching(/^2 warning: "root" is read as the command/),
      expect.stringMatching(/^3 warning: "\*" is read as the command\. Are there six fields/),
      expect.stringMatching(/^4 warning: It runs when either/),
      expect.stringMatching(/^5 warning: This is not every 45 minutes/),
    ]);
    expect((await lint(join(folder, 'crontab'), '--strict')).code).toBe(1);
  });

  it('of the system has a column for the user, by its place, its header or --kind', async () => {
    const line = '17 * * * * root run-parts /etc/cron.hourly\n';
    const placed = await linted('etc/cron.d/parts', line);
    const headed = await linted('parts.cron', `# m h dom mon dow user\tcommand\n${line}`);
    const named = await linted('parts', line, '--kind', 'system-crontab');
    for (const { file, said } of [placed, headed, named]) {
      expect(file).toMatchObject({ kind: 'system-crontab', schedules: [{ name: 'run-parts /etc/cron.hourly' }] });
      expect(said).toEqual([]);
    }
    const { said } = await linted('etc/cron.d/wrong', '17 * * * * /usr/bin/backup\n');
    expect(said).toEqual([expect.stringMatching(/^1 error: "\/usr\/bin\/backup" is read as the user/)]);
  });

  it('says what cron does on the days when the clocks change', async () => {
    const { said } = await linted('crontab', 'CRON_TZ=Europe/Berlin\n30 2 * * * backup\n');
    expect(said).toEqual([
      expect.stringMatching(/^2 warning: CRON_TZ=Europe\/Berlin/),
      '2 warning: On 28 March 2027 the clocks in Europe/Berlin skip 2:30: cron starts that run directly after the change.',
      '2 warning: On 31 October 2027 the clocks in Europe/Berlin show 2:30 twice: cron starts it the first time only.',
    ]);
  });
});

describe('a GitHub workflow', () => {
  const workflow = (...entries: string[]) =>
    `name: Nightly\non:\n  push:\n  schedule:\n${entries.map((entry) => `    - ${entry}\n`).join('')}jobs:\n  a:\n    runs-on: x\n`;

  it('is read in UTC, or in the zone that it names', async () => {
    const { file, said } = await linted(
      'ci.yml',
      workflow("cron: '17 3 * * *'", '{ cron: 17 3 * * *, timezone: Asia/Tokyo }'),
    );
    expect(said).toEqual([]);
    expect(file).toMatchObject({
      kind: 'github',
      schedules: [
        { line: 5, timezone: 'UTC' },
        { line: 6, timezone: 'Asia/Tokyo' },
      ],
    });
  });

  it('of thousands of levels is not read, and the finding says why', async () => {
    const { said } = await linted('ci.yml', workflow(`${'['.repeat(20_000)}${']'.repeat(20_000)}`));
    expect(said).toEqual(['1 error: This YAML was not read: it is nested deeper than 100 levels.']);
  });

  it('has limits of its own: five minutes, busy hours, no macros, no seventh weekday', async () => {
    const { said, code } = await linted(
      'ci.yml',
      workflow("cron: '3/2 * * * *'", "cron: '0 3 * * *'", "cron: '@daily'", "cron: '5 3 * * 7'"),
    );
    expect(code).toBe(1);
    expect(said).toEqual([
      expect.stringMatching(/^5 warning: GitHub starts a workflow at most every 5 minutes/),
      expect.stringMatching(/^6 warning: GitHub is busiest at the start of each hour/),
      expect.stringMatching(/^7 error: GitHub does not know "@daily"/),
      expect.stringMatching(/^7 warning: GitHub is busiest/),
      expect.stringMatching(/^8 error: GitHub counts weekdays from 0/),
    ]);
  });

  it('with invalid YAML names the line', async () => {
    const { said, code } = await linted('ci.yml', 'on:\n  schedule:\n    - cron: "0 3 * * *\njobs: {}\n');
    expect(code).toBe(1);
    expect(said[0]).toMatch(/^\d+ error: This is not valid YAML: /);
  });
});

describe('a Kubernetes CronJob', () => {
  const job = (spec: string, name = 'report') =>
    `apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: ${name} }\nspec:\n${spec.replace(/^/gm, '  ')}\n`;

  it('is found among several documents, with its zone', async () => {
    const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\n';
    const { file, said } = await linted(
      'app.yaml',
      `${service}---\n${job("schedule: '5 4 * * *'\ntimeZone: Asia/Tokyo")}`,
    );
    expect(said).toEqual([]);
    expect(file.schedules).toMatchObject([{ line: 9, name: 'report', timezone: 'Asia/Tokyo' }]);
  });

  it('warns when it is suspended or names no zone, and refuses what Kubernetes refuses', async () => {
    const suspended = await linted('a.yaml', job("schedule: '5 4 * * *'\nsuspend: true\nstartingDeadlineSeconds: 5"));
    expect(suspended.said).toEqual([
      expect.stringMatching(/^5 warning: Without `timeZone`/),
      expect.stringMatching(/^6 warning: It is suspended/),
      expect.stringMatching(/^7 error: With a deadline under 10 seconds/),
    ]);
    const refused = await linted('b.yaml', job("schedule: 'TZ=Asia/Tokyo 5 4 * * *'\ntimeZone: Mars/Olympus"));
    expect(refused.said).toEqual([
      '6 error: "Mars/Olympus" is not a known time zone.',
      expect.stringMatching(/^5 error: Kubernetes refuses a time zone in `schedule`/),
    ]);
  });
});

describe('other files', () => {
  it('a systemd timer has a schedule for each OnCalendar, and never fires without any', async () => {
    const { file, said } = await linted(
      'b.timer',
      '[Timer]\nOnCalendar=Mon..Fri 09:00\nOnCalendar=Sat 10:00\nOnBootSec=5min\n',
    );
    expect(file.schedules.map(({ line, sentence }) => [line, sentence])).toEqual([
      [2, 'Weekdays at 9:00'],
      [3, 'Every Saturday at 10:00'],
    ]);
    expect(said).toEqual(['4 note: This setting counts from an event, so its runs cannot be listed.']);
    expect((await linted('c.timer', '[Unit]\n[Timer]\nUnit=x.service\n')).said).toEqual([
      expect.stringContaining('error: The timer never fires'),
    ]);
  });

  it('launchd agents and Task Scheduler tasks are read by the importers', async () => {
    const plist = `<?xml version="1.0"?>\n<plist version="1.0"><dict>\n<key>Label</key><string>org.example.sync</string>\n<key>ProgramArguments</key><array><string>/bin/true</string></array>\n<key>StartCalendarInterval</key><dict><key>Hour</key><integer>9</integer><key>Minute</key><integer>5</integer></dict>\n</dict></plist>\n`;
    expect((await linted('a.plist', plist)).file).toMatchObject({ kind: 'launchd', schedules: [{ line: 5 }] });
    const xml = `<?xml version="1.0"?>\n<Task xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">\n<Triggers><CalendarTrigger><StartBoundary>2026-01-01T09:05:00</StartBoundary><ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay></CalendarTrigger></Triggers>\n<Actions><Exec><Command>cmd.exe</Command></Exec></Actions></Task>\n`;
    const { file } = await linted('a.xml', xml);
    expect(file).toMatchObject({ kind: 'windows', schedules: [{ line: 3 }] });
    expect(file.schedules[0]?.nextRuns[0]).toMatch(/T09:05:00\.000Z$/);
  });

  it('an export of this app is read without a data directory', async () => {
    const exported = await runLine(application, ['export', '--json']);
    expect(exported.code).toBe(0);
    const { document } = JSON.parse(exported.stdout) as { document: object };
    const { file, code } = await linted('tasks.ncp.json', JSON.stringify(document));
    expect({ code, kind: file.kind }).toEqual({ code: 0, kind: 'ncp-scheduler' });
  });

  it('a folder is read as a whole, without files of other kinds', async () => {
    put('repo/.github/workflows/ci.yml', "on:\n  schedule:\n    - cron: '7 3 * * *'\njobs: {}\n");
    put('repo/README.md', 'On Mondays 0 9 * * 1 is fine.\n');
    put('repo/node_modules/x/crontab', 'nonsense\n');
    const { report, code } = await lint(join(folder, 'repo'));
    expect({ code, files: report.files.map(({ kind }) => kind) }).toEqual({ code: 0, files: ['github'] });
  });

  it('a file that no reader knows is an error, and so is a folder without schedules', async () => {
    expect((await linted('notes.txt', 'Buy milk\n')).said).toEqual([
      expect.stringMatching(/^- error: This is neither/),
    ]);
    mkdirSync(join(folder, 'empty'));
    expect((await lint(join(folder, 'empty'))).code).toBe(1);
    expect(await runJson(application, ['lint', join(folder, 'missing')])).toMatchObject({
      code: 2,
      answer: { error: { code: 'usage/import-unreadable' } },
    });
  });

  it('standard input is named -, and text has lines that editors link', async () => {
    const change = { input: '0 4 1 * 1 report\n' };
    const { stdout, code } = await runLine(application, ['lint', '-', '--kind', 'crontab', '--count', '1'], change);
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        '-:1: report: On the 1st of every month or every Monday at 4:00 (UTC)',
        '  next: 2026-11-30T04:00:00.000Z',
        '-:1: warning: It runs when either the day of the month or the weekday matches, not only when both do.',
        '1 file, 1 schedule: 0 errors, 1 warning.',
        '',
      ].join('\n'),
    );
  });
});
