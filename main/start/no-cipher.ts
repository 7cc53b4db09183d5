import type { SecretCipher } from '../ports/secrets.ts';

const why =
  'this process runs without Electron, which alone reaches the keychain of the system. Let the app run, or start the packaged ncp-scheduler: it then runs the task.';

function refuse(): never {
  throw new Error(why);
}

/** The cipher where no keychain is available. Gives the reason, and throws instead of storing secrets unencrypted. */
export const noCipher: SecretCipher = { problem: () => why, encrypt: refuse, decrypt: refuse };
