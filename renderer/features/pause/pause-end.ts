import { tomorrowMorning } from '../../../main/contract/tomorrow.ts';
import { text } from '../../text/en.ts';

export type PauseSpan = keyof typeof text.pausing.spans;

const HOUR = 3_600_000;

/** Returns the instant at which a pause ends (undefined: when the person resumes), or why it is not valid. */
export function pauseEnd(
  span: PauseSpan,
  at: string,
  nowMs: number,
): { until: string | undefined } | { error: string } {
  if (span === 'resumed') return { until: undefined };
  if (span === 'hour') return { until: new Date(nowMs + HOUR).toISOString() };
  if (span === 'tomorrow') return { until: tomorrowMorning(nowMs) };
  if (span === 'week') return { until: new Date(nowMs + 7 * 24 * HOUR).toISOString() };
  const chosen = Date.parse(at);
  if (Number.isNaN(chosen)) return { error: text.pausing.atMissing };
  return chosen > nowMs ? { until: new Date(chosen).toISOString() } : { error: text.pausing.atPast };
}
