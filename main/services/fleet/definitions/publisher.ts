import { isDeepStrictEqual } from 'node:util';
import type { RunsOn, Shared } from '../../../contract/fleet.ts';
import type { Task } from '../../../contract/task.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import { definitionOf, signedText, sharedFields, type Definition } from '../../../domain/fleet/definition.ts';
import { secretsWithin } from '../../../domain/secrets/hidden-values.ts';
import type { FleetFile, JoinedFleet } from '../../../ports/fleet/fleet-file.ts';
import type { MemberKeys } from '../../../ports/fleet/member-keys.ts';
import type { SignedDefinition, StoredDefinition } from '../../../ports/fleet/shared-tasks.ts';
import type { FleetConnection } from '../fleet-connection.ts';
import { isWithdrawnKey, verdictOn } from './signed-definition.ts';

export interface PublisherNeeds {
  readonly connection: Pick<FleetConnection, 'membership' | 'call'>;
  readonly keys: MemberKeys;
  readonly file: FleetFile;
}

/** A definition to sign. `task` is null to say that it is shared no more. */
export interface NewRevision {
  readonly taskId: string;
  /** The last revision that this machine knows; 0 if the task was never shared. */
  readonly after: number;
  readonly runsOn: RunsOn | null;
  readonly task: Task | null;
  /** Who changes it here: `cli`, `window`, `mcp:…`. */
  readonly by: string;
}

/** A revision that the fleet has accepted. */
export interface Published {
  readonly revision: number;
  /** What the task now says of the fleet; null if it is shared no more. */
  readonly shared: Shared | null;
}

/** How often a revision of a withdrawn key is passed over: its holder may go on saving. */
const mostPassed = 5;

/** Signs definitions and saves them in the fleet, each after the revision that this machine knows. */
export class Publisher {
  readonly #needs: PublisherNeeds;

  constructor(needs: PublisherNeeds) {
    this.#needs = needs;
  }

  /**
   * Saves a revision. It takes the place of those that a withdrawn key has signed meanwhile, which this machine never ran.
   * @throws SchedulerError `fleet/conflict` (another member changed it meanwhile; details hold both sides), `fleet/secret-value`,
   * `fleet/away`.
   */
  async publish(change: NewRevision): Promise<Published> {
    const { connection } = this.#needs;
    const { taskId, runsOn, task } = change;
    if (task !== null) refuseSecretValues(task);
    const fleet = connection.membership();
    const { fleetId, name } = fleet;
    let after = change.after;
    for (let passed = 0; ; passed += 1) {
      const signed = this.#signed({ ...change, after }, fleet);
      const { revision } = signed;
      const result = await this.#reached(task?.name ?? taskId, () =>
        connection.call((database) => database.tasks.save(signed)),
      );
      if (result.saved)
        return { revision, shared: runsOn === null ? null : { fleetId, revision, runsOn, author: name } };
      const { theirs } = result;
      const isWithdrawn = theirs !== null && theirs.revision > after && isWithdrawnKey(fleet, theirs.authorKey);
      if (!isWithdrawn || passed === mostPassed)
        throw this.#conflict(taskId, task === null ? null : definitionOf(task), theirs);
      after = theirs.revision;
    }
  }

  #signed({ taskId, after, runsOn, task, by }: NewRevision, fleet: JoinedFleet): SignedDefinition {
    const { keys } = this.#needs;
    const { fleetId, memberId, name } = fleet;
    const revision = after + 1;
    const definition = task === null ? null : definitionOf(task);
    const text = signedText({ format: 1, fleetId, taskId, revision, author: name, by, runsOn, task: definition });
    const author = { authorId: memberId, authorKey: keys.publicKey() };
    return { taskId, revision, text, signature: keys.sign(text), ...author };
  }

  /** Records that this machine runs these revisions, which it signed. Call after they are in `schedule.json`. */
  accepted(revisions: Readonly<Record<string, number>>): void {
    const key = this.#needs.keys.publicKey();
    const signers = Object.fromEntries(Object.entries(revisions).map(([id, revision]) => [id, { revision, key }]));
    this.#needs.file.update((fleet) =>
      fleet === null
        ? null
        : {
            ...fleet,
            revisions: { ...fleet.revisions, ...revisions },
            signers: { ...fleet.signers, ...signers },
          },
    );
  }

  async #reached<T>(name: string, save: () => Promise<T>): Promise<T> {
    try {
      return await save();
    } catch (problem) {
      if (!(problem instanceof SchedulerError) || problem.code !== 'fleet/away') throw problem;
      const message = `"${name}" belongs to the fleet, and the fleet's database does not answer, so it can be read but not changed now. ${problem.message}`;
      throw new SchedulerError('fleet/away', message, problem.details, problem);
    }
  }

  #conflict(taskId: string, yours: Definition | null, theirs: StoredDefinition | null): SchedulerError {
    const verdict = theirs === null ? null : verdictOn(theirs, this.#needs.connection.membership(), this.#needs.keys);
    const content = verdict?.kind === 'accepted' ? verdict.content : null;
    const what = `"${yours?.name ?? content?.task?.name ?? taskId}"`;
    if (content === null) {
      const why = verdict?.kind === 'refused' ? verdict.message : 'This machine does not know its latest revision yet.';
      const message = `${what} was not saved: the fleet holds another revision of it. ${why}`;
      return new SchedulerError('fleet/conflict', message, { taskId, fields: [] });
    }
    const fields = content.task === null || yours === null ? [] : differing(yours, content.task);
    const how = content.task === null ? 'deleted or no longer shared' : 'changed';
    const sides = fields.map(
      ({ field, yours: mine, theirs: other }) => ` ${field}: yours ${short(mine)}, theirs ${short(other)}.`,
    );
    const message = `${what} was ${how} on ${content.author} meanwhile (revision ${content.revision}). Nothing was saved.${sides.join('')} Look at it, and make your change again.`;
    return new SchedulerError('fleet/conflict', message, {
      ...{ taskId, revision: content.revision, member: content.author, fields },
    });
  }
}

function differing(yours: Definition, theirs: Definition) {
  return sharedFields
    .filter((field) => !isDeepStrictEqual(yours[field], theirs[field]))
    .map((field) => ({ field, yours: yours[field] ?? null, theirs: theirs[field] ?? null }));
}

const short = (value: unknown): string => {
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
};

function refuseSecretValues({ name, parameters, env }: Task): void {
  const fields = Object.entries({ parameters, env }).filter(([field, value]) => secretsWithin(value, field).length > 0);
  if (fields.length === 0) return;
  const named = fields.map(([field]) => field).join(' and ');
  throw new SchedulerError(
    'fleet/secret-value',
    `"${name}" cannot be shared: ${named} contains what looks like a secret. Store it with \`secrets set NAME\` on each machine, and write \${secret:NAME} in its place.`,
    { fields: fields.map(([field]) => field) },
  );
}
