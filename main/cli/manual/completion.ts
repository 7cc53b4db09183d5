import type { Command } from '../command.ts';
import { completeBash } from './completion-bash.ts';
import { completeFish } from './completion-fish.ts';
import { completePowerShell } from './completion-powershell.ts';
import { completionTree } from './completion-tree.ts';
import { completeZsh } from './completion-zsh.ts';

export const completionShells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type CompletionShell = (typeof completionShells)[number];

/** Returns the completion script for a shell. */
export function completionScript(shell: CompletionShell, commands: readonly Command[]): string {
  const tree = completionTree(commands);
  switch (shell) {
    case 'bash':
      return completeBash(tree);
    case 'zsh':
      return completeZsh(tree);
    case 'fish':
      return completeFish(tree);
    case 'powershell':
      return completePowerShell(tree);
  }
}
