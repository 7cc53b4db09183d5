import type { RunsOn, Shared } from '../../../../main/contract/fleet.ts';
import type { Commands } from '../../../commands/commands.ts';

/** Where a task runs, as the dialog holds it. */
export interface RunsOnForm {
  runsOn: 'here' | RunsOn['mode'];
  /** Tags that a member must have. Not used for `here`. */
  memberTags: readonly string[];
}

export const runsHere: RunsOnForm = { runsOn: 'here', memberTags: [] };

export const runsOnFormOf = (shared: Shared | undefined): RunsOnForm =>
  shared === undefined ? runsHere : { runsOn: shared.runsOn.mode, memberTags: shared.runsOn.tags };

/** Returns which members run the task; null for this machine alone. */
export const runsOnOf = ({ runsOn, memberTags }: RunsOnForm): RunsOn | null =>
  runsOn === 'here' ? null : { mode: runsOn, tags: [...memberTags].sort() };

/** Shares or unshares an edited task if the dialog changed where it runs. @throws BridgeError */
export async function saveRunsOn(
  fleet: Pick<Commands['fleet'], 'share' | 'unshare'>,
  taskId: string,
  { form, opened }: { readonly form: RunsOnForm; readonly opened: RunsOnForm },
): Promise<void> {
  const [after, before] = [runsOnOf(form), runsOnOf(opened)];
  if (JSON.stringify(after) === JSON.stringify(before)) return;
  if (after === null) await fleet.unshare(taskId);
  else await fleet.share(taskId, after);
}
