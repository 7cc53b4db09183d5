import { isMcpTool } from '../contract/built-in/built-ins.ts';
import type { Doubt } from '../contract/doubt.ts';
import type { ExecutionSpec, WorkerDone } from '../contract/worker.ts';
import type { LogWriter } from './log-writer.ts';
import type { RunnerOutcome } from './runners/runner.ts';

/** The outcome of a run with what was found in its output. */
export type DoubtOutcome = RunnerOutcome & Pick<WorkerDone, 'doubt' | 'isEmpty' | 'seen'>;

/** Looks for signs of failure in the output of one run. */
export interface DoubtCheck {
  output(stream: 'out' | 'err', chunk: Uint8Array): void;
  /** Receives the structured content of an MCP tool's answer. */
  structured(value: unknown): void;
  /** Returns the outcome of a success with its doubt, or as a failure if the task wants that; other outcomes unchanged. */
  doubted(outcome: RunnerOutcome, log: LogWriter): DoubtOutcome;
}

/** Returns null for a task whose doubtful runs are ignored. */
export async function doubtCheck(spec: ExecutionSpec): Promise<DoubtCheck | null> {
  const { doubt: policy = 'ignore', tool, parameters } = spec;
  if (policy === 'ignore') return null;
  const { DoubtWatch } = await import('../domain/doubt/doubt-watch.ts');
  const { command } = parameters;
  const watch = new DoubtWatch({ tool, command: typeof command === 'string' ? command : undefined });
  let structured: unknown;
  return {
    structured: (value) => void (structured = value),
    output: (stream, chunk) => watch.output(stream, chunk),
    doubted: (outcome, log) => {
      if (outcome.outcome !== 'success') return outcome;
      const answer = isMcpTool(tool) ? (outcome.result as McpResult | null) : null;
      const doubt = watch.doubt(structured);
      if (doubt === null)
        return { ...outcome, isEmpty: answer === null ? watch.isEmpty : isEmptyAnswer(answer, structured) };
      if (policy === 'fail') return { ...outcome, outcome: 'failure', error: doubtError(doubt) };
      log.sys(`Doubtful: ${doubt.message}`);
      return { ...outcome, doubt, isEmpty: false };
    },
  };
}

/** Returns the error of a doubtful run that counts as a failure. */
function doubtError({ sign, message, line }: Doubt): NonNullable<RunnerOutcome['error']> {
  return { code: `doubt/${sign}`, message, ...(line === null ? {} : { line }) };
}

interface McpResult {
  readonly content?: readonly { readonly type: string; readonly text?: unknown }[];
}

/** The text of an answer may be empty although it has pictures or structured content. */
function isEmptyAnswer({ content = [] }: McpResult, structured: unknown): boolean {
  const isBlank = ({ type, text }: { type: string; text?: unknown }): boolean =>
    type === 'text' && (typeof text !== 'string' || text.trim() === '');
  return content.every(isBlank) && Object.keys(structured ?? {}).length === 0;
}
