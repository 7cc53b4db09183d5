import type { ExecutionRecords } from '../application/operations.ts';
import type { Execution } from '../contract/execution.ts';
import { hideInText } from '../domain/secrets/hidden-text.ts';
import { partsOfSecrets, secretsWithin } from '../domain/secrets/hidden-values.ts';
import { masked, maskedTexts } from '../domain/secrets/masking.ts';

/**
 * Returns a log as agents may read it: without the secrets of the run's parameters and variables, and without passwords
 * and tokens that can be recognized. Hides them in the whole log, so that none can be read piece by piece.
 */
export function logForAgents(bytes: Buffer, execution: Execution, records: Pick<ExecutionRecords, 'setup'>): Buffer {
  const { parameters, executionId } = execution;
  const own = secretsWithin({ parameters, env: records.setup(executionId)?.env ?? {} });
  return Buffer.from(hideInText(masked(bytes.toString('utf8'), maskedTexts(partsOfSecrets(own)))), 'utf8');
}
