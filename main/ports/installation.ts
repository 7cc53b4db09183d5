import type { InstallationKind } from '../contract/installation.ts';

/** How this program came onto this machine. */
export interface Installation {
  readonly kind: InstallationKind;
  /** Absolute path of what was installed: the package's folder, the AppImage, the clone or the program. */
  readonly path: string;
  /** Returns what is wrong with the launcher that OS entries call, as a sentence; null if nothing, or if there is none. */
  launcherProblem(): LauncherProblem | null;
  /** Asks the npm registry for the newest version. @throws an error that says why there is no answer. */
  newestVersion(stop: AbortSignal): Promise<string>;
}

export interface LauncherProblem {
  /** What is wrong and what to do. */
  readonly message: string;
  /** A command that writes to the data directory writes the launcher again. */
  readonly fixable: boolean;
}
