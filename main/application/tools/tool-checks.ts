import { isBuiltIn } from '../../contract/built-in/tools.ts';
import type { ToolCatalog } from '../../services/tasks/tool-catalog.ts';
import type { TaskManagerNeeds } from '../../services/tasks/task-manager.ts';

/** Asks a tool's server; built-in tools were checked before, without one. */
export function toolVerifier(catalog: () => Promise<ToolCatalog>): TaskManagerNeeds['verifyTool'] {
  return async (tool, parameters) => {
    if (isBuiltIn(tool)) return { problems: [], unverified: null, schema: null };
    const { verifyTool } = await import('../../services/tasks/tool-verdict.ts');
    return verifyTool(await catalog(), tool, parameters);
  };
}
