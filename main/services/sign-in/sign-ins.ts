import type { ServerSignIn, SignInsAnswer } from '../../contract/sign-in.ts';
import { messageOf, SchedulerError } from '../../domain/errors.ts';
import { minuteMs } from '../../domain/durations.ts';
import type { Clock } from '../../ports/clock.ts';
import type { BegunSignIn, ReturnPlace, SignInAccess, SignInServer } from '../../ports/sign-in.ts';
import type { SignInVault } from './sign-in-vault.ts';

export interface SignInsNeeds {
  readonly vault: SignInVault;
  readonly access: () => Promise<SignInAccess>;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Returns the names of the configured servers over HTTP. */
  servers(): string[];
  /** @throws SchedulerError if the server is not configured, not one over HTTP, or names something that is missing. */
  server(name: string): Promise<SignInServer & { readonly callbackPort: number | null }>;
}

interface Pending {
  readonly state: string;
  readonly begun: BegunSignIn;
  readonly back: ReturnPlace;
  /** Settles when the person is signed in, or is not. */
  readonly finished: Promise<void>;
  readonly answer: (answer: URLSearchParams) => void;
  readonly fail: (reason: SchedulerError) => void;
}

/** Time that a person has for the page of the service, in ms. */
const patienceMs = 10 * minuteMs;

/** Signs the person in to MCP servers, and out again. */
export class SignIns {
  readonly #needs: SignInsNeeds;
  readonly #pending = new Map<string, Pending>();
  readonly #failures = new Map<string, string>();

  constructor(needs: SignInsNeeds) {
    this.#needs = needs;
  }

  list(): SignInsAnswer {
    const names = new Set([...this.#needs.servers(), ...this.#needs.vault.names()]);
    return { signIns: [...names].sort((a, b) => a.localeCompare(b)).map((name) => this.#shown(name)) };
  }

  /**
   * Begins a sign-in, which ends one that is waiting. Returns the page to open.
   * @throws SchedulerError `mcp/no-sign-in`, `mcp/unreachable`, `mcp/sign-in-port`, `secret/unavailable`
   */
  async begin(name: string): Promise<{ page: string }> {
    this.cancel(name);
    this.#failures.delete(name);
    this.#needs.vault.assertWritable(name);
    const server = await this.#needs.server(name);
    const access = await this.#needs.access();
    const back = await access.listen(server.callbackPort);
    const state = `${this.#needs.newId()}${this.#needs.newId()}`.replaceAll('-', '');
    try {
      const begun = await access.begin(server, { address: back.address, state });
      this.#wait(name, server, { state, begun, back });
      return { page: begun.address };
    } catch (problem) {
      back.close();
      throw problem;
    }
  }

  /** Opens the page of a sign-in in the person's browser. Returns false where there is none. */
  async open(page: string): Promise<boolean> {
    return (await this.#needs.access()).open(page);
  }

  /** Resolves when the person is signed in. @throws SchedulerError if the sign-in failed or nothing is waiting. */
  async finished(name: string): Promise<void> {
    await this.#waiting(name).finished;
  }

  /**
   * Takes the address to which a browser on another machine could not return.
   * @throws SchedulerError `usage/invalid-value` if it does not belong to the sign-in that is waiting
   */
  async complete(name: string, returnAddress: string): Promise<void> {
    const pending = this.#waiting(name);
    const address = URL.canParse(returnAddress.trim()) ? new URL(returnAddress.trim()) : null;
    if (address?.searchParams.get('state') !== pending.state) {
      const message = `This is not the address at which the sign-in to "${name}" ended. Copy the whole address from the browser: it begins with ${pending.back.address}?`;
      throw new SchedulerError('usage/invalid-value', message, { field: 'address' });
    }
    pending.answer(address.searchParams);
    await pending.finished;
  }

  /** Ends a sign-in that is waiting. */
  cancel(name: string): void {
    this.#pending
      .get(name)
      ?.fail(new SchedulerError('mcp/sign-in-cancelled', `The sign-in to "${name}" was cancelled.`));
  }

  /**
   * Removes a sign-in and informs the service. Returns why that failed; null if it did not.
   * @throws SchedulerError `mcp/not-signed-in`, `store/…`
   */
  async signOut(name: string): Promise<{ note: string | null }> {
    const { vault, access } = this.#needs;
    this.cancel(name);
    this.#failures.delete(name);
    if (!vault.names().includes(name))
      throw new SchedulerError('mcp/not-signed-in', `You are not signed in to "${name}".`, { server: name });
    const grant = grantToEnd(vault, name);
    vault.remove(name);
    return { note: grant === null ? null : await (await access()).revoke(grant) };
  }

  /** Ends every sign-in that is waiting, when the process ends. */
  close(): void {
    for (const name of this.#pending.keys()) this.cancel(name);
  }

  #wait(name: string, { address }: SignInServer, given: Pick<Pending, 'state' | 'begun' | 'back'>): void {
    const { clock, vault } = this.#needs;
    const { begun, back, state } = given;
    let answer: Pending['answer'] = () => undefined;
    let fail: Pending['fail'] = () => undefined;
    const answered = new Promise<URLSearchParams>((resolve, reject) => ((answer = resolve), (fail = reject)));
    const stopTimer = clock.setTimer(() => fail(tooLate(name)), patienceMs);
    const finished = answered
      .then((found) => begun.finish(found))
      .then((grant) => {
        const signedInAt = clock.nowIso();
        vault.update(name, () => ({ address, grant, signedInAt, expired: null, renewing: null }));
      })
      .catch((problem: unknown) => {
        this.#failures.set(name, messageOf(problem));
        throw problem;
      })
      .finally(() => {
        stopTimer();
        back.close();
        if (this.#pending.get(name)?.state === state) this.#pending.delete(name);
      });
    // The caller of `finished` gets the reason, and `list` shows it.
    finished.catch(() => undefined);
    back.onAnswer(state, answer);
    this.#pending.set(name, { ...given, finished, answer, fail });
  }

  #waiting(name: string): Pending {
    const pending = this.#pending.get(name);
    if (pending !== undefined) return pending;
    throw new SchedulerError('mcp/no-sign-in', this.#failures.get(name) ?? `No sign-in to "${name}" is waiting.`, {
      server: name,
    });
  }

  #shown(server: string): ServerSignIn {
    const pending = this.#pending.get(server);
    const problem = this.#failures.get(server) ?? null;
    const none = { server, page: null, signedInAt: null, problem };
    if (pending !== undefined) return { ...none, state: 'waiting', page: pending.begun.address, problem: null };
    try {
      const stored = this.#needs.vault.read(server);
      if (stored === null) return { ...none, state: 'none' };
      const { signedInAt, expired } = stored;
      const state = expired === null ? 'signed-in' : 'expired';
      return { ...none, state, signedInAt, problem: problem ?? expired };
    } catch (error) {
      if (!(error instanceof SchedulerError)) throw error;
      return { ...none, state: 'expired', problem: error.message };
    }
  }
}

function tooLate(name: string): SchedulerError {
  const minutes = patienceMs / minuteMs;
  const message = `Nobody signed in to "${name}" within ${minutes} minutes. Begin again.`;
  return new SchedulerError('mcp/sign-in-cancelled', message, { server: name });
}

/** Returns what the service should forget; null if it cannot be decrypted. */
function grantToEnd(vault: SignInVault, name: string) {
  try {
    return vault.read(name)?.grant ?? null;
  } catch (problem) {
    if (problem instanceof SchedulerError && problem.code.startsWith('secret/')) return null;
    throw problem;
  }
}
