/** Returns `1st`, `22nd`, `13th`. */
export function ordinal(number: number): string {
  const tens = number % 100;
  const suffix = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${suffix}`;
}

/** Returns `a`, `a and b`, `a, b and c`. */
export function sentenceList(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;
}

/** Returns whether the numbers are at least `least` consecutive ones. */
export const isRun = (values: readonly number[], least: number): boolean =>
  values.length >= least && (values.at(-1) ?? 0) - (values[0] ?? 0) === values.length - 1;

/** Returns `1st, 15th and 16th`, or `1st to 24th and 26th to 31st` where at least three dates follow each other. */
export function dateNames(days: readonly number[]): string {
  const runs: number[][] = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last?.at(-1) === day - 1) last.push(day);
    else runs.push([day]);
  }
  const names = runs.flatMap((run) =>
    run.length < 3 ? run.map(ordinal) : [`${ordinal(run[0] ?? 0)} to ${ordinal(run.at(-1) ?? 0)}`],
  );
  return sentenceList(names);
}
