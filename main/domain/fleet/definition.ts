import type { RunsOn } from '../../contract/fleet.ts';
import type { Task } from '../../contract/task.ts';
import { canonicalJson } from '../canonical-json.ts';

/** The fields of a task that its members share. Groups, counts and when it was armed belong to each machine. */
export const sharedFields = [
  'name',
  'description',
  'cronExpression',
  'timezone',
  'runAt',
  'scheduleRule',
  'tool',
  'parameters',
  'fireOnce',
  'maxExecutions',
  'startDate',
  'endDate',
  'catchupMissed',
  'createdAt',
  'createdBy',
  'status',
  'pausedUntil',
  'pauseNote',
  'skipUntil',
  'workingDirectory',
  'env',
  'tags',
  'policies',
] as const satisfies readonly (keyof Task)[];

/** A task as its members share it. It refers to secrets and MCP servers by name and holds none. */
export type Definition = Pick<Task, (typeof sharedFields)[number]>;

/** What a member signs. */
export interface SignedContent {
  readonly format: 1;
  readonly fleetId: string;
  readonly taskId: string;
  readonly revision: number;
  /** Name of the member on which it was made. */
  readonly author: string;
  /** Who made it there, as the history names it: `cli`, `window`, `mcp:…`. */
  readonly by: string;
  /** Null once the task is no longer shared, as `task`. */
  readonly runsOn: RunsOn | null;
  readonly task: Definition | null;
}

/**
 * Returns what members share of a task. That it is completed or failed is known to each member by itself, and so is the
 * next event that it skips.
 */
export function definitionOf(task: Task): Definition {
  const entries = sharedFields.flatMap((field) => (task[field] === undefined ? [] : [[field, task[field]]]));
  const definition = Object.fromEntries(entries) as Definition;
  if (task.status !== 'paused') definition.status = 'active';
  if (task.scheduleRule?.events !== undefined) delete definition.skipUntil;
  return definition;
}

/** Returns whether two states of a task are the same to the other members. */
export const isSameDefinition = (one: Task, other: Task): boolean =>
  canonicalJson(definitionOf(one)) === canonicalJson(definitionOf(other));

/** Returns the text to sign. */
export const signedText = (content: SignedContent): string => canonicalJson(content);
