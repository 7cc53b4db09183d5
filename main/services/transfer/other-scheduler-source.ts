import { taskSchema } from '../../contract/task.ts';
import { dayMs } from '../../domain/durations.ts';
import type { Task } from '../../contract/task.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { storedSchedule } from '../../domain/timing/spec-of.ts';
import type { SchedulerReading, ReadTask } from '../../ports/import-files.ts';
import type { ImportCandidate, ImportRefusal, ImportSource } from './import-source.ts';

/** No other scheduler ends a task after five minutes, as ours does by default, so imported tasks get a longer limit. */
const longTimeoutMs = dayMs;

export interface OtherSchedulerContext {
  /** False for what is installed on this machine. */
  readonly elsewhere: boolean;
  readonly nowMs: number;
  readonly newId: () => string;
}

const places = {
  crontab: 'the crontab',
  systemd: 'systemd',
  launchd: 'launchd',
  windows: 'Task Scheduler',
  agents: 'the agent',
} as const;

/** Returns what another scheduler runs, as candidates that are paused because it still runs them. */
export function otherSchedulerSource(reading: SchedulerReading, context: OtherSchedulerContext): ImportSource {
  const candidates: ImportCandidate[] = [];
  const refused: ImportRefusal[] = [...reading.refused];
  const names = new Map<string, number>();
  for (const task of reading.tasks) {
    for (const [index, spec] of task.schedules.entries()) {
      const name = uniqueName(task.name, names);
      const key = task.schedules.length === 1 ? task.source : `${task.source} #${index + 1}`;
      const read = candidateOf({ ...task, name }, spec, key, reading.kind, context);
      if ('reason' in read) refused.push(read);
      else candidates.push(read);
    }
  }
  return {
    kind: reading.kind,
    elsewhere: context.elsewhere,
    candidates,
    refused,
    timings: [],
    settings: {},
    secrets: [],
    notes: [...reading.notes],
    ...(reading.original !== undefined && !context.elsewhere && { original: reading.original }),
  };
}

/** Says that the tasks of another scheduler are imported paused; null for what is no other scheduler, or has no tasks. */
export function pausedNote({ kind, candidates }: Pick<ImportSource, 'kind' | 'candidates'>): string | null {
  if (kind === 'ncp-scheduler' || kind === 'mcp-servers' || candidates.length === 0) return null;
  if (kind === 'agents')
    return 'Imported tasks are paused, because the agents still run them. Move them, or switch them off there and resume them here.';
  return `Imported tasks are paused, because ${places[kind]} still runs them. Remove them there, then resume them here.`;
}

function candidateOf(
  foreign: ReadTask,
  spec: ScheduleSpec,
  key: string,
  kind: SchedulerReading['kind'],
  { nowMs, newId }: OtherSchedulerContext,
): ImportCandidate | ImportRefusal {
  const { source, name, description, parameters, workingDirectory, env, policies, endDate, maxExecutions, notes } =
    foreign;
  const refusal = (reason: string): ImportRefusal => ({ source, name, reason });
  if (spec.kind === 'once' && spec.atMs <= nowMs)
    return refusal(`Its only date, ${new Date(spec.atMs).toISOString()}, has passed.`);
  const task: Task = {
    id: newId(),
    name,
    timingId: '-',
    ...storedSchedule(spec),
    tool: foreign.tool ?? 'shell:run',
    parameters,
    createdAt: new Date(nowMs).toISOString(),
    status: 'paused',
    pauseNote:
      kind === 'agents'
        ? `Imported from ${source}. The agent still runs it.`
        : `Imported from ${places[kind]} (${source}), which still runs it.`,
    ...(description === undefined ? {} : { description }),
    ...(workingDirectory === undefined ? {} : { workingDirectory }),
    ...(env === undefined ? {} : { env }),
    ...(endDate === undefined ? {} : { endDate }),
    ...(maxExecutions === undefined ? {} : { maxExecutions }),
    policies: { timeoutMs: longTimeoutMs, ...policies },
  };
  const checked = taskSchema.safeParse(task);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    return refusal(`${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'not valid'}`);
  }
  return { key, task: checked.data, spec, source, notes, figures: null };
}

/** Returns a name that is unique within the file: two entries may run the same program. */
/** @param names how often each name was wanted so far: counting on from there keeps many equal names fast */
function uniqueName(wanted: string, names: Map<string, number>): string {
  let name = wanted;
  let number = (names.get(wanted.toLowerCase()) ?? 0) + 1;
  for (; names.has(name.toLowerCase()); number += 1) {
    const suffix = ` (${number})`;
    name = `${wanted.slice(0, 200 - suffix.length)}${suffix}`;
  }
  names.set(wanted.toLowerCase(), number - 1);
  names.set(name.toLowerCase(), names.get(name.toLowerCase()) ?? 1);
  return name;
}
