import { createHash } from 'node:crypto';
import type { Execution } from '../../../contract/execution.ts';
import { retryDelay } from '../../../domain/policy/retry.ts';
import type { NewExecution } from '../../../ports/ledger/executions.ts';
import type { Span, Traces } from '../../../ports/traces.ts';
import type { Attempt } from './attempt.ts';

type Variables = Readonly<Record<string, string>>;

/** A run whose last attempt has not ended. */
interface OpenRun {
  readonly startMs: number;
  readonly last: Execution;
  readonly variables: Variables;
}

/**
 * Makes a span of each run, with one span for each attempt below it. The ids follow from the ids of the executions, so
 * nothing has to be remembered to find the parent of an attempt.
 */
export class AttemptTraces {
  readonly #traces: Traces;
  /** Runs between two attempts, by the id of the first attempt. */
  readonly #open = new Map<string, OpenRun>();

  constructor(traces: Traces) {
    this.#traces = traces;
  }

  /** Returns `TRACEPARENT` for the environment of an attempt, so that the task's own spans nest below it. */
  variables({ first }: Attempt, { executionId }: NewExecution, variables: Variables): Variables {
    if (!this.#traces.isOn(variables)) return {};
    // https://www.w3.org/TR/trace-context/#traceparent-header; 01: sampled.
    return { TRACEPARENT: `00-${traceIdOf(first ?? executionId)}-${attemptSpanIdOf(executionId)}-01` };
  }

  /** @param isStopping true if this process starts no further attempt */
  ended(attempt: Attempt, execution: Execution, variables: Variables, isStopping: boolean): void {
    if (!this.#traces.isOn(variables)) return;
    const first = attempt.first ?? execution.executionId;
    const startMs = this.#open.get(first)?.startMs ?? Date.parse(execution.startedAt);
    this.#traces.export([attemptSpan(first, execution)], variables);
    this.#open.set(first, { startMs, last: execution, variables });
    if (isStopping || !isRetried(attempt, execution)) this.#close(first);
  }

  /** Ends the spans of runs whose next attempt will not come, and waits until all are sent. */
  async stop(): Promise<void> {
    for (const first of this.#open.keys()) this.#close(first);
    await this.#traces.flush();
  }

  #close(first: string): void {
    const open = this.#open.get(first);
    this.#open.delete(first);
    if (open === undefined) return;
    const { startMs, last, variables } = open;
    const attributes = { ...attributesOf(last), 'ncp.attempts': last.attempt };
    const span = { ...spanOf(last), traceId: traceIdOf(first), spanId: runSpanIdOf(first), parentSpanId: null };
    this.#traces.export([{ ...span, startMs, name: last.taskName, attributes }], variables);
  }
}

/** The jitter of a retry does not matter to whether there is one. */
const isRetried = ({ trigger, policies }: Attempt, { status, exitCode, attempt, error }: Execution): boolean =>
  trigger !== 'test' &&
  status !== 'running' &&
  status !== 'skipped' &&
  retryDelay(policies.retries, { status, exitCode, attempt, error }, 0) !== null;

function attemptSpan(first: string, execution: Execution): Span {
  return {
    ...spanOf(execution),
    ...{ traceId: traceIdOf(first), spanId: attemptSpanIdOf(execution.executionId), parentSpanId: runSpanIdOf(first) },
    name: `Attempt ${execution.attempt}`,
    attributes: attributesOf(execution),
  };
}

function spanOf({ startedAt, completedAt, status, error }: Execution): Pick<Span, 'startMs' | 'endMs' | 'problem'> {
  const problem = status === 'success' ? null : (error?.message ?? status);
  return { startMs: Date.parse(startedAt), endMs: Date.parse(completedAt ?? startedAt), problem };
}

/** Names of OpenTelemetry's conventions where there are any. */
function attributesOf(execution: Execution): Span['attributes'] {
  const { executionId, taskId, taskName, timingId, tool, trigger, status, slot, exitCode, error, attempt } = execution;
  return {
    'ncp.execution.id': executionId,
    'ncp.task.id': taskId,
    'ncp.task.name': taskName,
    'ncp.task.tool': tool,
    'ncp.group': timingId,
    'ncp.trigger': trigger,
    'ncp.status': status,
    'ncp.attempt': attempt,
    ...(slot !== null && { 'ncp.slot': slot }),
    ...(exitCode !== null && { 'process.exit.code': exitCode }),
    ...(error !== null && { 'error.type': error.code }),
  };
}

const hashOf = (text: string, digits: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, digits);
const traceIdOf = (first: string): string => hashOf(`trace ${first}`, 32);
const runSpanIdOf = (first: string): string => hashOf(`run ${first}`, 16);
const attemptSpanIdOf = (executionId: string): string => hashOf(`attempt ${executionId}`, 16);
