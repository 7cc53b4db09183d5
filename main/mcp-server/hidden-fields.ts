import type { TaskView } from '../contract/task.ts';
import { SchedulerError } from '../domain/errors.ts';
import { keepHidden } from '../domain/secrets/hidden-values.ts';
import { cutPlace } from './answers/shortened.ts';

/**
 * Returns the fields that an agent sent, with the task's secrets in the place of the placeholders that the agent read.
 * @param task the task that is changed; null for a new one, which has no secrets yet
 * @throws SchedulerError `usage/invalid-parameters` for a value that a listing shortened; `agent/hidden-value` for a placeholder at a place where the task has no secret.
 */
export function withOwnSecrets<T extends Readonly<Record<string, unknown>>>(fields: T, task: TaskView | null): T {
  const cut = cutPlace(fields);
  if (cut !== null) {
    const message = `${cut}: this value was shortened in the answer that you read. Read it whole with get, or leave the field out to keep it.`;
    throw new SchedulerError('usage/invalid-parameters', message, { field: cut });
  }
  const { value, unknown } = keepHidden(fields, task ?? {});
  const [field] = unknown;
  if (field === undefined) return value;
  const message = `${field}: "[hidden:…]" stands for a secret that you cannot read, and there is no such secret at this place. Send it back unchanged at the place where you read it, or leave the field out. For another place, ask the user to store the secret, and write \${secret:NAME}.`;
  throw new SchedulerError('agent/hidden-value', message, { fields: unknown });
}
