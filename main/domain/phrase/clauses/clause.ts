import type { Draft } from '../meaning/draft.ts';
import { PhraseProblem } from '../phrase-problem.ts';
import type { TokenReader } from '../token-reader.ts';

/**
 * Reads one kind of clause. Returns true if it took tokens; false leaves the reader where it was.
 *
 * @throws PhraseProblem for words that it recognises but that cannot be scheduled.
 */
export type Clause = (reader: TokenReader, draft: Draft) => boolean;

/** Sets a part of the draft that a phrase may contain only once. */
export function setOnce<K extends keyof Draft>(
  draft: Draft,
  key: K,
  value: NonNullable<Draft[K]>,
  reader: TokenReader,
  start: number,
): true {
  if (draft[key] !== null) {
    const words = reader.wordsSince(start);
    throw new PhraseProblem(
      `"${words.join(' ')}" conflicts with an earlier part. All days of a schedule share the same times. Create a task for each part.`,
      words,
    );
  }
  draft[key] = value;
  return true;
}

const SEPARATORS = [',', 'and', '/'] as const;

/**
 * Reads one `item`, then more after commas and "and". Leaves a separator unread if no item follows it.
 *
 * @param isMore Returns whether the next item begins here without a separator: "mon wed fri". By default, none does.
 */
export function readList<T>(
  reader: TokenReader,
  item: (isFirst: boolean) => T | undefined,
  isMore: () => boolean = () => false,
): T[] | undefined {
  const first = reader.attempt(() => item(true));
  if (first === undefined) return undefined;
  const items = [first];
  for (;;) {
    const more = reader.attempt(() => {
      if (!isMore() && !reader.take(...SEPARATORS)) return undefined;
      reader.take('and');
      return item(false);
    });
    if (more === undefined) return items;
    items.push(more);
  }
}

/** The words and marks that join the ends of a range. */
export const RANGE_WORDS: readonly string[] = ['-', 'to', 'through', 'thru', 'until', 'till'];

/** Reads the second half of a range (`- fri`, `to friday`) if there is one. */
export function readRangeEnd<T>(reader: TokenReader, item: () => T | undefined): T | undefined {
  return reader.attempt(() => (reader.take(...RANGE_WORDS) ? item() : undefined));
}
