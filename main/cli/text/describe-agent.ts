import type { AgentClient } from '../../contract/agents.ts';
import { budgetText } from '../../contract/budget.ts';
import type { TextView } from './view.ts';

/** Returns the facts about an agent, one per line. */
export function describeAgent(client: AgentClient, view: TextView): string {
  return view.fields([
    ['Agent', view.style('bold', view.plain(client.name))],
    ['Versions', view.plain(client.versions.join(', '))],
    ['Permission', permissionOf(client, view)],
    ['Tasks', `${client.tasks} of ${client.maxTasks}`],
    ['Runs in the last hour', `${client.runsLastHour} of ${client.runsPerHour}`],
    ['Budget of its tasks', client.budget === null ? null : budgetText(client.budget)],
    ['Pending proposals', String(client.pending)],
    ['First seen', view.instant(client.firstSeenAt)],
    ['Last seen', view.instant(client.lastSeenAt)],
  ]);
}

export function permissionOf({ permission, decided, revokedAt }: AgentClient, view: TextView): string {
  if (revokedAt !== null) return view.style('red', `revoked ${view.instant(revokedAt)}`);
  return decided ? permission : `${permission} (default)`;
}
