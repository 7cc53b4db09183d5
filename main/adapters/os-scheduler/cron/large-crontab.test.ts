import { expect, it } from 'vitest';
import type { ScheduleFile } from '../../../contract/task.ts';
import { importTasks } from '../../../services/transfer/import-tasks.ts';
import { otherSchedulerSource } from '../../../services/transfer/other-scheduler-source.ts';
import { lintCrontab } from '../linting/lint-crontab.ts';
import { readCrontab } from './read-crontab.ts';

const nowMs = Date.parse('2026-11-25T12:00:00Z');
const context = { nowMs, timezone: 'Europe/Berlin', homeDir: '/home/kim', username: 'kim' };

/** Returns the processor seconds that this process needs to import a crontab of this many lines. */
function secondsFor(lines: number, line: (index: number) => string): number {
  const text = Array.from({ length: lines }, (_, index) => line(index)).join('\n');
  let ids = 0;
  const newId = () => `task-${(ids += 1)}`;
  const draft: ScheduleFile = { version: '2.0.0', tasks: {}, timings: {} };
  const before = process.cpuUsage();
  const source = otherSchedulerSource(readCrontab(text, context), { nowMs, newId, elsewhere: false });
  const options = { policy: 'copy', decisions: {}, keepActive: false } as const;
  const { changes } = importTasks(draft, source, options, {
    nowMs,
    machineTimezone: 'UTC',
    newId,
    problems: new Map(),
  });
  const { user, system } = process.cpuUsage(before);
  expect(changes).toHaveLength(lines);
  expect(Object.keys(draft.tasks)).toHaveLength(lines);
  return (user + system) / 1e6;
}

it('a crontab of more lines than one import takes is refused before it is read to its end', () => {
  const text = '* * * * * true\n'.repeat(600_000);
  const message = expect.stringMatching(/more than 20,000 entries.*Divide them into smaller parts/) as string;
  const refusal = expect.objectContaining({ code: 'usage/import-too-large', message }) as Error;
  expect(() => readCrontab(text, context)).toThrow(refusal);
  const { items, findings } = lintCrontab(text, false, context);
  expect(items).toHaveLength(20_000);
  expect(findings).toMatchObject([
    { level: 'error', line: 20_001, message: expect.stringContaining('20,000') as string },
  ]);
});

const everyMinuteOfTheDay = (index: number) => `${index % 60} ${Math.floor(index / 60) % 24} * * *`;

it.each([
  ['each with a name and at a minute of its own', (index: number) => `${everyMinuteOfTheDay(index)} /opt/job-${index}`],
  ['all with the same name', (index: number) => `${everyMinuteOfTheDay(index)} /opt/job ${index}`],
  ['all at the same time', (index: number) => `0 9 * * * /opt/job-${index}`],
])(
  'a crontab of 10,000 lines, %s, is imported in a time that grows with its length',
  { timeout: 300_000 },
  (_, line) => {
    // The first import also pays for compiling the code.
    secondsFor(200, line);
    const short = secondsFor(1000, line);
    const most = 25 * Math.max(short, 0.05);
    let long = secondsFor(10_000, line);
    // A garbage collection or a busy machine can slow down one attempt, but not three.
    for (let again = 0; long >= most && again < 2; again += 1) long = Math.min(long, secondsFor(10_000, line));
    // Ten times as long if linear, a hundred times if quadratic.
    expect(long).toBeLessThan(most);
  },
);
