import pLimit from 'p-limit';
import { expect } from 'vitest';
import type { CancelReason, ExecutionSpec } from '../../contract/worker.ts';
import type { RunResult } from '../../services/runs/execution-outcome.ts';
import { processesWith } from '../proc-facts.ts';
import { runnerFixture, type RunnerFixture } from '../runner-fixture.ts';

/** How a run ends: the outcome, what a person reads, and what is in the log. */
export interface End {
  readonly status: RunResult['status'];
  /** The code of the error; absent for a success. */
  readonly code?: string;
  /** Null: there is none. Absent: it does not matter. */
  readonly exitCode?: number | null;
  /** The signal that ended the process, if one did and it matters. */
  readonly signal?: string;
  readonly says?: RegExp;
  readonly log?: RegExp;
}

/** One way in which a run ends. */
export interface EndCase {
  readonly way: string;
  readonly tool: string;
  readonly parameters: Record<string, unknown>;
  readonly more?: Partial<ExecutionSpec> & { readonly memoryBytes?: number };
  /** What ends the run once its log matches `up`. Absent: it ends by itself. */
  readonly by?: CancelReason | 'SIGKILL' | 'SIGSEGV' | 'SIGABRT';
  readonly up?: RegExp;
  readonly end: End;
}

/** The ends of a tool. The servers that they need end with the test. */
export interface Ends {
  readonly always: readonly EndCase[];
  /** Runs of which `npm test` takes every third, and `--deep` all. */
  readonly sampled: readonly EndCase[];
}

export const success = (more: Partial<End> = {}): End => ({ status: 'success', ...more });
export const failure = (code: string, says: RegExp, more: Partial<End> = {}): End => ({
  ...{ status: 'failure', code, says },
  ...more,
});

/** What a person reads of a run that was stopped, by the reason. */
const stops: Readonly<Record<CancelReason, End>> = {
  cancelled: { status: 'cancelled', code: 'execution/cancelled', says: /^Cancelled\./ },
  quit: { status: 'cancelled', code: 'execution/quit', says: /NCP Scheduler was quit/ },
  timeout: { status: 'timeout', code: 'execution/timeout', says: /time limit of 5 min/ },
  memory: { status: 'failure', code: 'execution/memory-limit', says: /its limit is 1000 MiB/ },
  superseded: { status: 'cancelled', code: 'execution/superseded', says: /the fleet gave this run up/ },
  processes: { status: 'failure', code: 'execution/process-limit', says: /its limit is 1000\./ },
};
const crashes = (['SIGKILL', 'SIGSEGV', 'SIGABRT'] as const).map((signal) => ({
  signal,
  end: { status: 'failure', code: 'worker/crashed', says: new RegExp(signal) } satisfies End,
}));

/** Returns every way to be stopped, and every signal that can end the worker, for runs that go on until then. */
export function stoppedCases(runs: readonly Omit<EndCase, 'by' | 'end'>[]): EndCase[] {
  const all = [
    ...Object.entries(stops).map(([by, end]) => ({ by: by as CancelReason, end })),
    ...crashes.map(({ signal, end }) => ({ by: signal, end })),
  ];
  return runs.flatMap((run) => all.map(({ by, end }) => ({ ...run, way: `${run.way}, ended by ${by},`, by, end })));
}

const times = { graceMs: 500, reportMs: 1000 };
const atOnce = 4;

/**
 * Runs every case in the real worker, a few at once, and returns each problem as one line. A process that is left running
 * is a problem.
 */
export async function wrongEnds(cases: readonly EndCase[]): Promise<string[]> {
  const fixture = await runnerFixture({ times });
  const limit = pLimit(atOnce);
  const problems = await Promise.all(cases.map((each) => limit(() => wrongIn(each, fixture))));
  return problems.flat();
}

async function wrongIn({ way, tool, parameters, more, by, up, end }: EndCase, { start }: RunnerFixture) {
  const run = start(tool, parameters, { memoryBytes: 1000 * 1024 ** 2, processes: 1000, ...more });
  if (by !== undefined) {
    await expect.poll(run.log, { timeout: 30_000, message: `${tool} that ${way} never began` }).toMatch(up ?? /up/);
    const pid = run.workerPid();
    if (by !== 'SIGKILL' && by !== 'SIGSEGV' && by !== 'SIGABRT') run.cancel(by);
    else if (pid !== null) process.kill(pid, by);
  }
  const { status, exitCode, signal, error } = await run.finished;
  const told = [
    [status, end.status],
    [error?.code, end.code],
    [end.exitCode === undefined ? undefined : exitCode, end.exitCode],
    [end.signal === undefined ? undefined : signal, end.signal],
  ] as const;
  const left = processesWith(run.executionId);
  const message = error?.message ?? '';
  const wrong = [
    ...told.flatMap(([is, wanted]) => (is === wanted ? [] : [`is ${is}, not ${wanted} (${message})`])),
    ...(end.says?.test(message) === false ? [`says ${message}`] : []),
    ...(end.log?.test(run.log()) === false ? [`logs ${run.log()}`] : []),
    ...(left.length === 0 ? [] : [`leaves ${JSON.stringify(left)}`]),
  ];
  return wrong.map((problem) => `${tool} that ${way} ${problem}`);
}

/**
 * Returns all cases with TEST_DEEP=1, and else one of each three: the first, the third, the second and so on, because cases are
 * repeated for three ways to stop a run.
 */
export function chosen<T>(cases: readonly T[]): readonly T[] {
  if (process.env['TEST_DEEP'] === '1') return cases;
  return cases.filter((_each, index) => (index + Math.floor(index / 3)) % 3 === 0);
}
