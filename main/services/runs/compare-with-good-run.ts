import { comparedLinesLimit } from '../../contract/log-comparison.ts';
import type { LogComparison } from '../../contract/log-comparison.ts';
import type { Execution } from '../../contract/execution.ts';
import { parseLogLine } from '../../contract/log-format.ts';
import { compareLogs } from '../../domain/log-comparison/compare-logs.ts';
import type { NumberedLine } from '../../domain/log-comparison/compare-logs.ts';
import type { Ledger } from '../../ports/ledger/ledger.ts';
import type { LogFiles } from '../../ports/log-files.ts';

/** Of a longer log, only the end is compared: that is where a run fails, and the work stays below half a second. */
const comparedBytes = 2 * 1024 * 1024;
/** Good runs whose log is gone are passed over, up to this many. */
const goodRunsTried = 20;
const contextLines = 2;

interface Needs {
  readonly ledger: Pick<Ledger, 'list'>;
  readonly files: Pick<LogFiles, 'whole'>;
}

/** Compares the log of a run with that of the last successful run of its task before it. */
export function compareWithGoodRun({ ledger, files }: Needs, execution: Execution): LogComparison {
  const before = goodRunsBefore(ledger, execution);
  for (const good of before) {
    const bytes = good.logPath === null ? null : files.whole(good.logPath);
    if (bytes === null) continue;
    const own = execution.logPath === null ? null : files.whole(execution.logPath);
    const [now, then] = [endOf(own ?? Buffer.alloc(0)), endOf(bytes)];
    const { lines, added, missing } = compareLogs(now.lines, then.lines, contextLines);
    return {
      good: { executionId: good.executionId, startedAt: good.startedAt },
      lines: lines.slice(0, comparedLinesLimit),
      ...{ added, missing },
      endOnly: now.isCut || then.isCut,
    };
  }
  return { good: null, lines: [], added: 0, missing: 0, endOnly: false };
}

/** A doubtful success is not a good run: its log may hold the very error that is looked for. */
function goodRunsBefore(ledger: Needs['ledger'], { taskId, executionId, startedAt }: Execution): Execution[] {
  const { executions } = ledger.list({ taskId, status: 'success', until: startedAt, offset: 0, limit: goodRunsTried });
  return executions.filter((run) => run.executionId !== executionId && !run.doubt && run.startedAt <= startedAt);
}

/** Returns the lines at the end of a log, with their numbers in the whole log. */
function endOf(log: Buffer): { lines: NumberedLine[]; isCut: boolean } {
  const isCut = log.length > comparedBytes;
  const from = isCut ? log.indexOf(10, log.length - comparedBytes) + 1 : 0;
  let number = 1;
  for (let at = log.indexOf(10); at !== -1 && at < from; at = log.indexOf(10, at + 1)) number += 1;
  const texts = log.toString('utf8', from).split('\n');
  if (texts.at(-1) === '') texts.pop();
  return { isCut, lines: texts.map((text, index) => numbered(text, number + index)) };
}

function numbered(line: string, number: number): NumberedLine {
  const { stream, text } = parseLogLine(line) ?? { stream: 'out' as const, text: line };
  return { number, stream, text };
}
