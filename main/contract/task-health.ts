import type { Execution } from './execution.ts';

/**
 * Returns what a run says about its task: that it fails, or that it works. Null if it says neither, because it is still
 * running, somebody stopped it, or it tried out a draft. A look of a probe that found no change went well.
 */
export function healthAfter({ status, trigger }: Pick<Execution, 'status' | 'trigger'>): 'failing' | 'working' | null {
  if (trigger === 'test') return null;
  switch (status) {
    case 'failure':
    case 'timeout':
    case 'interrupted':
      return 'failing';
    case 'success':
    case 'skipped':
      return 'working';
    case 'running':
    case 'cancelled':
      return null;
  }
}
