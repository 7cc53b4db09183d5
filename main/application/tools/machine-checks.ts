import { fitsSchema } from '../../contract/built-in/parameters-schema.ts';
import { builtIns, isBuiltIn } from '../../contract/built-in/tools.ts';
import { parameterProblem } from '../../domain/built-in/parameter-problem.ts';
import { unknownServer } from '../../services/tasks/configured-tools.ts';
import type { MachineChecks } from '../../services/tasks/task-checks.ts';
import type { Outside } from '../outside.ts';

/** Returns the checks of a task definition that depend on this machine but start no process. */
export function machineChecks(
  outside: Pick<Outside, 'settings' | 'workingDirectoryProblem' | 'parameterCheck' | 'secretFile'>,
): MachineChecks {
  return {
    workingDirectoryProblem: (path) => outside.workingDirectoryProblem(path),
    secretWarnings: async (task) => (await import('./secret-warnings.ts')).secretWarnings(outside, task),
    toolProblems: async (tool, parameters) => {
      if (isBuiltIn(tool)) {
        const { inputSchema } = builtIns[tool];
        if (fitsSchema(inputSchema, parameters)) {
          const found = parameterProblem(tool, parameters);
          return found === null ? [] : [`${tool}: parameter "${found.parameter}" ${found.problem}.`];
        }
        const problemsOf = await outside.parameterCheck();
        return problemsOf({ ...inputSchema }, parameters).map((problem) => `${tool}: ${problem}.`);
      }
      const [server = ''] = tool.split(':', 1);
      const known = Object.keys(outside.settings.mcpServers());
      return known.includes(server) ? [] : [unknownServer(tool, server, known).message];
    },
  };
}
