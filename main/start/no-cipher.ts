import type { SecretCipher } from '../ports/secrets.ts';

const why =
  'this process runs without Electron, which is needed to read the keychain of the system. Open the app or use the packaged ncp-scheduler, which then runs the task.';

function refuse(): never {
  throw new Error(why);
}

/** The keychain where there is none. Gives the reason, and throws instead of storing secrets unencrypted. */
export const noCipher: SecretCipher = { problem: () => why, note: () => null, encrypt: refuse, decrypt: refuse };
