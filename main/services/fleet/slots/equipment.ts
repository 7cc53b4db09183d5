import { isMcpTool, serverNameOf } from '../../../contract/built-in/built-ins.ts';
import type { FleetMemberView, RunsOn } from '../../../contract/fleet.ts';
import type { Task } from '../../../contract/task.ts';
import { lackOf, type Equipment } from '../../../domain/fleet/eligibility.ts';
import { referencedSecrets } from '../../../domain/secrets/references.ts';

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

type Candidate = Pick<FleetMemberView, 'name' | 'alive' | 'draining' | keyof Equipment>;

/** Members that a message names. */
const mostNamed = 5;

/** Returns why no member can run a shared task now, with what keeps each from it; null if one can. */
export function placementProblem(task: Task, runsOn: RunsOn, members: readonly Candidate[]): string | null {
  const obstacles = members.flatMap((member) => {
    const obstacle = obstacleOf(task, runsOn, member);
    return obstacle === null ? [] : [`${member.name} ${obstacle}`];
  });
  if (obstacles.length < members.length) return null;
  const others = obstacles.length - mostNamed;
  const named = [...obstacles.slice(0, mostNamed), ...(others > 0 ? [`and ${others} more`] : [])].join('; ');
  return `No member can run "${task.name}" now: ${named}.`;
}

function obstacleOf(task: Task, runsOn: RunsOn, member: Candidate): string | null {
  if (!member.alive) return 'has given no sign of life for two minutes';
  if (member.draining) return 'takes nothing new';
  return lackFor(task, runsOn, member)?.replace(/^it /, '') ?? null;
}
