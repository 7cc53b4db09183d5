import type { ServiceManager } from '../../../ports/service-manager.ts';
import { createCommandRunner } from '../run-program.ts';
import type { ServiceContext } from './service-files.ts';

export interface ServiceManagerOptions {
  readonly platform: NodeJS.Platform;
  readonly username: string;
  /** The person's numeric id; null on Windows. */
  readonly uid: number | null;
  /** `XDG_RUNTIME_DIR`; if absent, `/run/user/<uid>`. */
  readonly runtimeDir: string | undefined;
  /** Absolute path of the file for the output, where the system keeps none. */
  readonly log: string;
  readonly context: () => ServiceContext;
}

/** Returns the service manager of this machine. */
export async function createServiceManager(options: ServiceManagerOptions): Promise<ServiceManager> {
  const { platform, context, uid, log, username } = options;
  const run = createCommandRunner();
  if (platform === 'darwin') {
    const [{ LaunchdService }, { Launchctl }] = await Promise.all([
      import('./launchd-service.ts'),
      import('../launchd/launchctl.ts'),
    ]);
    return new LaunchdService({ launchctl: new Launchctl(run, uid ?? 0), context, log });
  }
  if (platform === 'win32') {
    const [{ WindowsService }, { Schtasks }] = await Promise.all([
      import('./windows-service.ts'),
      import('../windows/schtasks.ts'),
    ]);
    return new WindowsService({ schtasks: new Schtasks(run), context });
  }
  const { SystemdService } = await import('./systemd-service.ts');
  const runtimeDir = options.runtimeDir ?? (uid === null ? null : `/run/user/${uid}`);
  return new SystemdService({ run, runtimeDir, username, context });
}
