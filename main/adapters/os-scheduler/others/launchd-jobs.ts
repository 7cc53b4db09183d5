import { join } from 'node:path';
import { z } from 'zod';
import { minuteMs } from '../../../domain/durations.ts';
import type { FoundJob, FoundJobs, FoundResult } from '../../../ports/other-schedulers.ts';
import type { CommandRunner } from '../run-program.ts';
import { namesIn, readIfThere } from '../files.ts';
import { agentSchedules, isOurs } from '../launchd/read-agent.ts';
import { parsePlist } from '../launchd/plist-text.ts';
import { agentDirectory } from '../launchd/translate.ts';
import type { ReadingContext } from '../reading/reading.ts';
import { Gathered, shownOriginal, unknownResult } from './reading.ts';

export interface LaunchdOptions {
  readonly run: CommandRunner;
  /** The person's numeric id. */
  readonly uid: number;
  /** @default '/', another folder for tests */
  readonly root?: string;
}

interface Folder {
  readonly path: string;
  /** Where `launchctl` knows its agents (`man launchctl`). */
  readonly domain: string;
  readonly runsAs: string | null;
  readonly isOwn: boolean;
}

const agent = z.looseObject({
  Label: z.string().min(1),
  Disabled: z.boolean().optional(),
  UserName: z.string().optional(),
  Program: z.string().optional(),
  ProgramArguments: z.array(z.string()).optional(),
  StartInterval: z.unknown().optional(),
  StartCalendarInterval: z.unknown().optional(),
});

const PATIENCE_MS = 5000;

/** Finds the launchd agents and daemons that run by the clock, with the last exit code that launchctl knows. */
export async function launchdJobs(options: LaunchdOptions, context: ReadingContext): Promise<FoundJobs> {
  const { root = '/', uid } = options;
  const found = new Gathered();
  const session = `gui/${uid}`;
  const folders: Folder[] = [
    { path: agentDirectory(context.homeDir), domain: session, runsAs: null, isOwn: true },
    { path: join(root, 'Library/LaunchAgents'), domain: session, runsAs: null, isOwn: false },
    { path: join(root, 'Library/LaunchDaemons'), domain: 'system', runsAs: 'root', isOwn: false },
  ];
  for (const folder of folders) {
    const names = found.attempt('launchd', folder.path, () => namesIn(folder.path)) ?? [];
    const jobs: FoundJob[] = [];
    for (const name of names.filter((file) => file.endsWith('.plist'))) {
      const path = join(folder.path, name);
      const job = found.attempt('launchd', path, () => jobOf(path, name, folder, context));
      if (job !== null) jobs.push({ ...job.job, ...(await stateOf(options.run, `${folder.domain}/${job.label}`)) });
    }
    found.add('launchd', folder.path, jobs);
  }
  return found;
}

type Job = Omit<FoundJob, 'last' | 'stopped'>;

/** Returns null for an agent that does not run by the clock, and for those of this app and of ncp. */
function jobOf(
  path: string,
  name: string,
  folder: Folder,
  context: ReadingContext,
): { label: string; job: Job } | null {
  const text = readIfThere(path) ?? '';
  if (text.startsWith('bplist')) throw new Error('It is a binary plist. Show it with "plutil -convert xml1 -o -".');
  const raw = parsePlist(text);
  if (isOurs(raw)) return null;
  const parsed = agent.safeParse(raw);
  if (!parsed.success) throw new Error('It is not a launchd agent: it has no label.');
  const { Label: label, StartInterval: interval, StartCalendarInterval: calendar, ...rest } = parsed.data;
  if (interval === undefined && calendar === undefined) return null;
  const schedules = agentSchedules(raw, context.timezone);
  const written =
    calendar === undefined ? `StartInterval=${String(interval)}` : `StartCalendarInterval=${JSON.stringify(calendar)}`;
  const args = rest.ProgramArguments ?? (rest.Program === undefined ? [] : [rest.Program]);
  const job: Job = {
    place: 'launchd',
    source: folder.isOwn ? name : path,
    name: label,
    command: args.length === 0 ? null : args.join(' '),
    runsAs: rest.UserName ?? folder.runsAs,
    schedules: schedules ?? [],
    trigger: schedules === null ? (calendar === undefined ? `Every ${String(interval)} s` : written) : null,
    written,
    original: shownOriginal(text),
    // An interval counts from the login, which is not known.
    nextMs: calendar === undefined ? null : undefined,
    watchedFromMs: null,
    graceMs: minuteMs,
  };
  return { label, job };
}

/** Reads what `launchctl print` says about a service. It names no times. */
async function stateOf(run: CommandRunner, target: string): Promise<Pick<FoundJob, 'last' | 'stopped'>> {
  const result = await run('launchctl', ['print', target], { timeoutMs: PATIENCE_MS });
  if (result.failure !== null)
    return { last: unknownResult(`launchctl did not answer: ${result.failure}`), stopped: null };
  if (result.exitCode !== 0) return { last: unknownResult('launchd does not know it'), stopped: 'It is not loaded.' };
  return { last: lastOf(result.stdout), stopped: null };
}

function lastOf(printed: string): FoundResult {
  const value = (name: string): string | undefined => new RegExp(`^\\s*${name} = (.*)$`, 'm').exec(printed)?.[1];
  if (value('state') === 'running') return { atMs: null, result: 'running', detail: 'running' };
  const signal = value('last terminating signal');
  if (signal !== undefined) return { atMs: null, result: 'failed', detail: `ended by signal ${signal}` };
  const code = /^\d+/.exec(value('last exit code') ?? '')?.[0];
  if (code === undefined) return unknownResult('has not run since it was loaded');
  return { atMs: null, result: code === '0' ? 'succeeded' : 'failed', detail: `exit code ${code}` };
}
