import { nameOfCommand } from '../../../contract/shell-line-name.ts';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import type { Policies } from '../../../contract/task.ts';
import { minuteMs } from '../../../domain/durations.ts';
import { messageOf } from '../../../domain/errors.ts';
import type { SchedulerReading, ReadTask } from '../../../ports/import-files.ts';
import { clockChangeNotes, Findings, Unsaid } from '../reading/reading.ts';
import type { ReadingContext } from '../reading/reading.ts';
import { xmlProblem } from '../reading/xml-problem.ts';
import { argumentsOf } from './split-command-line.ts';
import { readTriggers } from './read-triggers.ts';
import { TASK_FOLDER } from './translate.ts';

export interface TaskText {
  /** The file or the task's own path, for display. */
  readonly name: string;
  readonly xml: string;
}

const text = z.string().optional().catch(undefined);
const group = <T extends z.ZodRawShape>(shape: T) =>
  z
    .looseObject(shape)
    .catch({} as never)
    .optional();
const taskSchema = z.looseObject({
  RegistrationInfo: group({ URI: text, Description: text, Documentation: text }),
  Triggers: z.union([z.looseObject({}), z.literal('').transform(() => ({}))]).default({}),
  Settings: group({
    Enabled: text,
    MultipleInstancesPolicy: text,
    DisallowStartIfOnBatteries: text,
    StartWhenAvailable: text,
    RunOnlyIfNetworkAvailable: text,
    RunOnlyIfIdle: text,
    WakeToRun: text,
    ExecutionTimeLimit: text,
    RestartOnFailure: group({ Interval: text, Count: text }),
  }),
  Principals: group({ Principal: group({ RunLevel: text }) }),
  Actions: z.looseObject({ Exec: z.unknown().optional() }),
});
type TaskXml = z.infer<typeof taskSchema>;
const execSchema = z.looseObject({
  Command: z.string().min(1),
  Arguments: z.string().default(''),
  WorkingDirectory: text,
});

/** Reads Task Scheduler tasks as XML, as written by `schtasks /Query /XML` and by the export of its window. */
export function readTasks(texts: readonly TaskText[], context: ReadingContext): SchedulerReading {
  const findings = new Findings();
  for (const { name, xml } of texts) {
    const found = tasksIn(xml);
    if (typeof found === 'string') findings.refused.push({ source: name, name, reason: found });
    else
      for (const [index, raw] of found.entries())
        readOne(index === 0 ? name : `${name} (${index + 1})`, raw, findings, context);
  }
  return findings.reading('windows');
}

function tasksIn(xml: string): unknown[] | string {
  const invalid = xmlProblem(xml);
  if (invalid !== null) return `It is ${invalid}`;
  const parser = new XMLParser({
    ignoreAttributes: true,
    parseTagValue: false,
    removeNSPrefix: true,
    isArray: (name) => ['Task', 'TimeTrigger', 'CalendarTrigger', 'Day', 'Week'].includes(name),
  });
  let parsed: unknown;
  try {
    parsed = parser.parse(xml);
  } catch (problem) {
    // The validator accepts texts that the parser rejects, such as a processing instruction without an end.
    return `It is not valid XML: ${messageOf(problem)}`;
  }
  const document = z
    .looseObject({
      Task: z.array(z.unknown()).optional(),
      Tasks: z.looseObject({ Task: z.array(z.unknown()).optional() }).optional(),
    })
    .safeParse(parsed);
  const tasks = document.data?.Task ?? document.data?.Tasks?.Task;
  return tasks ?? 'It does not contain a task.';
}

function readOne(source: string, raw: unknown, findings: Findings, context: ReadingContext): void {
  const task = taskSchema.safeParse(raw);
  if (!task.success) {
    const issue = task.error.issues[0];
    const reason = `It is not a Task Scheduler task: ${issue?.path.map(String).join('.') ?? ''} ${issue?.message ?? ''}`;
    findings.refused.push({ source, name: source, reason });
    return;
  }
  const uri = task.data.RegistrationInfo?.URI;
  if (uri?.startsWith(TASK_FOLDER) === true) return;
  const name = uri?.split('\\').at(-1) ?? source;
  findings.attempt(source, name, () => readTask(source, uri === undefined ? null : name, task.data, context));
}

function readTask(source: string, name: string | null, task: TaskXml, context: ReadingContext): ReadTask {
  const exec = execOf(task);
  const triggers = readTriggers(task.Triggers, context);
  const { Settings: settings, RegistrationInfo: info, Principals: principals } = task;
  const notes = [
    ...triggers.notes,
    ...(settings?.Enabled === 'false' ? ['It was disabled.'] : []),
    ...(settings?.WakeToRun === 'true' ? ['It woke the machine; a task here does not.'] : []),
    ...(settings?.RunOnlyIfIdle === 'true' ? ['It ran only when the machine was idle; that is not imported.'] : []),
    ...(principals?.Principal?.RunLevel === 'HighestAvailable'
      ? ['It ran with administrator rights; a task here runs as you.']
      : []),
  ];
  return {
    source,
    name: (name ?? (nameOfCommand(exec.Command) || 'command')).slice(0, 200),
    ...(info?.Description === undefined || info.Description === '' ? {} : { description: info.Description }),
    schedules: triggers.schedules,
    parameters: parametersOf(exec),
    ...(exec.WorkingDirectory === undefined || exec.WorkingDirectory === ''
      ? {}
      : { workingDirectory: exec.WorkingDirectory }),
    policies: { ...policiesOf(settings), ...(triggers.jitterMs > 0 ? { jitterMs: triggers.jitterMs } : {}) },
    ...(triggers.endDate === undefined ? {} : { endDate: triggers.endDate }),
    notes: [...notes, ...clockChangeNotes(triggers.schedules, context.nowMs, 'Task Scheduler')],
  };
}

function execOf({ Actions }: TaskXml): z.infer<typeof execSchema> {
  const others = Object.keys(Actions).filter((kind) => kind !== 'Exec');
  if (others.length > 0)
    throw new Unsaid(`It has an action of the kind ${others.join(', ')}; a task here runs a program.`);
  if (Array.isArray(Actions.Exec))
    throw new Unsaid(`It runs ${Actions.Exec.length} programs one after the other. Put them into one script.`);
  const exec = execSchema.safeParse(Actions.Exec);
  if (exec.success) return exec.data;
  throw new Unsaid('It does not name a program.');
}

/** Returns the parameters. Task Scheduler expands variables; of the shells here, cmd does the same. */
function parametersOf({ Command, Arguments }: z.infer<typeof execSchema>): Record<string, unknown> {
  const program = Command.replace(/^"(.*)"$/, '$1');
  if (!/%[^%\s]+%/.test(`${program} ${Arguments}`)) return { args: [program, ...argumentsOf(Arguments)] };
  return { command: `"${program}"${Arguments === '' ? '' : ` ${Arguments}`}`, shell: 'cmd' };
}

const overlaps: Readonly<Record<string, Policies['overlap']>> = {
  Parallel: 'allow-all',
  Queue: 'buffer-one',
  IgnoreNew: 'skip',
  StopExisting: 'terminate-other',
};

function policiesOf(settings: TaskXml['Settings']): Policies {
  const limit = msOf(settings?.ExecutionTimeLimit ?? 'P3D');
  const restart = settings?.RestartOnFailure;
  const count = Number(restart?.Count);
  const conditions = {
    // Task Scheduler's own default is not to run on battery.
    ...(settings?.DisallowStartIfOnBatteries === 'false' ? {} : { onACPower: true }),
    ...(settings?.RunOnlyIfNetworkAvailable === 'true' ? { online: true } : {}),
  };
  return {
    overlap: overlaps[settings?.MultipleInstancesPolicy ?? 'IgnoreNew'] ?? 'skip',
    ...(settings?.StartWhenAvailable === 'true' ? { catchUp: 'once' } : {}),
    ...(limit === null || limit === 0 ? {} : { timeoutMs: limit }),
    ...(Object.keys(conditions).length === 0 ? {} : { conditions }),
    ...(Number.isInteger(count) && count > 0 && count <= 100
      ? { retries: { count, delayMs: msOf(restart?.Interval ?? 'PT1M') ?? minuteMs, backoff: 1, jitter: 0 } }
      : {}),
  };
}

function msOf(duration: string): number | null {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration);
  if (match === null) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
