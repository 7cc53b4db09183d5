import type { Ledger } from '../../main/ports/ledger/ledger.ts';
import { shellTrue } from './schedule.ts';

const START = Date.UTC(2026, 0, 1);
const EVERY_MS = 300_000;

/** Returns the start of a day in the filled ledger; the first day is 0. */
export const dayOf = (day: number): string => new Date(START + day * 86_400_000).toISOString();

/** Adds executions five minutes apart, of a thousand tasks in turn. Every tenth execution fails. */
export function fillLedger(ledger: Ledger, executions: number): void {
  ledger.withWriteLock(() => {
    for (let index = 0; index < executions; index += 1) {
      const at = new Date(START + index * EVERY_MS).toISOString();
      const executionId = `execution-${index}`;
      const taskId = `task-${index % 1000}`;
      ledger.claim({
        executionId,
        taskId,
        taskName: `Task ${index % 1000}`,
        timingId: `timing-${index % 100}`,
        tool: shellTrue.tool,
        parameters: shellTrue.parameters,
        trigger: 'schedule',
        slot: at,
        attempt: 1,
        startedAt: at,
        logPath: null,
        owner: { pid: 1, startedAt: '1' },
      });
      ledger.finish(executionId, {
        status: index % 10 === 0 ? 'failure' : 'success',
        completedAt: at,
        exitCode: index % 10 === 0 ? 1 : 0,
        signal: null,
        result: null,
        error: null,
        logBytes: 0,
        peakMemoryBytes: null,
        cpuMs: null,
      });
    }
  });
}
