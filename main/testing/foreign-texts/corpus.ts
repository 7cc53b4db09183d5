import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The folder with the texts of a reader. `npm run fuzz` adds to it what reaches code that no other text reaches. */
export const corpusDir = (reader: string): string => join(import.meta.dirname, 'corpus', reader);

/** Returns the texts of a reader, by file name. */
export const corpusOf = (reader: string): (readonly [name: string, text: string])[] =>
  readdirSync(corpusDir(reader))
    .sort()
    .map((name) => [name, readFileSync(join(corpusDir(reader), name), 'utf8')]);
