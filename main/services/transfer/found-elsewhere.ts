import { otherSchedulersOn, type FoundElsewhere, type InstalledKind } from '../../contract/transfer.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { ImportSource } from './import-source.ts';

/** Returns what the other schedulers of this machine hold. One that cannot be read has its reason. */
export async function foundElsewhere(
  platform: string,
  read: (kind: InstalledKind) => Promise<ImportSource>,
): Promise<FoundElsewhere[]> {
  return Promise.all(
    otherSchedulersOn(platform).map(async (kind): Promise<FoundElsewhere> => {
      try {
        const { candidates, refused } = await read(kind);
        return { kind, tasks: candidates.length, refused: refused.length, problem: null };
      } catch (problem) {
        if (!(problem instanceof SchedulerError)) throw problem;
        return { kind, tasks: 0, refused: 0, problem: problem.message };
      }
    }),
  );
}
