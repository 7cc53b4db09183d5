import { openLogRemoval } from '../adapters/storage/log-removal.ts';
import { Retention, type RetentionNeeds } from '../services/settings/retention.ts';
import type { Core } from './core.ts';

/** What keeps history and logs of this data directory within the limits of its settings. */
export function retentionOf(
  { ledger, settings, clock, logger, paths }: Core,
  onRemoved: NonNullable<RetentionNeeds['onRemoved']> = () => undefined,
): Retention {
  return new Retention({ ledger, settings, clock, logger, logs: openLogRemoval(paths.logsDir), onRemoved });
}
