import type { AgentClient } from '../../contract/agents.ts';
import type { TextView } from './view.ts';

/** Everything worth knowing about an MCP client, one fact a line. */
export function describeClient(client: AgentClient, view: TextView): string {
  return view.fields([
    ['Client', view.style('bold', view.plain(client.name))],
    ['Versions', view.plain(client.versions.join(', '))],
    ['May', permissionOf(client, view)],
    ['Tasks', `${client.tasks} of ${client.maxTasks}`],
    ['Runs in the last hour', `${client.runsLastHour} of ${client.runsPerHour}`],
    ['Waiting changes', String(client.pending)],
    ['First seen', view.instant(client.firstSeenAt)],
    ['Last seen', view.instant(client.lastSeenAt)],
  ]);
}

export function permissionOf({ permission, decided, revokedAt }: AgentClient, view: TextView): string {
  if (revokedAt !== null) return view.style('red', `revoked ${view.instant(revokedAt)}`);
  return decided ? permission : `${permission} (default)`;
}
