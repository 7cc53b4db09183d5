import { statSync } from 'node:fs';
import type { ExecutionSpec } from '../contract/worker.ts';
import { SchedulerError } from '../domain/errors.ts';
import type { Unmet } from '../domain/success/success-judge.ts';
import type { LogWriter } from './log-writer.ts';
import type { RunnerOutcome } from './runners/runner.ts';
import { taskPath } from './task-path.ts';

/** The longest line that the outcome quotes, in characters. */
const quotedLength = 500;

/** Checks the success criteria of one run. */
export interface SuccessCheck {
  output(stream: 'out' | 'err', chunk: Uint8Array): void;
  /** Receives the structured content of an MCP tool's answer. */
  structured(value: unknown): void;
  /** Returns the outcome; that of a success becomes a failure if a criterion is not met. */
  judged(outcome: RunnerOutcome, log: LogWriter): RunnerOutcome;
}

/**
 * Returns null for a task without criteria. The engines of expressions and JSONPath are loaded only for others.
 * @throws SchedulerError `task/invalid` if a criterion cannot be checked; then nothing should run.
 */
export async function successCheck(spec: ExecutionSpec): Promise<SuccessCheck | null> {
  const criteria = spec.success ?? [];
  if (criteria.length === 0) return null;
  const [{ SuccessJudge }, { criterionProblem }] = await Promise.all([
    import('../domain/success/success-judge.ts'),
    import('../domain/success/criterion-problem.ts'),
  ]);
  const problem = criteria.map(criterionProblem).find((text) => text !== null);
  if (problem !== undefined)
    throw new SchedulerError('task/invalid', `A success criterion cannot be checked: ${problem}`);
  const judge = new SuccessJudge(criteria, { tool: spec.tool, file: (path) => fileFacts(spec, path) });
  let answer: unknown;
  return {
    output: (stream, chunk) => judge.output(stream, chunk),
    structured: (value) => void (answer = value),
    judged: (outcome, log) =>
      outcome.outcome === 'success' ? judged(judge.unmet(answer), spec, outcome, log) : outcome,
  };
}

function judged(unmet: readonly Unmet[], spec: ExecutionSpec, outcome: RunnerOutcome, log: LogWriter): RunnerOutcome {
  const [first] = unmet;
  if (first !== undefined) return { ...outcome, outcome: 'failure', error: errorOf(first, unmet) };
  const count = spec.success?.length ?? 0;
  log.sys(count === 1 ? 'The success criterion is met.' : `All ${count} success criteria are met.`);
  return outcome;
}

function errorOf(first: Unmet, unmet: readonly Unmet[]): NonNullable<RunnerOutcome['error']> {
  const line = first.line?.text.slice(0, quotedLength);
  return {
    code: `check/${first.criterion.check}`,
    message: unmet.map(({ message }) => `${message}.`).join(' '),
    ...(line === undefined ? {} : { line }),
  };
}

function fileFacts(spec: ExecutionSpec, path: string): { bytes: number; ageMs: number } | null {
  const stats = statSync(taskPath(spec, path), { throwIfNoEntry: false });
  return stats?.isFile() === true ? { bytes: stats.size, ageMs: Date.now() - stats.mtimeMs } : null;
}
