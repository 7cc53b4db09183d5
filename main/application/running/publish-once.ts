import { messageOf } from '../../domain/errors.ts';
import type { Core } from '../core.ts';
import type { Outside } from '../outside.ts';

/** Writes the files for other programs after a run without a primary, which would otherwise do it. */
export async function publishOnce(outside: Outside, core: Core): Promise<void> {
  try {
    const { metricsFile, calendarFile } = outside.settings.read();
    if (metricsFile === undefined && calendarFile === undefined) return;
    const { createPublishing } = await import('./publishing.ts');
    await (await createPublishing(outside, core)).write();
  } catch (problem) {
    // The outcome of the run is what its caller waits for.
    outside.logger.error('Could not update the files for other programs', { problem: messageOf(problem) });
  }
}
