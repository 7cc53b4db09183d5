import type { SaidTime } from '../meaning/draft.ts';
import { PhraseProblem } from '../phrase-problem.ts';

/**
 * Throws for a bare hour beside a pm time when the hour could be pm too: "at 2 and 5pm". In "at 9 and 5pm", 9 can only
 * be the morning.
 */
export function assertClear(times: readonly SaidTime[], words: readonly string[]): void {
  const pm = times.find((time) => time.meridiem && time.hour > 12);
  const unclear = times.find((time) => time.bare && time.hour > 0 && pm !== undefined && time.hour < pm.hour - 12);
  if (unclear === undefined) return;
  throw new PhraseProblem(
    `"${words.join(' ')}" does not say whether ${unclear.hour} is in the morning or the afternoon. Write ${unclear.hour}am or ${unclear.hour}pm.`,
    [String(unclear.hour)],
    [],
    // An earlier hour before "5pm" is more often in the afternoon as well.
    { repairs: ['pm', 'am'].map((half) => [String(unclear.hour), `${unclear.hour}${half}`] as const) },
  );
}

/** Throws for "at 9, 1 and 6": hours that go back to the beginning without am and pm mean the afternoon. */
export function assertRising(times: readonly SaidTime[], words: readonly string[]): void {
  const hours = times.map(({ hour }) => hour);
  if (!times.every(({ bare, hour }) => bare && hour >= 1 && hour <= 12)) return;
  const turn = hours.findIndex((hour, index) => index > 0 && hour < (hours[index - 1] ?? 0));
  if (turn < 0) return;
  const noon = hours.indexOf(12);
  const afternoon = noon < 0 ? turn : Math.min(turn, noon);
  const clear = hours.map((hour, index) => `${hour}${index < afternoon ? 'am' : 'pm'}`);
  throw new PhraseProblem(
    `Of ${hours.join(', ')}, some hours seem to be in the afternoon. Write am or pm.`,
    words.filter((word) => word !== ','),
    [`at ${clear.slice(0, -1).join(', ')} and ${clear.at(-1) ?? ''}`],
  );
}
