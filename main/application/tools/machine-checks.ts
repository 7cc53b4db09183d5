import { fitsSchema } from '../../contract/built-in/parameters-schema.ts';
import { builtIns, isBuiltIn } from '../../contract/built-in/built-ins.ts';
import { parameterProblem } from '../../domain/built-in/parameter-problem.ts';
import { unknownServer } from '../../services/tasks/configured-tools.ts';
import type { MachineChecks } from '../../services/tasks/task-checks.ts';
import type { Outside } from '../outside.ts';

/** Returns the checks of a task definition that depend on this machine but start no process. */
export function machineChecks(
  outside: Pick<Outside, 'settings' | 'workingDirectoryProblem' | 'parameterCheck' | 'secretFile'>,
  calendars: () => Readonly<Record<string, unknown>>,
): MachineChecks {
  return {
    workingDirectoryProblem: (path) => outside.workingDirectoryProblem(path),
    calendarProblems: (names) => {
      if (names.length === 0) return [];
      const known = Object.keys(calendars());
      return names.filter((name) => !known.includes(name)).map((name) => unknownCalendar(name, known));
    },
    serverProblems: (names) => {
      if (names.length === 0) return [];
      const known = Object.keys(outside.settings.mcpServers());
      return names.filter((name) => !known.includes(name)).map((name) => unknownAgentServer(name, known));
    },
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

const unknownCalendar = (name: string, known: readonly string[]): string =>
  `There is no calendar "${name}". Known are ${known.join(', ')}; \`calendars add\` adds one.`;

function unknownAgentServer(name: string, known: readonly string[]): string {
  const configured = known.length === 0 ? 'none are configured' : `configured: ${known.join(', ')}`;
  return `agent:run: parameter "mcpServers" has "${name}", which is not a configured MCP server (${configured}). Add it under mcpServers in config.json.`;
}
