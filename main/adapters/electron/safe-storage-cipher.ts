import { safeStorage } from 'electron';
import type { SecretCipher } from '../../ports/secrets.ts';

/**
 * Encrypts with a key from the system's keychain: Keychain on macOS, DPAPI on Windows, Secret Service or KWallet on
 * Linux. Works only once the app is ready. Without a keyring on Linux, Electron falls back to a publicly known key,
 * which this cipher refuses.
 */
export function safeStorageCipher(): SecretCipher {
  return {
    problem: () => {
      if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') {
        return 'no keyring is available. Install and unlock GNOME Keyring or KWallet, then start the app again.';
      }
      return safeStorage.isEncryptionAvailable() ? null : 'the system’s keychain did not provide its key.';
    },
    note: () => null,
    encrypt: (value) => safeStorage.encryptString(value).toString('base64'),
    decrypt: (locked) => safeStorage.decryptString(Buffer.from(locked, 'base64')),
  };
}
