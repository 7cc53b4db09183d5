import type { FleetState } from '../../../contract/fleet.ts';
import type { TextView } from '../../text/view.ts';

/** Returns what this machine knows of its fleet, one fact per line, and what it refused. */
export function describeFleet(fleet: FleetState, view: TextView): string {
  const { address, invitation, name, tags, fingerprint, problem, sharedTasks, refused } = fleet;
  const facts = view.fields([
    ['Fleet', view.plain(address)],
    ['This machine', view.plain(name)],
    ['Tags', tags.length === 0 ? null : view.plain(tags.join(', '))],
    ['Its key', fingerprint],
    ['Shared tasks', String(sharedTasks)],
    ['Others join with', invitation === null ? null : `ncp-scheduler fleet join ${view.plain(invitation)} --name NAME`],
    ['Database', problem === null ? 'answers' : view.style('red', view.plain(problem))],
  ]);
  if (refused.length === 0) return facts;
  const lines = refused.map(
    ({ taskName, taskId, revision, message, fingerprint: key }) =>
      `  ${view.plain(taskName ?? taskId)}, revision ${revision}, key ${view.plain(key)}: ${view.plain(message)}`,
  );
  return `${facts}\n\nNot used on this machine:\n${lines.join('\n')}`;
}

/** Names the paused copies of local tasks that the fleet has in another version; empty if there are none. */
export function describeKept(kept: readonly string[], view: TextView): string {
  if (kept.length === 0) return '';
  const names = kept.map((name) => `"${view.plain(name)}"`).join(', ');
  return `The fleet has other versions of tasks that you changed here. Yours are kept, paused: ${names}.`;
}
