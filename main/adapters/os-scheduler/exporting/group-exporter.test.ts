import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { GroupTarget } from '../../../contract/transfer.ts';
import type { Policies, Task } from '../../../contract/task.ts';
import { scheduleKey } from '../../../domain/timing/schedule-key.ts';
import type { ScheduleSpec } from '../../../domain/timing/schedule-spec.ts';
import { storedSchedule } from '../../../domain/timing/spec-of.ts';
import type { SchedulerReading } from '../../../ports/import-files.ts';
import { readCrontab } from '../cron/read-crontab.ts';
import { readAgents } from '../launchd/read-agent.ts';
import { readTimers } from '../systemd/read-timer.ts';
import { schedule } from '../testing/schedule-arbitraries.ts';
import { readTasks } from '../windows/read-task.ts';
import { createGroupExporter } from './group-exporter.ts';

const nowMs = Date.parse('2026-11-25T12:00:00Z');
const context = { nowMs, timezone: 'UTC', machineTimezone: 'UTC', homeDir: '/home/kim', username: 'kim' };
const exporter = createGroupExporter(() => context);

function task(fields: Partial<Task>): Task {
  return {
    id: 'a',
    name: 'Back up, 50 %',
    timingId: 'g',
    cronExpression: '',
    timezone: 'UTC',
    tool: 'shell:run',
    parameters: { command: `echo "it's 100% \\$HOME" | cat` },
    createdAt: new Date(nowMs).toISOString(),
    status: 'active',
    ...fields,
  };
}

function exported(target: GroupTarget, spec: ScheduleSpec, ...tasks: Task[]) {
  const timing = { id: 'g', name: 'Group', ...storedSchedule(spec), taskIds: [], createdAt: '' };
  return exporter.exportGroup(target, { timing, schedule: spec, tasks });
}

/** Returns what this app's readers of the other schedulers read from it. */
function readBack(target: GroupTarget, spec: ScheduleSpec, ...tasks: Task[]): SchedulerReading {
  const { artifacts } = exported(target, spec, ...tasks);
  const texts = artifacts.map(({ path, content }) => ({ name: path, text: content, xml: content }));
  if (target === 'crontab') return readCrontab(texts[0]?.text ?? '', context);
  if (target === 'launchd') return readAgents(texts, context);
  if (target === 'windows') return readTasks(texts, context);
  const timers = texts.filter(({ name }) => name.endsWith('.timer'));
  return readTimers(
    timers.map(({ name, text }) => ({
      name,
      timer: [text],
      service: texts.filter((file) => file.name === name.replace('.timer', '.service')).map((file) => file.text),
    })),
    context,
  );
}

const everyTarget = ['crontab', 'systemd', 'launchd', 'windows'] as const;
const schedules = ['30 2 * * *', '*/15 9-17 * * 1-5', '0 0 1,15 * *', '5 4 * 1,7 0'];

it('the conditions of a task are the same in Task Scheduler', () => {
  const conditionsIn = (policies: Policies) =>
    readBack('windows', schedule('0 9 * * *', 'UTC'), task({ policies })).tasks[0]?.policies?.conditions;
  expect(conditionsIn({ conditions: { onACPower: true } })).toEqual({ onACPower: true });
  expect(conditionsIn({ conditions: { online: true } })).toEqual({ online: true });
  expect(conditionsIn({ conditions: { onACPower: true, online: true } })).toEqual({ onACPower: true, online: true });
  expect(conditionsIn({})).toBeUndefined();
});

describe.each(everyTarget)('a group as %s', (target) => {
  it.each(schedules)('runs its commands at the same times: %s', (cron) => {
    const spec = schedule(cron, 'UTC');
    const reading = readBack(
      target,
      spec,
      task({}),
      task({ name: 'Other', parameters: { args: ['/bin/a b', "c'd", '$X', '5%'] } }),
    );
    expect(reading.refused).toEqual([]);
    expect(reading.tasks.map(({ schedules: read }) => read.map(scheduleKey))).toEqual([
      [scheduleKey(spec)],
      [scheduleKey(spec)],
    ]);
    const words = JSON.stringify(reading.tasks.map(({ parameters }) => parameters));
    expect(words).toContain(JSON.stringify(`echo "it's 100% \\$HOME" | cat`).slice(1, -1));
    if (target !== 'crontab') {
      expect(reading.tasks[1]?.parameters).toEqual({ args: ['/bin/a b', "c'd", '$X', '5%'] });
    } else {
      expect(reading.tasks[1]?.parameters).toEqual({ command: `'/bin/a b' 'c'"'"'d' '$X' '5%'` });
    }
  });

  it('notes what is lost', () => {
    const { notes } = exported(
      target,
      schedule('0 9 * * *', 'UTC'),
      task({ maxExecutions: 3, policies: { pauseAfterFailures: 2, success: [{ check: 'not-empty' }] } }),
    );
    expect(notes.join('\n')).toMatch(/run limit.*pausing after failures, its success criteria/);
  });

  it('never runs at wrong times without a note', () => {
    const { artifacts, notes } = exported(target, schedule('0 9 * * 5#2', 'America/New_York'), task({}));
    if (target === 'systemd') return;
    expect(notes.join('\n')).toContain('also fire at other times');
    const off = { crontab: /^# 0 /m, launchd: /<key>Disabled<\/key>/, windows: /<Enabled>false/ }[target];
    expect(artifacts[0]?.content).toMatch(off);
  });
});

describe('a group as Kubernetes CronJobs', () => {
  it('has a CronJob for each task', () => {
    const { artifacts, notes } = exported(
      'kubernetes',
      schedule('0 9 * * 1-5', 'Europe/Berlin'),
      task({
        env: { A: '1' },
        workingDirectory: '/srv',
        policies: {
          overlap: 'allow-all',
          catchUp: 'once',
          catchUpWindowMs: 3_600_000,
          timeoutMs: 90_000,
          memoryMb: 64,
          retries: { count: 2 },
        },
      }),
      task({
        status: 'paused',
        policies: {
          overlap: 'buffer-one',
          jitterMs: 5000,
          maxProcesses: 9,
          budget: { perDay: { runs: 3 } },
          calendars: { skipOn: ['home'] },
        },
      }),
    );
    const [first, second] = parseAllDocuments(artifacts[0]?.content ?? '').map((document) => document.toJS() as object);
    expect(first).toMatchObject({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'back-up-50' },
      spec: {
        schedule: '0 9 * * 1-5',
        timeZone: 'Europe/Berlin',
        concurrencyPolicy: 'Allow',
        startingDeadlineSeconds: 3600,
        suspend: false,
        jobTemplate: {
          spec: {
            backoffLimit: 2,
            template: {
              spec: {
                restartPolicy: 'Never',
                activeDeadlineSeconds: 90,
                containers: [
                  {
                    command: ['sh', '-c', `echo "it's 100% \\$HOME" | cat`],
                    workingDir: '/srv',
                    env: [{ name: 'A', value: '1' }],
                    resources: { limits: { memory: '64Mi' } },
                  },
                ],
              },
            },
          },
        },
      },
    });
    expect(second).toMatchObject({
      metadata: { name: 'back-up-50-2' },
      spec: { concurrencyPolicy: 'Forbid', suspend: true },
    });
    expect(artifacts[0]?.content).toContain(
      '# "Back up, 50 %" loses its jitter, its process limit, its budget, its calendars.',
    );
    expect(notes.join('\n')).toContain('Kubernetes skips instead');
  });

  it('is refused if Kubernetes cannot express the schedule', () => {
    expect(exported('kubernetes', schedule('0 9 L * *', 'UTC'), task({})).artifacts).toEqual([]);
    expect(exported('kubernetes', { kind: 'once', atMs: nowMs, timezone: 'UTC' }, task({})).notes.join()).toContain(
      'cannot run on a single date',
    );
  });
});

describe('a task that a format cannot hold', () => {
  const fine = task({ name: 'Fine', parameters: { args: ['/bin/fine'] } });

  it.each([
    ['systemd', { workingDirectory: '/tmp\nExecStartPre=/bin/touch X' }, 'its working directory "/tmp\\nExec'],
    ['systemd', { workingDirectory: '/tmp\\' }, 'ends with a backslash'],
    ['systemd', { env: { 'A\nB': '1' } }, 'its environment variable "A\\nB" has an invalid name'],
    ['systemd', { parameters: { args: ['+/bin/sh'] } }, 'its program "+/bin/sh" begins with'],
    ['crontab', { parameters: { command: 'a\nb' } }, 'its command has a line break, which a crontab line cannot'],
    ['crontab', { parameters: { command: `date +\\%F` } }, 'a backslash before a percent sign'],
    ['launchd', { env: { A: 'a\u001bb' } }, 'its environment variable A has the character U+001B'],
    ['windows', { parameters: { args: ['a', '%PATH%'] } }, 'a part between percent signs'],
    ['kubernetes', { parameters: { command: 'a\u0085b' } }, 'its command has the character U+0085'],
  ] as const)('%s: %j is named and left out, the others are exported', (target, fields, reason) => {
    const { artifacts, notes, tasks } = exported(target, schedule('0 9 * * *', 'UTC'), task(fields), fine);
    expect(notes[0]).toContain(`"Back up, 50 %" was not exported: `);
    expect(notes[0]).toContain(reason);
    expect(tasks).toBe(1);
    expect(JSON.stringify(artifacts)).toContain('/bin/fine');
    expect(JSON.stringify(artifacts)).not.toMatch(/ExecStartPre|touch/);
  });

  it('keeps what Kubernetes would expand', () => {
    const { artifacts } = exported(
      'kubernetes',
      schedule('0 9 * * *', 'UTC'),
      task({ parameters: { command: 'echo $$ $(A)' }, env: { A: '1' } }),
    );
    expect(artifacts[0]?.content).toContain('echo $$$ $$(A)');
  });

  it('cannot begin or end this app’s own block in a crontab', () => {
    const { artifacts } = exported(
      'crontab',
      schedule('0 9 * * *', 'UTC'),
      task({ name: '>>> NCP SCHEDULER >>> x' }),
      fine,
    );
    expect(artifacts[0]?.content).not.toMatch(/^# >>>/m);
  });
});
