import type { LedgerLoss, LedgerLossCause } from '../../../../ports/ledger/losses.ts';
import { newIdentity, readClaims, readIdentity, readMeta, writeIdentity, writeLoss, writeMeta } from './identity.ts';
import type { Identity, Prepare } from './identity.ts';
import { hasTasksBeside, type FoundFile } from './ledger-file.ts';
import { completed, isSamePlace, placeOf, type Place } from './place.ts';
import { readWitness, writeWitness, type Witness } from './witness.ts';

export interface LossGuardNeeds {
  readonly path: string;
  /** Milliseconds since 1970. */
  now(): number;
  machine(): string | null;
  onLost(loss: LedgerLoss): void;
  /** Called when the witness could not be written. The ledger itself is complete. */
  onWitnessProblem(problem: unknown): void;
}

/** Which ledger it is and how often it wrote claims. */
type Mark = Pick<Witness, 'ledger' | 'claims'>;

/**
 * Notices that the ledger knows less than what ran: it was deleted, emptied, copied, or replaced by an older copy. It
 * then moves the floor to now, so that no slot starts a second time.
 *
 * Three independent traces tell: the ledger holds the place of its file, the witness beside it holds the number of
 * claims, and a running process remembers both. Methods that write are called inside a write transaction; `settle` ends it.
 */
export class LossGuard {
  readonly #needs: LossGuardNeeds;
  readonly #machine: string | null;
  /** The ledger at the end of this process's last transaction. */
  #remembered: Mark | null = null;
  #next: { readonly mark: Mark; readonly loss: LedgerLoss | null } | null = null;

  constructor(needs: LossGuardNeeds) {
    this.#needs = needs;
    this.#machine = needs.machine();
  }

  /** Gives a new ledger its identity, in the transaction that creates it. */
  born(prepare: Prepare, found: FoundFile): void {
    writeMeta(prepare, 'born', String(this.#needs.now()));
    const witness = readWitness(this.#needs.path);
    const hadClaims = (witness?.claims ?? 0) > 0 || this.#remembered !== null;
    if (hadClaims || hasTasksBeside(this.#needs.path)) {
      this.#lost(prepare, found === 'missing' ? 'missing' : 'empty', null, witness);
    } else this.#adopt(prepare, witness, 0);
  }

  /**
   * Gives the ledger that replaces a damaged one its identity, in the transaction that creates it. Its floor is now,
   * until `salvaged` knows better: a crash in between must not run anything again.
   */
  replacing(prepare: Prepare): void {
    const now = String(this.#needs.now());
    writeMeta(prepare, 'born', now);
    writeMeta(prepare, 'floor', now);
    const witness = readWitness(this.#needs.path);
    const claims = Math.max(witness?.claims ?? 0, this.#remembered?.claims ?? 0);
    this.#begin(prepare, newIdentity(this.#place(), [witness?.ledger, this.#remembered?.ledger]), claims, null);
  }

  /**
   * Takes over what the damaged ledger, now at `movedTo`, said about itself, if every row was saved and it was not behind
   * what ran. Returns whether that is so.
   * @throws SQLite's error for a damaged one.
   */
  salvaged(prepare: Prepare, damaged: Prepare, movedTo: string): boolean {
    const identity = readIdentity(damaged);
    const place = placeOf(movedTo, this.#machine) ?? this.#place();
    if (this.#causeOf(damaged, place, identity, readWitness(this.#needs.path)) !== null) return false;
    const present = readIdentity(prepare);
    if (identity !== null && present !== null) {
      const formerly = [...present.formerly, identity.id, ...identity.formerly];
      writeIdentity(prepare, { ...present, formerly: [...new Set(formerly)] });
    }
    for (const key of ['born', 'floor', 'loss']) {
      const value = readMeta(damaged, key);
      if (value === null) prepare('DELETE FROM meta WHERE key = ?').run(key);
      else writeMeta(prepare, key, value);
    }
    return true;
  }

  /** Returns true if `check` would write, without a transaction. */
  isSuspect(prepare: Prepare): boolean {
    if (this.#next !== null) return false;
    const identity = readIdentity(prepare);
    const witness = readWitness(this.#needs.path);
    if (identity === null || witness?.ledger !== identity.id) return true;
    return this.#causeOf(prepare, this.#place(), identity, witness) !== null || this.#isIncomplete(identity);
  }

  /** Records a loss, if there is one, before anything is claimed. Checks once in each transaction. */
  check(prepare: Prepare): void {
    if (this.#next !== null) return;
    const identity = readIdentity(prepare);
    const witness = readWitness(this.#needs.path);
    const cause = this.#causeOf(prepare, this.#place(), identity, witness);
    if (cause !== null) return this.#lost(prepare, cause, identity, witness);
    if (identity === null) return this.#adopt(prepare, witness, readClaims(prepare));
    if (this.#isIncomplete(identity)) {
      writeIdentity(prepare, { ...identity, place: completed(identity.place, this.#place()) });
    }
    const mark = { ledger: identity.id, claims: readClaims(prepare) };
    this.#remembered = mark;
    if (witness?.ledger !== identity.id) this.#next = { mark, loss: null };
  }

  /** Counts a transaction with claims. */
  claimed(prepare: Prepare): void {
    const identity = readIdentity(prepare);
    if (identity === null) return;
    const claims = readClaims(prepare) + 1;
    writeMeta(prepare, 'claims', String(claims));
    this.#next = { mark: { ledger: identity.id, claims }, loss: this.#next?.loss ?? null };
  }

  /** Ends the transaction: if it was committed, writes the witness and reports the loss. */
  settle(isCommitted: boolean): void {
    const next = this.#next;
    this.#next = null;
    if (next === null || !isCommitted) return;
    this.#remembered = next.mark;
    this.#publish(next.mark);
    if (next.loss !== null) this.#needs.onLost(next.loss);
  }

  /** Another process may have written a later witness meanwhile. */
  #publish(mark: Mark): void {
    const present = readWitness(this.#needs.path);
    if (present?.ledger === mark.ledger && !present.isCopy && present.claims >= mark.claims) return;
    try {
      writeWitness(this.#needs.path, mark);
    } catch (problem) {
      this.#needs.onWitnessProblem(problem);
    }
  }

  #causeOf(prepare: Prepare, place: Place, identity: Identity | null, witness: Witness | null): LedgerLossCause | null {
    if (identity === null) {
      if (witness !== null || this.#remembered !== null) return 'exchanged';
      return hasRows(prepare) || !hasTasksBeside(this.#needs.path) ? null : 'empty';
    }
    if (!isSamePlace(identity.place, place)) return 'copied';
    const claims = readClaims(prepare);
    if (witness?.ledger === identity.id && (witness.isCopy || witness.claims > claims)) return 'older';
    // A witness of a former id was left by a process that died, or is about to write the next one.
    if (witness !== null && ![identity.id, ...identity.formerly].includes(witness.ledger)) return 'exchanged';
    if (this.#remembered === null || identity.formerly.includes(this.#remembered.ledger)) return null;
    if (this.#remembered.ledger !== identity.id) return 'exchanged';
    return this.#remembered.claims > claims ? 'older' : null;
  }

  #lost(prepare: Prepare, cause: LedgerLossCause, before: Identity | null, witness: Witness | null): void {
    const loss = { at: new Date(this.#needs.now()).toISOString(), cause };
    writeLoss(prepare, loss);
    const formerly = [before?.id, this.#remembered?.ledger, witness?.ledger, ...(before?.formerly ?? [])];
    const identity = newIdentity(this.#place(), formerly);
    const claims = Math.max(readClaims(prepare), witness?.claims ?? 0, this.#remembered?.claims ?? 0);
    this.#begin(prepare, identity, claims, loss);
  }

  #adopt(prepare: Prepare, witness: Witness | null, claims: number): void {
    this.#begin(prepare, newIdentity(this.#place(), [witness?.ledger]), claims, null);
  }

  #begin(prepare: Prepare, identity: Identity, claims: number, loss: LedgerLoss | null): void {
    writeIdentity(prepare, identity);
    writeMeta(prepare, 'claims', String(claims));
    this.#next = { mark: { ledger: identity.id, claims }, loss };
  }

  #isIncomplete({ place }: Identity): boolean {
    const full = completed(place, this.#place());
    return full.born !== place.born || full.inode !== place.inode || full.machine !== place.machine;
  }

  #place(): Place {
    return placeOf(this.#needs.path, this.#machine) ?? { born: '0', inode: null, machine: this.#machine };
  }
}

function hasRows(prepare: Prepare): boolean {
  const found = prepare(
    `SELECT EXISTS (SELECT 1 FROM slots) OR EXISTS (SELECT 1 FROM executions) OR EXISTS (SELECT 1 FROM audit)
            OR EXISTS (SELECT 1 FROM run_state) AS found`,
  ).get();
  return Number(found?.['found']) === 1;
}
