import { DateTime } from 'luxon';
import type { Digest } from '../../contract/alerts/rules.ts';

/** When a digest is sent unless a person says otherwise. */
export const digestDefaults = { every: 'day', at: '08:00', weekday: 1 } as const;

/**
 * Returns the latest instant in ms, not after now, at which a digest is due. A local time that a clock change skips moves
 * forward by the gap; one that occurs twice counts once, at its first occurrence.
 */
export function latestDigestMs(
  { every, at = digestDefaults.at, weekday = digestDefaults.weekday }: Pick<Digest, 'every' | 'at' | 'weekday'>,
  { ms, zone }: { readonly ms: number; readonly zone: string },
): number {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const now = DateTime.fromMillis(ms, { zone });
  const of = (day: DateTime): DateTime => {
    const time = DateTime.fromObject({ year: day.year, month: day.month, day: day.day, hour, minute }, { zone });
    // Without this, Luxon chooses between two occurrences by the offset of today.
    return time.getPossibleOffsets()[0] ?? time;
  };
  const daysBack = every === 'week' ? (now.weekday - weekday + 7) % 7 : 0;
  const latest = of(now.minus({ days: daysBack }));
  if (latest.toMillis() <= ms) return latest.toMillis();
  return of(now.minus({ days: daysBack + (every === 'week' ? 7 : 1) })).toMillis();
}
