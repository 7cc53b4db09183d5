/** Returns consecutive numbers of a sorted list as inclusive pairs: 1,2,3,7 is [1,3],[7,7]. */
function runs(sorted: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  for (const value of sorted) {
    const last = found.at(-1);
    if (last !== undefined && last[1] === value - 1) last[1] = value;
    else found.push([value, value]);
  }
  return found;
}

/** Returns the list as text: pairs of two as `1,2`, longer runs joined by `dash`. */
export function listText(sorted: readonly number[], dash: string, format: (value: number) => string = String): string {
  return runs(sorted)
    .map(([first, last]) => {
      if (first === last) return format(first);
      return last - first === 1 ? `${format(first)},${format(last)}` : `${format(first)}${dash}${format(last)}`;
    })
    .join(',');
}

export function sortedUnique(values: Iterable<number>): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
