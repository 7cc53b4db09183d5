import { SchedulerError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SecretCipher, SecretFile } from '../../ports/secrets.ts';
import type { Grant } from '../../ports/sign-in.ts';

/** The sign-in to one server. It is stored encrypted, as a whole. */
export interface StoredSignIn {
  /** The server's address when the person signed in. The token goes to no other. */
  readonly address: string;
  /** ISO instant. */
  readonly signedInAt: string;
  readonly grant: Grant;
  /** Why only a new sign-in helps, as a sentence; null while this one works. */
  readonly expired: string | null;
  /** Which process is renewing the grant, and until when others wait for it, in ms since 1970; null if none is. */
  readonly renewing: { readonly by: string; readonly untilMs: number } | null;
}

export interface SignInVaultNeeds {
  readonly cipher: SecretCipher;
  readonly file: SecretFile;
  readonly clock: Pick<Clock, 'nowIso'>;
}

/** Keeps sign-ins in a file, encrypted with the key that encrypts the secrets. */
export class SignInVault {
  readonly #needs: SignInVaultNeeds;

  constructor(needs: SignInVaultNeeds) {
    this.#needs = needs;
  }

  /** Returns the names of the servers that have a sign-in. */
  names(): string[] {
    return Object.keys(this.#needs.file.read());
  }

  /** @throws SchedulerError `secret/unavailable`, `secret/locked`, `store/…`. */
  read(server: string): StoredSignIn | null {
    const all = this.#needs.file.read();
    return Object.hasOwn(all, server) ? this.#opened(server, all[server]?.locked ?? '') : null;
  }

  /**
   * Reads, changes and writes in one step, which no other process interrupts.
   * @param change returns the sign-in to store, or null to remove it; the same object changes nothing
   */
  update(server: string, change: (stored: StoredSignIn | null) => StoredSignIn | null): StoredSignIn | null {
    const { file, cipher, clock } = this.#needs;
    let result: StoredSignIn | null = null;
    file.update((all) => {
      const before = Object.hasOwn(all, server) ? this.#opened(server, all[server]?.locked ?? '') : null;
      result = change(before);
      if (result === before) return;
      if (result === null) delete all[server];
      else {
        this.#assertUsable(server, null);
        all[server] = { locked: cipher.encrypt(JSON.stringify(result)), updatedAt: clock.nowIso() };
      }
    });
    return result;
  }

  /** Removes a sign-in, also one that cannot be decrypted. */
  remove(server: string): void {
    this.#needs.file.update((all) => delete all[server]);
  }

  /** @throws SchedulerError `secret/unavailable` if a new sign-in could not be encrypted. */
  assertWritable(server: string): void {
    this.#assertUsable(server, null);
  }

  #opened(server: string, locked: string): StoredSignIn {
    this.#assertUsable(server, locked);
    try {
      return JSON.parse(this.#needs.cipher.decrypt(locked)) as StoredSignIn;
    } catch (problem) {
      const message = `The sign-in to the MCP server "${server}" was encrypted with another key, as happens after a reinstallation or on another machine. ${again(server)}`;
      throw new SchedulerError('secret/locked', message, { server }, problem);
    }
  }

  #assertUsable(server: string, locked: string | null): void {
    const problem = this.#needs.cipher.problem(locked);
    if (problem === null) return;
    const message = `The sign-in to the MCP server "${server}" cannot be used here: ${problem}`;
    throw new SchedulerError('secret/unavailable', message, { server });
  }
}

/** What a person does about a sign-in that does not work. */
export const again = (server: string): string =>
  `Sign in again in the window under Settings, MCP servers, or with \`ncp-scheduler servers sign-in ${server}\`.`;
