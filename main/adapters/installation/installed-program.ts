import type { Installation } from '../../ports/installation.ts';
import type { FoundInstallation } from './kind-of-installation.ts';
import { launcherProblem } from './launcher.ts';
import { newestVersion } from './newest-version.ts';

export interface InstalledProgramOptions {
  readonly found: FoundInstallation;
  readonly dataDir: string;
  /** OS entries call the launcher. */
  readonly hasLauncher: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Returns the facts about the installation of the running program. */
export function installedProgram({ found, dataDir, hasLauncher, now }: InstalledProgramOptions): Installation {
  return {
    ...found,
    launcherProblem: () => (hasLauncher ? launcherProblem(dataDir, now()) : null),
    newestVersion: (stop) => newestVersion(stop),
  };
}
