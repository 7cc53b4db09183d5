import { isMcpTool } from '../../../contract/built-in/built-ins.ts';
import type { Execution } from '../../../contract/execution.ts';
import { parseLogLine } from '../../../contract/log-format.ts';
import type { Criterion, TriedCriterion } from '../../../contract/success.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import { foundExecution } from '../../../domain/not-found.ts';
import { criterionProblem } from '../../../domain/success/criterion-problem.ts';
import { criterionText } from '../../../domain/success/criterion-text.ts';
import { SuccessJudge } from '../../../domain/success/success-judge.ts';
import type { OutputStream } from '../../../domain/success/line-check.ts';
import type { Ledger } from '../../../ports/ledger/ledger.ts';
import type { RunLogs } from '../run-logs.ts';

export interface SuccessTrialNeeds {
  readonly ledger: Pick<Ledger, 'get'>;
  readonly logs: Pick<RunLogs, 'whole'>;
}

/** Applies success criteria to a run that has ended, before they are saved. */
export class SuccessTrial {
  readonly #needs: SuccessTrialNeeds;

  constructor(needs: SuccessTrialNeeds) {
    this.#needs = needs;
  }

  /**
   * Judges what was kept of the run: its log, or the result of an HTTP response or MCP tool. Files have changed since,
   * so criteria about them are not tried.
   * @throws SchedulerError `execution/not-found`, `execution/log-removed`, `task/invalid`.
   */
  try(executionId: string, criteria: readonly Criterion[]): TriedCriterion[] {
    const problem = criteria.map(criterionProblem).find((text) => text !== null);
    if (problem !== undefined) throw new SchedulerError('task/invalid', `Success criterion: ${problem}.`);
    const execution = foundExecution(this.#needs.ledger.get(executionId), executionId);
    const tried = criteria.filter(({ check }) => check !== 'file');
    const judge = new SuccessJudge(tried, { tool: execution.tool, file: () => null });
    for (const { stream, text } of this.#output(execution)) judge.output(stream, Buffer.from(`${text}\n`));
    const unmet = new Map(judge.unmet(structured(execution)).map((found) => [found.criterion, found]));
    return criteria.map((criterion) => {
      if (criterion.check === 'file') return { state: 'not-tried', message: criterionText(criterion), line: null };
      const found = unmet.get(criterion);
      if (found === undefined) return { state: 'met', message: criterionText(criterion), line: null };
      return { state: 'unmet', message: found.message, line: found.line?.text ?? null };
    });
  }

  *#output(execution: Execution): Generator<{ stream: OutputStream; text: string }> {
    const isCommand = execution.tool === 'shell:run';
    if (!isCommand) for (const text of answerTexts(execution.result)) yield { stream: 'out', text };
    for (const line of this.#needs.logs.whole(execution).toString('utf8').split('\n')) {
      const { stream, text } = parseLogLine(line) ?? { stream: 'sys', text: line };
      if (stream === 'err' || (stream === 'out' && isCommand)) yield { stream, text };
    }
  }
}

/** Returns the body of an HTTP response, or the texts of an MCP tool's answer. */
function answerTexts(result: unknown): string[] {
  const { body, content, text } = (result ?? {}) as { body?: unknown; content?: unknown; text?: unknown };
  // The answer of an agent.
  if (typeof text === 'string') return [text];
  if (typeof body === 'string') return [body];
  const items: unknown[] = Array.isArray(content) ? content : [];
  return items.map(textIn).filter((text) => typeof text === 'string');
}

/** Returns the text of a part of an answer, or that of a resource in it. */
function textIn(item: unknown): unknown {
  const { text, resource } = (item ?? {}) as { text?: unknown; resource?: { text?: unknown } | null };
  return text ?? resource?.text;
}

function structured({ tool, result }: Execution): unknown {
  return isMcpTool(tool) ? (result as { structuredContent?: unknown } | null)?.structuredContent : undefined;
}
