import type { UninstallResult } from '../../contract/uninstall.ts';

/** Returns the texts of the dialog that says what an uninstall did. */
export function uninstallReport({ steps, left }: UninstallResult) {
  const failed = steps.filter(({ change }) => change === 'failed');
  const removed = steps.filter(({ change }) => change === 'removed').length;
  const removals = removed === 1 ? 'Removed 1 item.' : `Removed ${removed} items.`;
  return {
    type: failed.length === 0 ? ('info' as const) : ('warning' as const),
    message:
      failed.length === 0
        ? 'NCP Scheduler was removed from this machine.'
        : 'NCP Scheduler was removed only in part from this machine.',
    detail: [
      removals,
      ...failed.map(({ path, detail }) => `Could not remove ${path}: ${detail ?? 'unknown reason'}`),
      '',
      'Still there:',
      ...steps
        .filter(({ change }) => change === 'kept')
        .map(({ path }) => `- ${path}: your tasks, history and settings`),
      ...left.map((sentence) => `- ${sentence}`),
    ].join('\n'),
  };
}
