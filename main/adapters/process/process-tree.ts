import { DarwinProcessTree } from './darwin-process-tree.ts';
import { LinuxProcessTree } from './linux-process-tree.ts';
import { WindowsProcessTree } from './windows-process-tree.ts';
import type { ProcessTree } from '../../ports/process-tree.ts';

/** The process tree as the worker uses it on what it started itself. */
export interface OwnProcessTree extends ProcessTree {
  /** `pid` was started by `root` for this execution, as leader of a session and group of its own. */
  leads(root: number, executionId: string, pid: number): void;
}

/**
 * The process tree of this operating system. Other Unixes are asked by `ps`, like macOS.
 * @param youngerOnly what is looked for starts after this call: looking is cheaper for the first second then.
 */
export function processTree(youngerOnly = false): OwnProcessTree {
  if (process.platform === 'linux') return new LinuxProcessTree(youngerOnly);
  return process.platform === 'win32' ? new WindowsProcessTree() : new DarwinProcessTree();
}
