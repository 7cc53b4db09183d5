import { app } from 'electron';
import type { ProcessHost } from '../ports/process-host.ts';
import type { SecretCipher } from '../ports/secrets.ts';

/**
 * Returns a host that starts workers as utility processes. Waits for Electron, which has none before it is ready.
 * @param worker path of the worker's script
 */
export async function electronWorkers(worker: string): Promise<ProcessHost> {
  await app.whenReady();
  const { UtilityProcessHost } = await import('../adapters/process/utility-process-host.ts');
  return new UtilityProcessHost(worker);
}

/** Returns the system's keychain. Waits for Electron, which cannot access it before it is ready. */
export async function electronCipher(): Promise<SecretCipher> {
  await app.whenReady();
  const { safeStorageCipher } = await import('../adapters/electron/safe-storage-cipher.ts');
  return safeStorageCipher();
}
