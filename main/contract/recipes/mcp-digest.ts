import { isMcpTool } from '../built-in/built-ins.ts';
import { toolNamePattern } from '../tool-name.ts';
import type { Recipe } from './recipe.ts';

export const mcpDigest: Recipe = {
  name: 'mcp-digest',
  title: 'Get a digest from an MCP tool',
  does: 'Calls a tool of a configured MCP server every weekday morning and keeps what it answers.',
  needs: 'An MCP server, set up in Settings under MCP servers.',
  succeeds: 'The tool answers without an error, and its answer is not empty.',
  runsOnWindows: true,
  fields: [
    {
      ...{ name: 'tool', label: 'Tool', kind: 'tool', example: 'github:list_issues' },
      hint: 'A tool of one of your MCP servers.',
      problem: (value) =>
        toolNamePattern.test(value) && isMcpTool(value)
          ? null
          : 'must be a tool of an MCP server, written server:tool.',
    },
    {
      ...{ name: 'input', label: 'Input', kind: 'text', example: '{"repo": "me/site"}', isOptional: true },
      hint: 'Optional. What the tool is given, as a JSON object.',
      problem: (value) => (objectOf(value) === null ? 'must be a JSON object, such as {"repo": "me/site"}.' : null),
    },
  ],
  task: ({ tool = '', input = '' }) => ({
    name: `Digest of ${tool}`.slice(0, 200),
    schedule: 'every weekday at 08:00',
    tool,
    parameters: objectOf(input) ?? {},
    policies: { timeoutMs: 120_000, catchUp: 'once', success: [{ check: 'not-empty' }] },
  }),
};

function objectOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    // Not JSON: the caller says what it must be.
    return null;
  }
}
