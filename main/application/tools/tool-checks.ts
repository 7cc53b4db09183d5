import { isBuiltIn } from '../../contract/built-in/built-ins.ts';
import type { ToolCatalog } from '../../services/tasks/tool-catalog.ts';
import type { TaskManagerNeeds } from '../../services/tasks/task-manager.ts';

/** Returns a function that checks a tool with its server. Built-in tools need no server and were checked before. */
export function toolVerifier(catalog: () => Promise<ToolCatalog>): TaskManagerNeeds['verifyTool'] {
  return async (tool, parameters) => {
    if (isBuiltIn(tool)) return { problems: [], unverified: null, schema: null };
    const { verifyTool } = await import('../../services/tasks/tool-verdict.ts');
    return verifyTool(await catalog(), tool, parameters);
  };
}
