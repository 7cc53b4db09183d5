import type { FoundElsewhere, InstalledKind } from '../../contract/transfer.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { ImportSource } from './import-source.ts';

type Kind = FoundElsewhere['kind'];

/** The schedulers that a system can have, by Node's name of the system. */
const kindsOf = (platform: string): readonly Kind[] =>
  platform === 'win32'
    ? ['windows', 'agents']
    : platform === 'darwin'
      ? ['launchd', 'crontab', 'agents']
      : ['crontab', 'systemd', 'agents'];

/** Returns what the other schedulers of this machine hold. One that cannot be read has its reason. */
export async function foundElsewhere(
  platform: string,
  read: (kind: InstalledKind) => Promise<ImportSource>,
): Promise<FoundElsewhere[]> {
  return Promise.all(
    kindsOf(platform).map(async (kind): Promise<FoundElsewhere> => {
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
