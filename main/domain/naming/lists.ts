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
