import type { ProposedChange } from '../../contract/proposal.ts';
import type { AgentIdentity } from '../../domain/agent-client.ts';
import { SchedulerError } from '../../domain/errors.ts';

const kib = 1024;

/**
 * Bounds on what agents ask for. An agent chooses its own name, so bounds for one agent alone would fall to a change of
 * name: those of all pending proposals hold whatever the agents call themselves.
 */
export const proposalLimits = {
  /** Pending proposals of one agent: more than anyone would read. */
  pendingOfClient: 50,
  /** Pending proposals of all agents. */
  pending: 200,
  /** Bytes of all pending changes as JSON. */
  pendingBytes: 4 * kib * kib,
  /** Bytes of one change as JSON. */
  changeBytes: 128 * kib,
  /** Bytes of a task's parameters as JSON. */
  parameterBytes: 64 * kib,
} as const;

/** Characters of each text. A person must be able to read them before deciding. */
const textLimits = { name: 200, tool: 300, schedule: 500, timezone: 100, note: 2000, description: 4000 } as const;

/** @throws SchedulerError `agent/too-large`: names the field, its size and the limit. */
export function assertSize(change: ProposedChange): void {
  const fields = fieldsOf(change);
  for (const [field, limit] of Object.entries(textLimits)) {
    const text = fields[field];
    if (typeof text === 'string' && text.length > limit) throw tooLarge(field, text.length, limit, 'characters');
  }
  const { parameterBytes, changeBytes } = proposalLimits;
  const parameters = bytesOf(fields['parameters'] ?? {});
  if (parameters > parameterBytes) throw tooLarge('parameters', parameters, parameterBytes, 'bytes');
  // The slots of a backfill come from us, and the runs of an agent in an hour limit them.
  const whole = change.action === 'backfill' ? 0 : bytesOf(change);
  if (whole > changeBytes) throw tooLarge('the whole request', whole, changeBytes, 'bytes');
}

/** Returns the size of a value as JSON in UTF-8. */
export function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function fieldsOf(change: ProposedChange): Readonly<Record<string, unknown>> {
  if (change.action === 'create' || change.action === 'test') return change.draft;
  return change.action === 'update' ? change.change : change;
}

function tooLarge(field: string, size: number, limit: number, unit: string): SchedulerError {
  const message = `Too large: ${field} has ${size} ${unit}, and the limit is ${limit}. Put long content in a file and let the task read it.`;
  return new SchedulerError('agent/too-large', message, { field, size, limit, unit });
}

export function tooMany(reason: string, { name }: AgentIdentity, limit: number): SchedulerError {
  const message = `${reason} Ask the user to decide on them first.`;
  return new SchedulerError('agent/too-many-proposals', message, { client: name, limit });
}
