import type { ExecutionSpec } from '../contract/worker.ts';
import { doubtCheck, type DoubtOutcome } from './doubt-check.ts';
import type { LogWriter } from './log-writer.ts';
import { OutputTail } from './output-tail.ts';
import type { AnswerCollector } from './probe/answer-collector.ts';
import { runnerOf } from './runners/runner-of.ts';
import { cancelled, type RunnerContext, type RunnerOutcome } from './runners/runner.ts';
import { successCheck } from './success-check.ts';

interface ToolRun extends Pick<RunnerContext, 'execution' | 'signal' | 'otherToken' | 'server'> {
  readonly log: LogWriter;
  /** Receives the output as well. */
  readonly listener: AnswerCollector | undefined;
  /** Runs the tool within what must exist while it does. */
  readonly within: (start: () => Promise<RunnerOutcome>) => Promise<RunnerOutcome>;
}

/** Runs one tool once and judges its outcome: success criteria, then signs of failure in its output. */
export async function runTool(spec: ExecutionSpec, given: ToolRun): Promise<DoubtOutcome> {
  const { log, execution, signal, listener, otherToken, server, within } = given;
  const [runner, check, doubts] = await Promise.all([runnerOf(spec.tool), successCheck(spec), doubtCheck(spec)]);
  if (signal.aborted) return cancelled('it was about to start');
  const tail = new OutputTail();
  const examine: RunnerContext['examine'] = (stream, chunk) => {
    tail.push(stream, chunk);
    check?.output(stream, chunk);
    doubts?.output(stream, chunk);
    listener?.output(stream, chunk);
  };
  const output: RunnerContext['output'] = (stream, chunk) => {
    log.write(stream, chunk);
    examine(stream, chunk);
  };
  const structured: RunnerContext['structured'] = (value) => {
    check?.structured(value);
    doubts?.structured(value);
    listener?.structured(value);
  };
  const outcome = tail.explained(
    await within(() => runner({ spec, log, output, examine, structured, execution, signal, otherToken, server })),
  );
  const judged = check === null ? outcome : check.judged(outcome, log);
  return doubts === null ? judged : doubts.doubted(judged, log);
}
