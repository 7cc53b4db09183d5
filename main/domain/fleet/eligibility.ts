import type { RunsOn } from '../../contract/fleet.ts';
import { SchedulerError } from '../errors.ts';

/** What a machine has that tasks ask for. */
export interface Equipment {
  readonly tags: readonly string[];
  /** Names of the configured MCP servers. */
  readonly servers: readonly string[];
  /** Names of the stored secrets. */
  readonly secrets: readonly string[];
}

/** What a task asks for. */
export interface Wanted {
  readonly runsOn: RunsOn;
  /** Name of the MCP server of its tool; null for a built-in tool. */
  readonly server: string | null;
  readonly secrets: readonly string[];
}

/** Returns why a machine cannot run a task, such as `it lacks the tag gpu`; null if it can. */
export function lackOf(wanted: Wanted, { tags, servers, secrets }: Equipment): string | null {
  const lacks = [
    ...missing('tag', wanted.runsOn.tags, tags),
    ...missing('MCP server', wanted.server === null ? [] : [wanted.server], servers),
    ...missing('secret', wanted.secrets, secrets),
  ];
  return lacks.length === 0 ? null : `it lacks ${lacks.join(' and ')}`;
}

function missing(kind: string, wanted: readonly string[], present: readonly string[]): string[] {
  const names = wanted.filter((name) => !present.includes(name));
  if (names.length === 0) return [];
  return [`the ${kind}${names.length === 1 ? '' : 's'} ${names.join(', ')}`];
}

/** Why a machine that drains does not run a slot. */
export const drainingText = 'this machine takes nothing new: `fleet drain --undo` ends that';

/** The refusal of a claim by the fleet's database, which may know of the draining before the machine does. */
export const draining = (): SchedulerError => new SchedulerError('fleet/draining', drainingText);
