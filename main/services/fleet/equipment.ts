import { isMcpTool, serverNameOf } from '../../contract/built-in/tools.ts';
import type { RunsOn } from '../../contract/fleet.ts';
import type { Task } from '../../contract/task.ts';
import { lackOf, type Equipment } from '../../domain/fleet/eligibility.ts';
import { referencedSecrets } from '../../domain/secrets/references.ts';

/** Returns why a machine cannot run a task of the fleet, such as `it lacks the tag gpu`; null if it can. */
export function lackFor(
  task: Pick<Task, 'tool' | 'parameters' | 'env'>,
  runsOn: RunsOn,
  equipment: Equipment,
): string | null {
  const { tool, parameters, env } = task;
  const server = isMcpTool(tool) ? serverNameOf(tool) : null;
  return lackOf({ runsOn, server, secrets: referencedSecrets({ parameters, env }) }, equipment);
}
