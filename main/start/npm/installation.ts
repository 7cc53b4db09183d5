import { existsSync } from 'node:fs';
import { kindOfInstallation, type FoundInstallation } from '../../adapters/installation/kind-of-installation.ts';
import { keepLauncher, launcherCommand } from '../../adapters/installation/launcher.ts';
import { messageOf } from '../../domain/errors.ts';
import type { Installation } from '../../ports/installation.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Executable } from '../entry-command.ts';

/** How the running program was installed, and what entries of the OS scheduler call because of it. */
export interface OwnInstallation {
  /** The command that starts the launcher; null if entries call the program itself. */
  readonly launcher: readonly string[] | null;
  /** Returns what the application can ask about the installation. */
  open(): Promise<Installation>;
}

export interface InstallationUse {
  readonly dataDir: string;
  /** The command only reads, so no launcher is written. */
  readonly reads: boolean;
  readonly logger: Logger;
}

/**
 * Finds how the running program was installed. A package of npm gets a launcher in the data directory, because the
 * paths of Node and of the package change with updates.
 */
export function ownInstallation(executable: Executable, { dataDir, reads, logger }: InstallationUse): OwnInstallation {
  const { script, execPath: node } = executable;
  const found = kindOfInstallation({ ...executable, exists: existsSync });
  const launcher = script !== null && isFromNpm(found) && executable.platform !== 'win32';
  if (launcher && !reads) {
    try {
      keepLauncher({ dataDir, node, script, isTemporary: found.kind === 'npx' });
    } catch (error) {
      logger.warn('The launcher for entries of the OS scheduler could not be written', { problem: messageOf(error) });
    }
  }
  return {
    launcher: launcher ? launcherCommand(dataDir) : null,
    open: async () => {
      const { installedProgram } = await import('../../adapters/installation/installed-program.ts');
      return installedProgram({ found, dataDir, hasLauncher: launcher, now: Date.now });
    },
  };
}

const isFromNpm = ({ kind }: FoundInstallation): boolean => ['npm', 'npm-project', 'npx'].includes(kind);
