/** How deep parameters may be nested. Programs that pass them on follow each level with a call of its own. */
export const deepestLevel = 100;

/** Returns whether objects and arrays are nested deeper than `levels`. Itself never recurses. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  let row: unknown[] = [value];
  for (let depth = 0; row.length > 0; depth += 1) {
    const next: unknown[] = [];
    for (const each of row) {
      if (typeof each === 'object' && each !== null) for (const member of membersOf(each)) next.push(member);
    }
    if (next.length > 0 && depth >= levels) return true;
    row = next;
  }
  return false;
}

function membersOf(value: object): unknown[] {
  return Array.isArray(value) ? value : Object.values(value);
}
