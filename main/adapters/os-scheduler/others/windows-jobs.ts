import { z } from 'zod';
import { minuteMs } from '../../../domain/durations.ts';
import { messageOf } from '../../../domain/errors.ts';
import type { FoundJob, FoundJobs, FoundResult } from '../../../ports/other-schedulers.ts';
import { complaint } from '../run-program.ts';
import type { CommandRunner } from '../run-program.ts';
import type { ReadingContext } from '../reading/reading.ts';
import { readTasks } from '../windows/read-task.ts';
import { Gathered, shownOriginal, unknownResult } from './reading.ts';

export interface WindowsOptions {
  readonly run: CommandRunner;
  /** Returns XML by the name of the task. @throws SchedulerError `os/schtasks-refused` */
  readonly windowsTasks: () => Promise<ReadonlyMap<string, string>>;
}

const PATIENCE_MS = 30_000;
/** `schtasks` writes dates in the language of the system; PowerShell can write them in UTC. */
const script = `Get-ScheduledTask | Where-Object TaskPath -NotLike '\\Microsoft\\*' | ForEach-Object { $i = $_ | Get-ScheduledTaskInfo; [pscustomobject]@{ name = $_.TaskPath + $_.TaskName; state = [string]$_.State; result = $i.LastTaskResult; missed = $i.NumberOfMissedRuns; last = if ($i.LastRunTime) { $i.LastRunTime.ToUniversalTime().ToString('o') }; next = if ($i.NextRunTime) { $i.NextRunTime.ToUniversalTime().ToString('o') } } } | ConvertTo-Json -Compress`;

const rowSchema = z.object({
  name: z.string(),
  state: z.string(),
  result: z.number().nullable(),
  missed: z.number().nullable(),
  last: z.string().nullable(),
  next: z.string().nullable(),
});
type Row = z.infer<typeof rowSchema>;
/** One task is written without a list. */
const rowsSchema = z.union([z.array(rowSchema), rowSchema.transform((row) => [row])]);

/** Finds the tasks of Task Scheduler outside the system's own folder, with their last result. */
export async function windowsJobs(options: WindowsOptions, context: ReadingContext): Promise<FoundJobs> {
  const found = new Gathered();
  let tasks: ReadonlyMap<string, string>;
  try {
    tasks = await options.windowsTasks();
  } catch (problem) {
    found.miss('windows', 'schtasks', messageOf(problem));
    return found;
  }
  const rows = await rowsOf(found, options.run);
  const jobs = [...tasks].map(([name, xml]) => jobOf(name, xml, rows.get(name), context));
  found.add('windows', 'schtasks', jobs);
  return found;
}

async function rowsOf(found: Gathered, run: CommandRunner): Promise<Map<string, Row>> {
  const args = ['-NoProfile', '-NonInteractive', '-Command', script];
  const result = await run('powershell', args, { timeoutMs: PATIENCE_MS });
  try {
    if (result.exitCode !== 0) throw new Error(complaint(result));
    const text = result.stdout.trim();
    const rows = text === '' ? [] : rowsSchema.parse(JSON.parse(text));
    return new Map(rows.map((row) => [row.name, row]));
  } catch (problem) {
    found.miss('windows', 'Get-ScheduledTaskInfo', `The last results are not known: ${messageOf(problem)}`);
    return new Map();
  }
}

function jobOf(name: string, xml: string, row: Row | undefined, context: ReadingContext): FoundJob {
  const { tasks, refused } = readTasks([{ name, xml }], context);
  const [task] = tasks;
  const stopped = row?.state === 'Disabled' ? 'It is disabled.' : null;
  const last = resultOf(row);
  return {
    place: 'windows',
    source: name,
    name: name.split('\\').at(-1) ?? name,
    command: task === undefined ? null : lineOf(task.parameters),
    runsAs: null,
    schedules: task?.schedules ?? [],
    trigger: task === undefined ? (refused[0]?.reason ?? 'Unknown') : null,
    written: [...xml.matchAll(/<(\w+Trigger)\b/g)].map(([, kind = '']) => kind).join(', ') || 'no trigger',
    original: shownOriginal(xml),
    nextMs: stopped !== null ? null : row === undefined ? undefined : instantOf(row.next),
    // Task Scheduler itself counts the runs that it missed.
    watchedFromMs: (row?.missed ?? 0) > 0 ? last.atMs : null,
    graceMs: minuteMs,
    last,
    stopped,
  };
}

/** Codes of Task Scheduler (`SCHED_S_…`) that are no exit codes. */
const RUNNING = 0x41301;
const NOT_RUN_YET = 0x41303;
const ENDED_BY_USER = 0x41306;

function resultOf(row: Row | undefined): FoundResult {
  if (row === undefined) return unknownResult('not known');
  const { result, last } = row;
  if (result === null || result === NOT_RUN_YET) return unknownResult('has not run yet');
  const atMs = instantOf(last);
  if (result === RUNNING) return { atMs, result: 'running', detail: 'running' };
  if (result === 0) return { atMs, result: 'succeeded', detail: 'exit code 0' };
  const code = result > 255 ? `0x${result.toString(16)}` : String(result);
  return { atMs, result: 'failed', detail: result === ENDED_BY_USER ? 'ended by a user' : `exit code ${code}` };
}

const instantOf = (text: string | null): number | null => (text === null ? null : Date.parse(text));

function lineOf({ args, command }: Readonly<Record<string, unknown>>): string | null {
  if (typeof command === 'string') return command;
  return Array.isArray(args) ? args.map(String).join(' ') : null;
}
