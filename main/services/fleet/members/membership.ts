import type { FleetMemberView, FleetState } from '../../../contract/fleet.ts';
import { memberNameSchema, memberTagSchema } from '../../../contract/fleet.ts';
import { messageOf, SchedulerError } from '../../../domain/errors.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { FleetAccess, FleetIdentity, FleetSettings } from '../../../ports/fleet/fleet-database.ts';
import type { FleetFile, JoinedFleet } from '../../../ports/fleet/fleet-file.ts';
import type { FleetMember, MemberStatus } from '../../../ports/fleet/fleet-members.ts';
import type { MemberKeys } from '../../../ports/fleet/member-keys.ts';
import type { AuditTrail } from '../../../ports/ledger/audit.ts';
import type { Marks } from '../../../ports/ledger/marks.ts';
import type { SecretCipher } from '../../../ports/secrets.ts';
import type { Store } from '../../../ports/store.ts';
import type { FleetConnection } from '../fleet-connection.ts';
import { rememberLeft } from '../definitions/kept-copy.ts';
import type { Mirror } from '../definitions/mirror.ts';
import { acceptedEntries, without } from './accepted-keys.ts';
import { memberView } from './member-view.ts';

export interface MembershipNeeds {
  readonly connection: FleetConnection;
  readonly access: FleetAccess;
  readonly file: FleetFile;
  readonly keys: MemberKeys;
  readonly cipher: SecretCipher;
  readonly mirror: Pick<Mirror, 'sync'>;
  /** Not guarded: after leaving, its tasks are local. */
  readonly store: Store;
  readonly ledger: AuditTrail & Marks;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly version: string;
  /** What this member says of itself. */
  readonly status: (clockOffsetMs: number) => Promise<MemberStatus>;
}

export interface JoinOptions {
  readonly url: string;
  readonly name: string;
  readonly tags: readonly string[];
  /** Fingerprints of the members whose tasks this machine will run. */
  readonly accept: readonly string[];
  /** Who joins it: `cli` or `window`. */
  readonly author: string;
}

/** What a machine that has just joined knows besides its membership. */
const nothingYet = {
  ...{ draining: false, withdrawn: [], removed: {}, signers: {}, change: 0, revisions: {}, refused: {} },
  ...{ owed: [], releases: [] },
};

/** Joins and leaves a fleet, and decides whose tasks this machine runs. */
export class Membership {
  readonly #needs: MembershipNeeds;

  constructor(needs: MembershipNeeds) {
    this.#needs = needs;
  }

  /** Creates or upgrades the schema of a fleet. @throws SchedulerError `fleet/…`. */
  async init(url: string, settings: FleetSettings = {}): Promise<FleetIdentity & { readonly address: string }> {
    const address = this.#needs.access.place(url);
    return { ...(await this.#needs.access.init(url, settings)), address };
  }

  /** Returns the members of a fleet that this machine may join. @throws SchedulerError `fleet/…`. */
  async look(url: string): Promise<FleetMemberView[]> {
    const database = await this.#needs.access.open(url);
    try {
      const nowMs = await database.nowMs();
      return (await database.members.list()).map((member) => this.#view(member, null, nowMs));
    } finally {
      await database.close();
    }
  }

  /**
   * @returns also the names of the paused copies of local tasks that the fleet has in another version
   * @throws SchedulerError `fleet/already-joined`, `fleet/name-taken`, `fleet/invalid-name`, `fleet/…`.
   */
  async join({
    url,
    name,
    tags,
    accept,
    author,
  }: JoinOptions): Promise<{ fleet: FleetState; kept: readonly string[] }> {
    const { access, file, keys, cipher, clock, newId, version, status } = this.#needs;
    refuseSecond(file.read());
    checkNames(name, tags);
    const address = access.place(url);
    const locked = lockedUrl(cipher, url);
    const database = await access.open(url);
    try {
      const offsetMs = clock.now() - (await database.nowMs());
      const others = await database.members.list();
      const publicKey = keys.publicKey();
      // It left while the database was away, so the fleet still lists it: its name is its own.
      const memberId = others.find((member) => member.publicKey === publicKey)?.id ?? newId();
      const sorted = [...new Set(tags)].sort();
      await database.members.join({
        id: memberId,
        name,
        tags: sorted,
        publicKey,
        version,
        status: await status(offsetMs),
      });
      const at = clock.nowIso();
      const trusted = others.filter((member) => accept.includes(keys.fingerprint(member.publicKey)));
      const accepted = Object.fromEntries(
        [...trusted, { id: memberId, name, publicKey }].map((member) => [
          member.id,
          { name: member.name, key: member.publicKey, acceptedAt: at },
        ]),
      );
      const fleetId = database.identity.id;
      const joined = { fleetId, memberId, name, tags: sorted, lockedUrl: locked, address, joinedAt: at, accepted };
      file.update((known) => {
        refuseSecond(known);
        return { ...joined, ...nothingYet };
      });
      this.#audit(author, 'fleet.join', { address, name, tags: sorted, accepted: trusted.map((one) => one.name) });
    } finally {
      await database.close();
    }
    const { kept } = await this.#needs.mirror.sync();
    return { fleet: await this.#state(), kept };
  }

  /**
   * Leaves the fleet. Its tasks stay here as local tasks, paused, so that nothing is lost and nothing runs twice.
   * @returns whether the fleet's database knows it, and the tasks that are local now
   * @throws SchedulerError `fleet/not-joined`, `store/…`.
   */
  async leave(author: string): Promise<{ told: boolean; problem: string | null; tasks: string[] }> {
    const { connection, file, store, clock } = this.#needs;
    const { memberId, name, address } = connection.membership();
    const problem = await connection.call((database) => database.members.leave(memberId)).then(() => null, messageOf);
    const at = clock.nowIso();
    const tasks = store.update((draft) => {
      const shared = Object.values(draft.tasks).filter((task) => task.shared !== undefined);
      for (const task of shared) {
        const before = structuredClone(task);
        rememberLeft(task, this.#needs.ledger);
        delete task.shared;
        if (task.status === 'active') {
          task.status = 'paused';
          task.pauseNote = 'this machine left the fleet';
        }
        this.#needs.ledger.audit({ at, author, action: 'task.update', taskId: task.id, before, after: task });
      }
      return shared.map((task) => task.name);
    });
    file.update(() => null);
    await connection.close();
    this.#audit(author, 'fleet.leave', { address, name });
    return { told: problem === null, problem, tasks };
  }

  /**
   * Lets a member finish what runs and take nothing new, or ends this.
   * @throws SchedulerError `fleet/not-found`, `fleet/not-joined`, `fleet/away`.
   */
  async drain(idOrName: string, draining: boolean, author: string): Promise<FleetMemberView> {
    const { connection, mirror } = this.#needs;
    const { id, name } = await this.find(idOrName);
    await connection.call((database) => database.members.setDraining(id, draining));
    this.#audit(author, draining ? 'fleet.drain' : 'fleet.undrain', { member: name });
    await mirror.sync();
    const nowMs = await connection.call((database) => database.nowMs());
    return this.#view(await this.find(id), connection.membership(), nowMs);
  }

  /**
   * Removes a member that is gone for good, and no longer accepts its key.
   * @throws SchedulerError `fleet/alive`, `fleet/not-found`, `fleet/not-joined`, `fleet/away`.
   */
  async remove(idOrName: string, author: string): Promise<FleetMemberView> {
    const { connection, file } = this.#needs;
    const member = await this.find(idOrName);
    const nowMs = await connection.call((database) => database.nowMs());
    const view = this.#view(member, connection.membership(), nowMs);
    if (view.key === 'own' || view.alive) throw alive(view);
    await connection.call((database) => database.members.leave(member.id));
    file.update((fleet) => {
      if (fleet === null) return null;
      const entries = acceptedEntries(fleet, { names: [member.id], keys: [member.publicKey] });
      const removed = Object.fromEntries(entries.map(({ id, ...entry }) => [id, entry]));
      const gone = new Set(entries.map(({ key }) => key));
      return { ...fleet, accepted: without(fleet.accepted, gone), removed: { ...fleet.removed, ...removed } };
    });
    this.#audit(author, 'fleet.remove', { member: member.name });
    return view;
  }

  /** Returns null if this machine is in no fleet. Asks the database. */
  async state(): Promise<FleetState | null> {
    return this.#needs.file.read() === null ? null : this.#state();
  }

  /** @throws SchedulerError `fleet/not-joined`, `fleet/away`. */
  async members(): Promise<FleetMemberView[]> {
    const fleet = this.#needs.connection.membership();
    const { connection } = this.#needs;
    const nowMs = await connection.call((database) => database.nowMs());
    const members = await connection.call((database) => database.members.list());
    return members.map((member) => this.#view(member, fleet, nowMs));
  }

  /** @throws SchedulerError `fleet/not-found`, `fleet/not-joined`, `fleet/away`. */
  async find(idOrName: string): Promise<FleetMember> {
    const members = await this.#needs.connection.call((database) => database.members.list());
    const found = members.find(({ id, name }) => id === idOrName || name === idOrName);
    if (found !== undefined) return found;
    const names = members.map(({ name }) => name);
    const message = `The fleet has no member ${JSON.stringify(idOrName)}. Members: ${names.join(', ')}.`;
    throw new SchedulerError('fleet/not-found', message, { member: idOrName, members: names });
  }

  async #state(): Promise<FleetState> {
    const { connection, keys, store } = this.#needs;
    const problem = await connection.call((database) => database.nowMs()).then(() => null, messageOf);
    const { fleetId, address, name, tags, refused } = connection.membership();
    const sharedTasks = Object.values(store.read().tasks).filter(({ shared }) => shared !== undefined).length;
    const fingerprint = keys.fingerprint(keys.publicKey());
    return {
      fleetId,
      address,
      invitation: connection.invitation(),
      name,
      tags: [...tags],
      fingerprint,
      problem,
      sharedTasks,
      refused: Object.values(refused),
    };
  }

  /** @param nowMs the database's clock, as the signs of life */
  #view(member: FleetMember, fleet: JoinedFleet | null, nowMs: number): FleetMemberView {
    return memberView(member, { fleet, nowMs, fingerprint: this.#needs.keys.fingerprint(member.publicKey) });
  }

  #audit(author: string, action: string, after: object): void {
    this.#needs.ledger.audit({ at: this.#needs.clock.nowIso(), author, action, taskId: null, before: null, after });
  }
}

function alive({ name, key }: FleetMemberView): SchedulerError {
  const message =
    key === 'own'
      ? `${name} is this machine. Leave the fleet with: fleet leave`
      : `${name} gave a sign of life in the last two minutes. Run \`fleet leave\` there, or stop it first and wait two minutes.`;
  return new SchedulerError('fleet/alive', message, { member: name });
}

function refuseSecond(fleet: JoinedFleet | null): void {
  if (fleet === null) return;
  const message = `This machine is in the fleet of ${fleet.address} already, as ${fleet.name}. Leave that fleet first: fleet leave`;
  throw new SchedulerError('fleet/already-joined', message, { address: fleet.address, name: fleet.name });
}

function checkNames(name: string, tags: readonly string[]): void {
  const wrong = memberNameSchema.safeParse(name).error?.issues[0]?.message;
  if (wrong !== undefined)
    throw new SchedulerError('fleet/invalid-name', `${JSON.stringify(name)}: ${wrong}.`, { name });
  for (const tag of tags) {
    const problem = memberTagSchema.safeParse(tag).error?.issues[0]?.message;
    if (problem !== undefined)
      throw new SchedulerError('fleet/invalid-tag', `${JSON.stringify(tag)}: ${problem}.`, { tag });
  }
}

function lockedUrl(cipher: SecretCipher, url: string): string {
  const problem = cipher.problem(null);
  if (problem === null) return cipher.encrypt(url);
  throw new SchedulerError(
    'fleet/locked',
    `The address of the database holds a password and cannot be encrypted: ${problem}`,
  );
}
