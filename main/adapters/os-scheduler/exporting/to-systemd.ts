import { catchUpOf } from '../../../contract/policy-defaults.ts';
import type { Task } from '../../../contract/task.ts';
import type { GroupInput } from '../../../ports/group-exporter.ts';
import { oneLine, sortedEnv } from '../entry-marker.ts';
import { calendarSpecs } from '../systemd/calendar-specs.ts';
import { plainValue, protectDollars, quoteWord } from '../systemd/unit-file.ts';
import type { ExportContext, Exported } from './export-context.ts';
import { lostNotes, plainName, wordsOf } from './task-command.ts';
import type { Said } from './task-command.ts';

const said: ReadonlySet<Said> = new Set(['retries', 'timeout', 'memory', 'nice', 'catchUp', 'jitter']);

/** Returns a timer and a service for each task. */
export function toSystemd({ schedule, tasks }: GroupInput, context: ExportContext): Exported {
  const { specs, repairs, exact } = calendarSpecs(schedule, context.nowMs);
  const calendar = specs.slice(0, specs.length - repairs).map((spec) => `OnCalendar=${spec}`);
  // Counted from the start of the person's manager, which a login starts.
  const times = schedule.kind === 'event' ? ['OnStartupSec=1s'] : calendar;
  const taken = new Set<string>();
  const notes = [
    'Copy the files to ~/.config/systemd/user, then: systemctl --user enable --now NAME.timer. Output goes to the journal.',
    ...(exact
      ? []
      : ['systemd cannot express this exactly: the timers also elapse at other times. Do not enable them.']),
    ...(repairs > 0 ? ['systemd skips a local time that a clock change skips.'] : []),
  ];
  const artifacts = tasks.flatMap((task) => {
    const name = plainName(task.name, taken);
    notes.push(...lostNotes(task, said));
    if (task.status !== 'active')
      notes.push(`"${oneLine(task.name)}" is ${task.status} here: enable its timer only if it should run.`);
    return [
      { path: `${name}.timer`, content: timerOf(task, times) },
      { path: `${name}.service`, content: serviceOf(task) },
    ];
  });
  return { artifacts, notes };
}

function timerOf(task: Task, times: readonly string[]): string {
  const { policies = {} } = task;
  const catchUp = catchUpOf(task);
  return [
    '[Unit]',
    `Description=${plainValue(task.name)}`,
    '',
    '[Timer]',
    ...times,
    'AccuracySec=1s',
    `Persistent=${catchUp === 'skip' ? 'false' : 'true'}`,
    ...(policies.jitterMs === undefined ? [] : [`RandomizedDelaySec=${policies.jitterMs}ms`]),
    '',
    '[Install]',
    'WantedBy=timers.target',
    '',
  ].join('\n');
}

function serviceOf(task: Task): string {
  const { policies = {} } = task;
  const retries = policies.retries?.count ?? 0;
  return [
    '[Unit]',
    `Description=${plainValue(task.description ?? task.name)}`,
    ...(retries > 0 ? [`StartLimitBurst=${retries + 1}`, 'StartLimitIntervalSec=1d'] : []),
    '',
    '[Service]',
    'Type=oneshot',
    ...sortedEnv(task.env ?? {}).map(([name, value]) => `Environment=${quoteWord(`${name}=${value}`)}`),
    ...(task.workingDirectory === undefined ? [] : [`WorkingDirectory=${task.workingDirectory.replaceAll('%', '%%')}`]),
    `ExecStart=${wordsOf(task, 'sh')
      .map((word, index) => quoteWord(index === 0 ? word : protectDollars(word, 1)))
      .join(' ')}`,
    ...(policies.timeoutMs === undefined ? [] : [`TimeoutStartSec=${policies.timeoutMs}ms`]),
    ...(policies.memoryMb === undefined ? [] : [`MemoryMax=${policies.memoryMb}M`]),
    ...(policies.nice === undefined ? [] : [`Nice=${policies.nice}`]),
    ...(retries > 0 ? ['Restart=on-failure', `RestartSec=${policies.retries?.delayMs ?? 10_000}ms`] : []),
    '',
  ].join('\n');
}
