import { SchedulerError } from '../../domain/errors.ts';
import { Recovery } from '../../services/runs/recovery.ts';
import type { Outside } from '../outside.ts';

/**
 * Marks runs whose process is gone as interrupted, so that no reader shows them as running. Does nothing if the ledger
 * cannot be written, which the reader says by itself.
 */
export async function settleRuns(
  outside: Pick<Outside, 'ledger' | 'clock' | 'processTree' | 'logFiles'>,
): Promise<void> {
  const { ledger, clock } = outside;
  if (ledger.running().length === 0 && ledger.waits().length === 0) return;
  const [processTree, files] = await Promise.all([outside.processTree(), outside.logFiles()]);
  try {
    new Recovery({ ledger, clock, processTree, files }).run();
  } catch (error) {
    if (!(error instanceof SchedulerError) || !error.code.startsWith('store/')) throw error;
  }
}
