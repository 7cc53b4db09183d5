import type { FleetMemberView } from '../../../contract/fleet.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import type { FleetMember } from '../../../ports/fleet/fleet-members.ts';
import type { JoinedFleet } from '../../../ports/fleet/fleet-file.ts';
import { memberView } from './member-view.ts';
import type { MembershipNeeds } from './membership.ts';

export interface AcceptedKeysNeeds extends Pick<
  MembershipNeeds,
  'connection' | 'file' | 'keys' | 'clock' | 'mirror' | 'ledger'
> {
  /** @throws SchedulerError `fleet/not-found`, `fleet/not-joined`, `fleet/away`. */
  readonly find: (idOrName: string) => Promise<FleetMember>;
}

export interface WithdrawnMember {
  /** Its name when its key was accepted. */
  readonly name: string;
  readonly fingerprint: string;
}

/** Decides whose definitions this machine runs. */
export class AcceptedKeys {
  readonly #needs: AcceptedKeysNeeds;

  constructor(needs: AcceptedKeysNeeds) {
    this.#needs = needs;
  }

  /**
   * Accepts the present key of a member: from now on, this machine runs what it signed.
   * @param fingerprint what the person saw; another key is refused
   * @returns also the names of the paused copies of local tasks that the fleet has in another version
   * @throws SchedulerError `fleet/not-found`, `fleet/key-changed`, `fleet/not-joined`, `fleet/away`.
   */
  async accept(
    idOrName: string,
    fingerprint: string,
    author: string,
  ): Promise<{ member: FleetMemberView; kept: readonly string[] }> {
    const { connection, file, keys, clock } = this.#needs;
    const member = await this.#needs.find(idOrName);
    if (keys.fingerprint(member.publicKey) !== fingerprint) {
      const message = `The key of ${member.name} is another than the one that was shown. Look at \`fleet members\` again.`;
      throw new SchedulerError('fleet/key-changed', message, { member: member.name });
    }
    const entry = { name: member.name, key: member.publicKey, acceptedAt: clock.nowIso() };
    // Everything is read again, because what was refused may be accepted now.
    file.update((fleet) =>
      fleet === null
        ? null
        : {
            ...fleet,
            ...{ change: 0, accepted: { ...fleet.accepted, [member.id]: entry } },
            withdrawn: fleet.withdrawn.filter(({ key }) => key !== member.publicKey),
          },
    );
    this.#audit(author, 'fleet.accept', { member: member.name, fingerprint });
    const { kept } = await this.#needs.mirror.sync();
    const nowMs = await connection.call((database) => database.nowMs());
    return { member: memberView(member, { fleet: connection.membership(), nowMs, fingerprint }), kept };
  }

  /**
   * Withdraws the keys that were accepted of a member, also of one that was removed: from now on, this machine starts nothing by
   * itself that they signed, also before, until a member whose key is accepted changes it. Works while the database is away.
   * @param idOrName as when its key was accepted, or as the fleet's database has it now
   * @throws SchedulerError `fleet/not-accepted`, `fleet/not-joined`.
   */
  async withdraw(idOrName: string, author: string): Promise<readonly WithdrawnMember[]> {
    const { connection, file, keys, clock, mirror } = this.#needs;
    const fleet = connection.membership();
    const found = acceptedEntries(fleet, { names: [idOrName], keys: [] });
    const entries = found.length > 0 ? found : acceptedEntries(fleet, await this.#alsoKnownAs(idOrName));
    if (entries.length === 0) throw notAccepted(idOrName);
    const gone = new Set(entries.map(({ key }) => key));
    const withdrawnAt = clock.nowIso();
    // Everything is read again: the versions that run here may be of these keys.
    file.update((known) =>
      known === null
        ? null
        : {
            ...known,
            ...{ change: 0, accepted: without(known.accepted, gone), removed: without(known.removed, gone) },
            withdrawn: [...known.withdrawn, ...entries.map(({ name, key }) => ({ name, key, withdrawnAt }))],
          },
    );
    const withdrawn = entries.map(({ name, key }) => ({ name, fingerprint: keys.fingerprint(key) }));
    this.#audit(author, 'fleet.withdraw', { members: withdrawn });
    // Only for the status: what is withdrawn does not depend on the database.
    await mirror.sync().catch(() => undefined);
    return withdrawn;
  }

  /** What the fleet's database calls a member may have changed since its key was accepted. */
  async #alsoKnownAs(idOrName: string): Promise<{ names: readonly string[]; keys: readonly string[] }> {
    const members = await this.#needs.connection.call((database) => database.members.list()).catch(() => []);
    const found = members.filter(({ id, name }) => id === idOrName || name === idOrName);
    return { names: found.map(({ id }) => id), keys: found.map(({ publicKey }) => publicKey) };
  }

  #audit(author: string, action: string, after: object): void {
    this.#needs.ledger.audit({ at: this.#needs.clock.nowIso(), author, action, taskId: null, before: null, after });
  }
}

export function without<T extends { readonly key: string }>(
  all: Readonly<Record<string, T>>,
  gone: ReadonlySet<string>,
): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([, { key }]) => !gone.has(key)));
}

/** Returns what this machine accepted of other members, by id, name or key, also of those that were removed. */
export function acceptedEntries(
  { memberId, accepted, removed }: JoinedFleet,
  { names, keys }: { readonly names: readonly string[]; readonly keys: readonly string[] },
) {
  return Object.entries({ ...removed, ...accepted })
    .filter(
      ([id, { name, key }]) => id !== memberId && (names.includes(id) || names.includes(name) || keys.includes(key)),
    )
    .map(([id, entry]) => ({ id, ...entry }));
}

const notAccepted = (name: string): SchedulerError =>
  new SchedulerError(
    'fleet/not-accepted',
    `The key of ${name} is not accepted here, so there is nothing to withdraw. \`fleet members\` shows whose keys are.`,
    { member: name },
  );
