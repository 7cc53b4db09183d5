import { spawn } from 'node:child_process';
import { builtInTools } from '../contract/built-in-tools.ts';
import type { ToolCatalog } from '../ports/tool-catalog.ts';
import type { TaskManagerNeeds } from '../services/tasks/task-manager.ts';

/** Asks a tool's server; built-in tools were checked before, without one. */
export function toolVerifier(catalog: () => Promise<ToolCatalog>): TaskManagerNeeds['verifyTool'] {
  return async (tool, parameters) => {
    if (builtInTools.some((candidate) => candidate.tool === tool)) {
      return { problems: [], unverified: null, schema: null };
    }
    const { verifyTool } = await import('../services/tasks/tool-verdict.ts');
    return verifyTool(await catalog(), tool, parameters);
  };
}

/**
 * Asks a server for its tools in a process of its own, which outlives this one: a command line must not wait for a
 * server that takes ten seconds to start. Whether it succeeds is seen by the next one that asks.
 */
export function refreshApart(command: readonly string[], server: string): void {
  const [executable = process.execPath, ...fixed] = command;
  const child = spawn(executable, [...fixed, 'tools', '--refresh', '--', server], {
    detached: true,
    stdio: 'ignore',
    windowsHide: true,
  });
  child.once('error', () => undefined);
  child.unref();
}
