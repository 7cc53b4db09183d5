import { catchUpOf } from '../../../contract/policy-defaults.ts';
import type { Policies, Task } from '../../../contract/task.ts';
import type { GroupInput } from '../../../ports/group-exporter.ts';
import { minuteMs } from '../../../domain/durations.ts';
import { oneLine } from '../entry-marker.ts';
import { machinePlan } from '../machine-plan.ts';
import { commandLine } from '../windows/command-line.ts';
import { taskXml } from '../windows/task-xml.ts';
import { triggersOf } from '../windows/triggers.ts';
import type { ExportContext, Exported } from './export-context.ts';
import { lostNotes, plainName, wordsOf } from './task-command.ts';
import type { Said } from './task-command.ts';

const said: ReadonlySet<Said> = new Set(['retries', 'timeout', 'catchUp', 'conditions', 'overlap']);

/** Returns a Task Scheduler task for each task. */
export function toWindows({ schedule, tasks }: GroupInput, context: ExportContext): Exported {
  const plan = machinePlan(schedule, context.machineTimezone, context.nowMs);
  const { calendar, instants, exact } = triggersOf(plan, schedule, context.machineTimezone, context.nowMs);
  const taken = new Set<string>();
  const notes = [
    'Register a file with: schtasks /Create /TN NAME /XML FILE. Output is dropped.',
    ...(schedule.kind === 'event'
      ? ['It starts at the logon of anybody, which only an administrator can register. Add a UserId for yourself.']
      : []),
    ...(exact
      ? []
      : ['Task Scheduler cannot express this exactly: the tasks also fire at other times, so they are disabled.']),
  ];
  const artifacts = tasks.map((task) => {
    const name = plainName(task.name, taken);
    notes.push(...lostNotes(task, said));
    if (task.env !== undefined)
      notes.push(`"${oneLine(task.name)}" loses its environment: set the variables in its command.`);
    if (task.parameters['stdin'] !== undefined) notes.push(`"${oneLine(task.name)}" loses its standard input.`);
    const [command = '', ...args] = wordsOf(task, 'cmd');
    const content = taskXml({
      uri: `\\${name}`,
      description: oneLine(task.description ?? task.name),
      marker: null,
      command,
      arguments: commandLine(args),
      workingDirectory: task.workingDirectory ?? '',
      calendar,
      instants,
      ...(schedule.kind === 'event' ? { logon: { account: '' } } : {}),
      startYear: new Date(context.nowMs).getUTCFullYear() - 1,
      settings: settingsOf(task, exact),
    });
    return { path: `${name}.xml`, content };
  });
  return { artifacts, notes };
}

const instances: Readonly<Record<NonNullable<Policies['overlap']>, string>> = {
  skip: 'IgnoreNew',
  'buffer-one': 'Queue',
  'buffer-all': 'Queue',
  'cancel-other': 'StopExisting',
  'terminate-other': 'StopExisting',
  'allow-all': 'Parallel',
};

function settingsOf(task: Task, exact: boolean) {
  const { policies = {}, status } = task;
  const retries = policies.retries?.count ?? 0;
  return {
    MultipleInstancesPolicy: instances[policies.overlap ?? 'skip'],
    DisallowStartIfOnBatteries: policies.conditions?.onACPower === true,
    RunOnlyIfNetworkAvailable: policies.conditions?.online === true,
    StartWhenAvailable: catchUpOf(task) !== 'skip',
    Enabled: exact && status === 'active',
    Hidden: false,
    ExecutionTimeLimit: policies.timeoutMs === undefined ? 'PT0S' : `PT${Math.ceil(policies.timeoutMs / 1000)}S`,
    ...(retries === 0
      ? {}
      : {
          // Task Scheduler waits for at least a minute.
          RestartOnFailure: {
            Interval: `PT${Math.max(1, Math.ceil((policies.retries?.delayMs ?? 10_000) / minuteMs))}M`,
            Count: String(retries),
          },
        }),
  };
}
