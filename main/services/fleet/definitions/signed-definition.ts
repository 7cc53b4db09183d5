import { z } from 'zod';
import { memberNameSchema, runsOnSchema, type RefusalReason } from '../../../contract/fleet.ts';
import { policiesSchema, taskSchema } from '../../../contract/task.ts';
import { definedOf } from '../../../domain/defined.ts';
import { messageOf } from '../../../domain/errors.ts';
import { sharedFields, type Definition, type SignedContent } from '../../../domain/fleet/definition.ts';
import { specOf } from '../../../domain/timing/spec-of.ts';
import type { JoinedFleet } from '../../../ports/fleet/fleet-file.ts';
import type { MemberKeys } from '../../../ports/fleet/member-keys.ts';
import type { SignedDefinition } from '../../../ports/fleet/shared-tasks.ts';

/** Far more than a definition needs: the largest parameters of a task are a script. */
const longestText = 512 * 1024;

const shape = taskSchema.shape;
const definitionSchema = z.strictObject(
  Object.fromEntries(sharedFields.map((field) => [field, shape[field]])) as Pick<
    typeof shape,
    (typeof sharedFields)[number]
  >,
);
const contentSchema = z.strictObject({
  format: z.literal(1),
  fleetId: z.string(),
  taskId: z.string().min(1).max(100),
  revision: z.number().int().positive(),
  author: memberNameSchema,
  by: z.string().max(200),
  runsOn: runsOnSchema.nullable(),
  task: definitionSchema.nullable(),
});

/** What the database says of a task: to be taken over, nothing new, or refused. */
export type Verdict =
  | { readonly kind: 'accepted'; readonly content: SignedContent }
  | { readonly kind: 'known' }
  | {
      readonly kind: 'refused';
      readonly reason: RefusalReason;
      readonly message: string;
      readonly name: string | null;
    };

/**
 * Checks what the database holds of a task. Anyone who can write to the database can write anything there: only what an
 * accepted key has signed, for this fleet, task and revision, is taken over.
 */
export function verdictOn(row: SignedDefinition, fleet: JoinedFleet, keys: Pick<MemberKeys, 'verify'>): Verdict {
  const known = fleet.revisions[row.taskId] ?? 0;
  const read = readContent(row.text);
  const name = 'content' in read ? (read.content.task?.name ?? null) : null;
  const refused = (reason: RefusalReason, message: string): Verdict => ({ kind: 'refused', reason, message, name });
  if (row.revision < known) {
    return refused(
      'old-revision',
      `The database went back to revision ${row.revision}; this machine has accepted revision ${known}, and keeps it.`,
    );
  }
  const withdrawn = fleet.withdrawn.find(({ key }) => key === row.authorKey);
  if (withdrawn !== undefined) {
    const message = `This machine no longer runs anything that ${withdrawn.name} signed. \`fleet accept ${withdrawn.name}\` accepts its key again.`;
    return refused('withdrawn-key', message);
  }
  const accepted = acceptedKeyOf(fleet, { id: row.authorId, publicKey: row.authorKey });
  if (accepted === undefined) {
    return refused('unknown-key', 'The key of its author was never accepted here. `fleet accept` accepts it.');
  }
  // What this machine has accepted stays accepted, also after its author got another key.
  if (row.revision === known && accepted.key !== row.authorKey) return { kind: 'known' };
  if (accepted.key !== row.authorKey) {
    return refused(
      'changed-key',
      `${accepted.name} has another key than the one that was accepted. Ask its person before \`fleet accept\`.`,
    );
  }
  if (row.text.length > longestText) return refused('unreadable', 'It is longer than 512 KiB.');
  if (!keys.verify(row.authorKey, row.text, row.signature)) {
    return refused('bad-signature', 'Its signature does not match: it was changed after its author signed it.');
  }
  if (row.revision === known) return { kind: 'known' };
  if ('wrong' in read) return refused('unreadable', read.wrong);
  const { content } = read;
  const isOfRow = content.taskId === row.taskId && content.revision === row.revision;
  if (!isOfRow || content.fleetId !== fleet.fleetId) {
    return refused('wrong-row', 'What was signed is about another task, revision or fleet.');
  }
  return { kind: 'accepted', content };
}

/**
 * Returns the accepted key of a member; undefined if none was accepted. A member that left and joined again has another id, and
 * perhaps another name, but the same key: what was accepted is the key.
 */
export function acceptedKeyOf(
  { accepted }: Pick<JoinedFleet, 'accepted'>,
  { id, publicKey }: { readonly id: string; readonly publicKey: string },
): JoinedFleet['accepted'][string] | undefined {
  const own = Object.hasOwn(accepted, id) ? accepted[id] : undefined;
  return own ?? Object.values(accepted).find(({ key }) => key === publicKey);
}

export const isWithdrawnKey = ({ withdrawn }: Pick<JoinedFleet, 'withdrawn'>, publicKey: string): boolean =>
  withdrawn.some(({ key }) => key === publicKey);

function readContent(text: string): { readonly content: SignedContent } | { readonly wrong: string } {
  try {
    const parsed = contentSchema.safeParse(JSON.parse(text));
    const issue = parsed.error?.issues[0];
    if (!parsed.success) {
      return {
        wrong: `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'not valid'}. Is this version older than the one that made it?`,
      };
    }
    const { task, runsOn } = parsed.data;
    if ((task === null) !== (runsOn === null))
      return { wrong: 'runsOn: it is missing, or it is there without a task.' };
    const unknown = Object.keys(task?.policies ?? {}).find((policy) => !Object.hasOwn(policiesSchema.shape, policy));
    if (unknown !== undefined)
      return { wrong: `policies.${unknown}: this version does not know it. Update this machine.` };
    const definition = task === null ? null : (definedOf(task) as Definition);
    if (definition !== null) specOf(definition);
    return { content: { ...parsed.data, task: definition } };
  } catch (problem) {
    return { wrong: messageOf(problem) };
  }
}
