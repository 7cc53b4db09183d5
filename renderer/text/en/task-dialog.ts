import type { CatchUpPolicy, OverlapPolicy } from '../../../main/contract/task.ts';
import type { WorkerPolicy } from '../../../main/contract/worker-policy.ts';
import { workers } from './workers.ts';

/** Saving a task and running it at once. */
export const saveAndRun = {
  button: 'Save and run',
  hint: 'Saves the task, runs it now and shows its log.',
} as const;

interface MoreSummary {
  /** Null for the system's time zone. */
  zone: string | null;
  workingDirectory: string;
  tags: readonly string[];
  description: string;
  env: string;
}

interface TroubleSummary {
  overlap: OverlapPolicy;
  catchUp: CatchUpPolicy | 'default';
  retries: string;
  pauseAfterFailures: string;
}

interface LimitSummary {
  timeout: string;
  memoryMb: string;
  maxProcesses: string;
  budget: string;
  worker: WorkerPolicy | 'default';
  maxExecutions: string;
  startDate: string;
  endDate: string;
  jitter: string;
  onlyOnline: boolean;
  onlyOnPower: boolean;
  fireOnce: boolean;
}

const overlaps: Readonly<Record<OverlapPolicy, string>> = {
  skip: '',
  'buffer-one': 'one run waits',
  'buffer-all': 'runs wait',
  'cancel-other': 'stops the previous run',
  'terminate-other': 'stops the previous run immediately',
  'allow-all': 'runs at the same time',
};

const catchUps: Readonly<Record<CatchUpPolicy | 'default', string>> = {
  default: '',
  skip: 'skips missed runs',
  once: 'one run for missed runs',
  all: 'runs each missed run',
};

const countOf = (count: string, one: string, many: string): string => (count === '1' ? `1 ${one}` : `${count} ${many}`);
const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(', ');
const when = (isSet: boolean, words: string): string => (isSet ? words : '');

/** What the closed sections of the task dialog hold. */
export const sections = {
  more: 'Time zone, folder, tags and notes',
  moreSummary: ({ zone, workingDirectory, tags, description, env }: MoreSummary): string => {
    const variables = env.split('\n').filter((line) => line.trim() !== '').length;
    return joined(
      zone ?? 'system time zone',
      workingDirectory.trim() === '' ? 'home directory' : workingDirectory.trim(),
      tags.map((tag) => `#${tag}`).join(' '),
      when(description.trim() !== '', 'description'),
      when(variables > 0, countOf(String(variables), 'variable', 'variables')),
    );
  },
  troubleSummary: ({ overlap, catchUp, retries, pauseAfterFailures }: TroubleSummary): string =>
    joined(
      retries === '' || retries === '0' ? 'no retries' : countOf(retries, 'retry', 'retries'),
      overlaps[overlap],
      catchUps[catchUp],
      when(pauseAfterFailures !== '', `pause after ${countOf(pauseAfterFailures, 'failure', 'failures')}`),
    ),
  limitSummary: (limits: LimitSummary): string =>
    joined(
      `${limits.timeout} limit`,
      when(limits.memoryMb !== '', `${limits.memoryMb} MiB`),
      when(limits.maxProcesses !== '', `${limits.maxProcesses} processes`),
      when(limits.budget !== '', `budget ${limits.budget}`),
      when(limits.jitter !== '', `random delay up to ${limits.jitter}`),
      when(limits.fireOnce, 'finishes after the first success'),
      when(limits.maxExecutions !== '', `finishes after ${countOf(limits.maxExecutions, 'run', 'runs')}`),
      when(limits.startDate !== '', `from ${limits.startDate}`),
      when(limits.endDate !== '', `until ${limits.endDate}`),
      when(limits.onlyOnline, 'only when online'),
      when(limits.onlyOnPower, 'only on mains power'),
      limits.worker === 'default' ? '' : workers.policies[limits.worker].toLowerCase(),
    ),
  successSummary: (checks: string, doubt: string | null): string => joined(checks, doubt ?? ''),
} as const;
