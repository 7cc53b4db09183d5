import { DarwinProcessTree } from './darwin-process-tree.ts';
import { LinuxProcessTree } from './linux-process-tree.ts';
import { WindowsProcessTree } from './windows-process-tree.ts';
import type { ProcessTree } from '../../ports/process-tree.ts';

/** The process tree of this operating system. Other Unixes are asked by `ps`, like macOS. */
export function processTree(platform: NodeJS.Platform = process.platform): ProcessTree {
  if (platform === 'linux') return new LinuxProcessTree();
  return platform === 'win32' ? new WindowsProcessTree() : new DarwinProcessTree();
}
