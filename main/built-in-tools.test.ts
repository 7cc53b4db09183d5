import { describe, expect, test } from 'vitest';
import { machineChecks } from './application/tools/machine-checks.ts';
import { toolVerifier } from './application/tools/tool-checks.ts';
import { createCommand, exampleTasks } from './cli/commands/create.ts';
import { runCommand } from './cli/commands/run.ts';
import { definitionOptions } from './cli/commands/task-options.ts';
import { builtInNames, builtIns, builtInTools, isMcpTool } from './contract/built-in/built-ins.ts';
import type { BuiltInToolName } from './contract/built-in/built-ins.ts';
import { definitionShape } from './mcp-server/parameters.ts';
import { commandOf } from './services/consent/task-differences.ts';
import { ConfiguredTools } from './services/tasks/configured-tools.ts';
import { memoryOutside } from './testing/memory-outside.ts';
import { builtInRunners, runnerOf } from './worker/runners/runner-of.ts';

const shown: Readonly<Record<BuiltInToolName, string>> = {
  'shell:run': 'restic backup ~',
  'http:request': 'GET https://example.org',
  'agent:run': 'claude-code: Summarise the commits of the last day',
};

/** The window's part is in renderer/features/editor/parameters/built-in-forms.test.ts. */
describe.each(builtInNames)('%s is known', (tool) => {
  const { example, title, forms } = builtIns[tool];

  test('to the worker, which runs it', async () => {
    expect(isMcpTool(tool)).toBe(false);
    expect(await runnerOf(tool)).toBe(builtInRunners[tool]);
  });

  test('to the checks before a task is saved, without a server', async () => {
    const { toolProblems } = machineChecks(memoryOutside(), () => ({}));
    expect(await toolProblems(tool, example)).toEqual([]);
    expect(await toolProblems(tool, { ...example, nonsense: 1 })).toEqual([expect.stringContaining(`${tool}: `)]);
    const noCatalog = () => Promise.reject(new Error('was asked for'));
    expect(await toolVerifier(noCatalog)(tool, example)).toMatchObject({ problems: [], unverified: null });
  });

  test('to the list of tools', async () => {
    const tools = new ConfiguredTools(noServers);
    expect((await tools.list()).tools).toContainEqual(expect.objectContaining({ tool, title }));
    expect(await tools.find(tool)).toBe(builtInTools.find((candidate) => candidate.tool === tool));
  });

  test('to the help of the command line', () => {
    expect(definitionOptions.tool.describe).toContain(tool);
    expect(runCommand.positionals['tool']?.describe).toContain(tool);
    expect(createCommand.examples.map(({ line }) => line)).toContainEqual(
      expect.stringContaining(`--tool ${tool} --params '${JSON.stringify(example)}'`),
    );
  });

  test('to agents', () => {
    expect(definitionShape.tool.description).toContain(tool);
    for (const form of forms) expect(definitionShape.parameters.description).toContain(form);
  });

  test('to a person who is asked about it', () => {
    expect(commandOf(tool, example)).toBe(shown[tool]);
  });
});

test('a third tool without a runner or an example does not compile', () => {
  type OneMore = BuiltInToolName | 'file:copy';
  // @ts-expect-error -- it has no runner.
  const runners: Readonly<Record<OneMore, unknown>> = builtInRunners;
  // @ts-expect-error -- it has no example.
  const examples: Readonly<Record<OneMore, unknown>> = exampleTasks;
  expect([runners, examples].map(Object.keys)).toEqual([builtInNames, builtInNames]);
});

const unused = () => {
  throw new Error('no server is configured');
};
const noServers = {
  servers: () => ({}),
  listTools: unused,
  problems: unused,
  memory: { get: unused, set: unused },
  fingerprint: unused,
  clock: { now: () => 0, nowIso: () => '' },
  refreshLater: unused,
};
