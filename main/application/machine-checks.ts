import { statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { builtInParameters } from '../contract/built-in-parameters.ts';
import { builtInTools } from '../contract/built-in-tools.ts';
import type { SettingsStore } from '../ports/settings-store.ts';
import { unknownServer } from '../services/tasks/configured-tools.ts';
import type { MachineChecks } from '../services/tasks/task-checks.ts';

/** Checks of a definition that need this machine but start nothing. */
export function machineChecks(settings: SettingsStore): MachineChecks {
  return {
    workingDirectoryProblem: (path) => {
      if (!isAbsolute(path)) return `The working directory "${path}" must be an absolute path.`;
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats === undefined) return `The working directory ${path} does not exist.`;
      return stats.isDirectory() ? null : `The working directory ${path} is not a directory.`;
    },
    toolProblems: async (tool, parameters) => {
      const builtIn = builtInTools.find((candidate) => candidate.tool === tool);
      if (builtIn !== undefined) {
        if (builtInParameters[tool]?.safeParse(parameters).success === true) return [];
        const { parameterProblems } = await import('../adapters/json-schema/parameter-check.ts');
        return parameterProblems(builtIn.inputSchema, parameters).map((problem) => `${tool}: ${problem}.`);
      }
      const [server = ''] = tool.split(':', 1);
      const known = Object.keys(settings.mcpServers());
      return known.includes(server) ? [] : [unknownServer(tool, server, known).message];
    },
  };
}
