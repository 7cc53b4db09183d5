import { app } from 'electron';
import type { ProcessHost } from '../ports/process-host.ts';
import type { SecretCipher } from '../ports/secrets.ts';

/** Starts workers as utility processes. They exist only once Electron is ready. @param worker path of its script */
export async function electronWorkers(worker: string): Promise<ProcessHost> {
  await app.whenReady();
  const { UtilityProcessHost } = await import('../adapters/process/utility-process-host.ts');
  return new UtilityProcessHost(worker);
}

/** The keychain of the system, which Electron reaches once it is ready. */
export async function electronCipher(): Promise<SecretCipher> {
  await app.whenReady();
  const { safeStorageCipher } = await import('../adapters/electron/safe-storage-cipher.ts');
  return safeStorageCipher();
}
