import { isDeepStrictEqual } from 'node:util';
import type { RunsOn, Shared } from '../../../contract/fleet.ts';
import type { Task } from '../../../contract/task.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import { definitionOf, signedText, sharedFields, type Definition } from '../../../domain/fleet/definition.ts';
import { secretsWithin } from '../../../domain/secrets/hidden-values.ts';
import type { FleetFile } from '../../../ports/fleet/fleet-file.ts';
import type { MemberKeys } from '../../../ports/fleet/member-keys.ts';
import type { StoredDefinition } from '../../../ports/fleet/shared-tasks.ts';
import type { FleetConnection } from '../fleet-connection.ts';
import { verdictOn } from './signed-definition.ts';

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

/** Signs definitions and saves them in the fleet, each after the revision that this machine knows. */
export class Publisher {
  readonly #needs: PublisherNeeds;

  constructor(needs: PublisherNeeds) {
    this.#needs = needs;
  }

  /**
   * Returns what the task now says of the fleet.
   * @throws SchedulerError `fleet/conflict` (another member changed it meanwhile; details hold both sides), `fleet/secret-value`,
   * `fleet/away`.
   */
  async publish({ taskId, after, runsOn, task, by }: NewRevision): Promise<Shared | null> {
    const { connection, keys } = this.#needs;
    const { fleetId, memberId, name } = connection.membership();
    if (task !== null) refuseSecretValues(task);
    const revision = after + 1;
    const definition = task === null ? null : definitionOf(task);
    const content = { format: 1, fleetId, taskId, revision, author: name, by, runsOn, task: definition } as const;
    const text = signedText(content);
    const signed = {
      taskId,
      revision,
      text,
      signature: keys.sign(text),
      authorId: memberId,
      authorKey: keys.publicKey(),
    };
    const result = await this.#reached(task?.name ?? taskId, () =>
      connection.call((database) => database.tasks.save(signed)),
    );
    if (!result.saved) throw this.#conflict(taskId, definition, result.theirs);
    return runsOn === null ? null : { fleetId, revision, runsOn, author: name };
  }

  /** Records that this machine runs these revisions. Call after they are in `schedule.json`. */
  accepted(revisions: Readonly<Record<string, number>>): void {
    this.#needs.file.update((fleet) =>
      fleet === null ? null : { ...fleet, revisions: { ...fleet.revisions, ...revisions } },
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
