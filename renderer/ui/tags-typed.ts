/** Longest tag; the contract refuses longer ones. */
const longestTag = 50;

/** Returns the tags with those of a typed line, which commas separate. A leading # is not part of a tag. */
export function withTags(tags: readonly string[], line: string): string[] {
  const typed = line.split(',').map((part) => part.trim().replace(/^#+/, '').trim().slice(0, longestTag));
  return [...new Set([...tags, ...typed.filter((tag) => tag !== '')])];
}
