import type { SecretsAnswer } from '../../contract/secrets.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SecretCipher, SecretFile } from '../../ports/secrets.ts';

/** Values that tasks can use but nobody can read back. */
export interface Secrets {
  list(): SecretsAnswer;
  /** @throws SchedulerError `secret/unavailable`, `store/…`. */
  set(name: string, value: string): void;
  /** @throws SchedulerError `secret/not-found`, `store/…`. */
  remove(name: string): void;
  /** For a run that begins. @throws SchedulerError `secret/not-found`, `secret/unavailable`, `secret/locked`. */
  read(name: string): string;
}

export interface SecretVaultNeeds {
  readonly cipher: SecretCipher;
  readonly file: SecretFile;
  readonly clock: Clock;
}

/** Keeps secrets in a file, encrypted with a key of the operating system or of a file. */
export class SecretVault implements Secrets {
  readonly #needs: SecretVaultNeeds;

  constructor(needs: SecretVaultNeeds) {
    this.#needs = needs;
  }

  list(): SecretsAnswer {
    const secrets = Object.entries(this.#needs.file.read())
      .map(([name, { updatedAt }]) => ({ name, updatedAt }))
      .sort((a, b) => a.name.localeCompare(b.name));
    return { secrets, problem: this.#needs.cipher.problem(null), note: this.#needs.cipher.note() };
  }

  set(name: string, value: string): void {
    this.#assertUsable(name, null);
    const locked = this.#needs.cipher.encrypt(value);
    const updatedAt = this.#needs.clock.nowIso();
    this.#needs.file.update((secrets) => (secrets[name] = { locked, updatedAt }));
  }

  remove(name: string): void {
    this.#needs.file.update((secrets) => {
      if (!Object.hasOwn(secrets, name)) throw unknownSecret(name);
      delete secrets[name];
    });
  }

  read(name: string): string {
    const secrets = this.#needs.file.read();
    const secret = Object.hasOwn(secrets, name) ? secrets[name] : undefined;
    if (secret === undefined) throw unknownSecret(name);
    this.#assertUsable(name, secret.locked);
    try {
      return this.#needs.cipher.decrypt(secret.locked);
    } catch (problem) {
      throw new SchedulerError(
        'secret/locked',
        `The secret "${name}" was encrypted with another key, as happens after a reinstallation or on another machine. Set it again under Settings, Secrets, or with \`ncp-scheduler secrets set ${name}\`.`,
        { name },
        problem,
      );
    }
  }

  #assertUsable(name: string, locked: string | null): void {
    const problem = this.#needs.cipher.problem(locked);
    if (problem === null) return;
    throw new SchedulerError('secret/unavailable', `The secret "${name}" cannot be used here: ${problem}`, { name });
  }
}

function unknownSecret(name: string): SchedulerError {
  return new SchedulerError(
    'secret/not-found',
    `There is no secret "${name}". Add it in the window under Settings, Secrets, or with \`ncp-scheduler secrets set ${name}\`, or remove \${secret:${name}} from the task.`,
    { name },
  );
}
