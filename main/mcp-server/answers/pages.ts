import { z } from 'zod';

/**
 * Most characters of the entries of a page, as structured content and as text together. Clients refuse answers of more
 * than 25,000 tokens (about 100,000 characters), the default limit of Claude Code.
 */
const mostCharacters = 80_000;

/** The parameters of every listing. */
export const paging = {
  page: z.number().int().min(1).default(1).describe('Page. Default: 1.'),
  limit: z.number().int().min(1).max(500).default(50).describe('Entries per page. Default: 50.'),
  offset: z.number().int().min(0).optional().describe('Instead of page: nextOffset of the last answer.'),
} as const;

export interface PageQuery {
  readonly page: number;
  readonly limit: number;
  readonly offset?: number | undefined;
}

/** The fields that every listing has besides its entries. */
export const pageSchema = {
  total: z.number().int(),
  page: z.number().int(),
  /** Where the next page begins; absent on the last page. */
  nextOffset: z.number().int().optional(),
} as const;

export const startOf = ({ page, limit, offset }: PageQuery): number => offset ?? (page - 1) * limit;

/** Returns one page of a list that is in memory. */
export function pageOf<T>(all: readonly T[], query: PageQuery): T[] {
  return all.slice(startOf(query), startOf(query) + query.limit);
}

/**
 * Returns as many entries as an answer can hold, at least one, and where the next page begins.
 * @param share part of the answer that these entries may fill, 0 to 1
 */
export function fitting<T>(
  entries: readonly T[],
  lineOf: (entry: T) => string,
  query: PageQuery,
  total: number,
  share = 1,
): { readonly entries: T[]; readonly nextOffset?: number } {
  let left = mostCharacters * share;
  const shown: T[] = [];
  for (const entry of entries) {
    left -= JSON.stringify(entry).length + lineOf(entry).length;
    if (left < 0 && shown.length > 0) break;
    shown.push(entry);
  }
  const end = startOf(query) + shown.length;
  return end < total && shown.length > 0 ? { entries: shown, nextOffset: end } : { entries: shown };
}

/** Returns a heading, a line for each entry, and how to read the next page. */
export function pageText(heading: string, lines: readonly string[], nextOffset: number | undefined): string {
  const more = nextOffset === undefined ? [] : [`More: call again with the same parameters and offset ${nextOffset}.`];
  return [heading, ...lines, ...more].join('\n');
}

/** Returns the heading of a page: `1 task in all, 1 here.` */
export const foundText = (total: number, what: string, here: number): string =>
  `${total} ${total === 1 ? what : `${what}s`} in all, ${here} here.`;
