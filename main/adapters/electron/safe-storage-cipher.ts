import { safeStorage } from 'electron';
import type { SecretCipher } from '../../ports/secrets.ts';

/**
 * The key of the system's keychain: Keychain on macOS, DPAPI on Windows, Secret Service or KWallet on Linux. To be used
 * once the app is ready. Electron falls back on a key that everybody knows where Linux has no keyring: that is refused.
 */
export function safeStorageCipher(): SecretCipher {
  return {
    problem: () => {
      if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') {
        return 'no keyring is available. Install and unlock GNOME Keyring or KWallet, then start the app again.';
      }
      return safeStorage.isEncryptionAvailable() ? null : 'the system’s keychain did not provide its key.';
    },
    encrypt: (value) => safeStorage.encryptString(value).toString('base64'),
    decrypt: (locked) => safeStorage.decryptString(Buffer.from(locked, 'base64')),
  };
}
