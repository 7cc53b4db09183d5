import type { ExecutionQuery } from '../../stores/execution-list.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const lengths = { hour: HOUR, day: DAY, week: 7 * DAY, month: 30 * DAY } as const;
export type Span = 'any' | keyof typeof lengths | 'between';

/** Returns the start of a span that ends now; undefined for any time. */
export const spanStart = (span: Exclude<Span, 'between'>, now: number): string | undefined =>
  span === 'any' ? undefined : new Date(now - lengths[span]).toISOString();

/** Returns the span of a remembered query, whose start was fixed when it was chosen. */
export function spanOf({ since, until }: Pick<ExecutionQuery, 'since' | 'until'>, now: number): Span {
  if (until !== undefined) return 'between';
  if (since === undefined) return 'any';
  const age = now - Date.parse(since);
  const fits = (['hour', 'day', 'week', 'month'] as const).find((span) => age <= 1.5 * lengths[span]);
  return fits ?? 'between';
}

/** Formats an instant for an input of type `datetime-local`, in the machine's zone. */
export function localInput(instant: string | undefined): string {
  if (instant === undefined) return '';
  const at = new Date(instant);
  const two = (part: number) => String(part).padStart(2, '0');
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
