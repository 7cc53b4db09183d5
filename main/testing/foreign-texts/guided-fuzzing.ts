import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { mutated } from '../mutated-text.ts';
import { attempt } from './attempt.ts';
import { corpusDir, corpusOf } from './corpus.ts';

interface Found {
  readonly text: string;
  /** Every block of our code that reads it. */
  readonly blocks: ReadonlySet<string>;
}

/** Larger texts are rarely needed to reach a block, and make the repository large. */
const longestKept = 1500;

/**
 * Tells which blocks of our own code run, by V8's coverage.
 * @param every whether it tells each time all blocks that ran, which is slow, or only those that had not run before
 */
async function openCoverage(every: boolean) {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: every, detailed: true });
  return {
    /** Returns the blocks that ran since the last call. */
    take: async (): Promise<Set<string>> => {
      const { result } = await session.post('Profiler.takePreciseCoverage');
      const ours = result.filter(({ url }) => url.includes('/main/') && !url.includes('node_modules'));
      const ran = ours.flatMap(({ scriptId, functions }) =>
        functions.flatMap(({ ranges }) =>
          ranges.filter(({ count }) => count > 0).map((range) => `${scriptId}:${range.startOffset}:${range.endOffset}`),
        ),
      );
      return new Set(ran);
    },
    close: async () => {
      await session.post('Profiler.stopPreciseCoverage');
      session.disconnect();
    },
  };
}

/**
 * Changes texts at random for this time, and goes on from those that reach new code. Adds the smallest texts that reach
 * all of it to the corpus. Returns how much was tried, and the texts that were neither read nor refused in order.
 * @param forMs processor time: other programs do not shorten the search
 * @param seed the same seed makes the same changes
 */
export async function fuzzReader(reader: string, forMs: number, seed: number) {
  const coverage = await openCoverage(false);
  const seen = new Set<string>();
  const reached: string[] = [];
  const failures: { text: string; problem: string }[] = [];
  let tried = 0;
  const look = async (text: string): Promise<void> => {
    tried += 1;
    const problem = await attempt(reader, text);
    if (problem !== null) failures.push({ text, problem });
    const blocks = await coverage.take();
    const isNew = [...blocks].some((block) => !seen.has(block));
    if (isNew && text.length <= longestKept) reached.push(text);
    for (const block of blocks) seen.add(block);
  };
  const known = corpusOf(reader).map(([, text]) => text);
  for (const text of known) await look(text);
  const before = seen.size;
  const isOver = stopwatch(forMs);
  for (let round = 0; !isOver(); round += 1) {
    const from = reached[(round * 7919) % Math.max(1, reached.length)] ?? '';
    const [text = ''] = fc.sample(mutated(from), { seed: seed + round, numRuns: 1 });
    await look(text);
  }
  await coverage.close();
  const added = smallestCover(await reachOf(reader, reached)).filter((text) => !known.includes(text));
  for (const text of added) save(corpusDir(reader), text);
  return { tried, before, after: seen.size, added: added.length, failures };
}

function stopwatch(forMs: number): () => boolean {
  const begun = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1000 >= forMs;
  };
}

async function reachOf(reader: string, texts: readonly string[]): Promise<Found[]> {
  const coverage = await openCoverage(true);
  const found: Found[] = [];
  for (const text of texts) {
    await coverage.take();
    await attempt(reader, text);
    found.push({ text, blocks: await coverage.take() });
  }
  await coverage.close();
  return found;
}

/** Returns short texts that together reach everything that all of them reach. */
function smallestCover(found: readonly Found[]): string[] {
  const reached = new Set<string>();
  const kept: string[] = [];
  for (const { text, blocks } of [...found].sort((a, b) => a.text.length - b.text.length)) {
    if ([...blocks].every((block) => reached.has(block))) continue;
    for (const block of blocks) reached.add(block);
    kept.push(text);
  }
  return kept;
}

function save(folder: string, text: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${createHash('sha256').update(text).digest('hex').slice(0, 12)}.txt`), text);
}
