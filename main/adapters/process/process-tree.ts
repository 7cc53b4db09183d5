import { DarwinProcessTree } from './darwin-process-tree.ts';
import { LinuxProcessTree } from './linux-process-tree.ts';
import { WindowsProcessTree } from './windows-process-tree.ts';
import type { ProcessTree } from '../../ports/process-tree.ts';

/** The process tree as the worker uses it, for processes that it started itself. */
export type OwnProcessTree = ProcessTree;

/**
 * Returns the process tree of this operating system. Other Unixes use `ps`, like macOS.
 * @param youngerOnly promises that the processes to find start after this call; makes the looks of the first second
 * cheaper.
 */
export function processTree(youngerOnly = false): OwnProcessTree {
  if (process.platform === 'linux') return new LinuxProcessTree(youngerOnly);
  return process.platform === 'win32' ? new WindowsProcessTree() : new DarwinProcessTree();
}
