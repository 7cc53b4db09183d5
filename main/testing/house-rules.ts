import type { Import } from './import-graph.ts';
import { findCycle } from './import-graph.ts';

/** Folders that are lists: each file is one item, which people find by its name. */
const lists = [
  'main/adapters/storage/ledger',
  'main/cli/commands',
  'main/contract',
  'main/contract/calls',
  'main/ipc',
  'main/ports',
  'renderer/text/en',
  'renderer/ui',
];

/** Maximum number of files in a folder. With more, it is hard to see what the folder does. */
const mostFiles = 16;

const folderOf = (file: string): string => file.split('/').slice(0, -1).join('/');

/** Returns a sentence for each folder with too many sources. @param product source files without tests */
export function heaps(product: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const file of product) counts.set(folderOf(file), (counts.get(folderOf(file)) ?? 0) + 1);
  return [...counts]
    .filter(([folder, count]) => count > mostFiles && !lists.includes(folder))
    .map(
      ([folder, count]) =>
        `${folder} holds ${count} sources: split it by noun, or add it to the lists in house-rules.ts.`,
    );
}

/** Returns the first cycle between folders, type imports included, as a sentence; undefined if there is none. */
export function folderCycle(imports: readonly Import[], below: string): string | undefined {
  const between = imports
    .filter(({ from, to }) => from.startsWith(below) && to.startsWith(below))
    .map(({ line, from, to }) => ({ line, typeOnly: false, from: folderOf(from), to: folderOf(to) }))
    // A folder and its parent count as one.
    .filter(({ from, to }) => from !== to && !from.startsWith(`${to}/`) && !to.startsWith(`${from}/`))
    .map((found) => ({ ...found, from: `${found.from}/*.ts`, to: `${found.to}/*.ts` }));
  return findCycle(between)?.join(' imports ');
}

/** The only files that may turn a time of day into text. Everything else shows times through them. */
const writesTimes = [
  'main/contract/time-style.ts',
  'main/domain/naming/clock-time.ts',
  'main/domain/naming/cronstrue-sentence.ts',
  'main/cli/text/view.ts',
  'renderer/text/format.ts',
  // Ids of groups: file names, which no setting changes.
  'main/domain/naming/time-ids.ts',
  'main/domain/naming/timing-id.ts',
  'main/services/migration/ncp-timing-id.ts',
  // UTC and the person's time, for agents.
  'main/mcp-server/instructions.ts',
];

/** Formats with hours of a fixed or the runtime's clock: Luxon's patterns, `toLocaleTimeString`, Intl's options. */
const ownTime =
  /toLocaleTimeString|toLocaleString\(|timeStyle: '|hour12|use24HourTimeFormat|toFormat\([^)]*\b(h|H|HH|hh):?mm/;

/** Returns a sentence for each line that writes a time of day by itself, and so ignores the clock of the settings. */
export function ownTimes(file: string, content: string): string[] {
  if (writesTimes.includes(file)) return [];
  return content
    .split('\n')
    .flatMap((line, index) =>
      ownTime.test(line)
        ? [`${file}:${index + 1} writes a time by itself: use clockTime or renderer/text/format.ts.`]
        : [],
    );
}

/** Returns a sentence for each call that is declared or handled in a file with another name. */
export function misplacedCalls(declared: ReadonlyMap<string, readonly string[]>): string[] {
  return [...declared].flatMap(([file, calls]) => {
    const prefix = file.split('/').at(-1)?.replace(/\.ts$/, '') ?? '';
    return calls
      .filter((call) => call.split('.', 1)[0] !== prefix)
      .map((call) => `${file} has the call ${call}: it belongs in ${call.split('.', 1)[0]}.ts.`);
  });
}

/** Returns a sentence for each test in a folder without sources. Tests of the doubles in main/testing are allowed. */
export function strayTests(tests: readonly string[], product: readonly string[]): string[] {
  const folders = new Set(product.map(folderOf));
  return tests
    .filter((test) => !folders.has(folderOf(test)) && !test.startsWith('main/testing/'))
    .map((test) => `${test} is in a folder without sources: move it to the folder of what it tests.`);
}
