import type { ShareableTool } from '../../contract/policy-defaults.ts';
import type { Task } from '../../contract/task.ts';
import type { ResolvedPolicies } from './resolved-policies.ts';

/** Error of a run whose shared worker ended. */
export const sharedWorkerEnded = 'worker/shared-ended';

/** The compiler compares it with the list in the contract, from which the domain takes only types. */
const shareable: Readonly<Record<ShareableTool, true>> = { 'shell:run': true, 'http:request': true };

/**
 * Returns whether the first attempt of a run uses a worker that serves other runs too. Retries do not, so that a run
 * that ends its worker does so only once. Nor do runs with a lower priority, which belongs to the whole worker, nor
 * runs on Windows, where only the worker shows to which run a process belongs. The tool of a probe must share, too.
 */
export function sharesWorker(
  { tool, policies }: Pick<Task, 'tool' | 'policies'>,
  { worker, nice }: Pick<ResolvedPolicies, 'worker' | 'nice'>,
  platform: string,
): boolean {
  const tools = [tool, policies?.probe?.tool ?? tool];
  return (
    worker === 'shared' && tools.every((each) => Object.hasOwn(shareable, each)) && nice === 0 && platform !== 'win32'
  );
}
