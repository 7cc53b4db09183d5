import type { BuiltInTool, Parameters } from './built-in-tool.ts';

/** Runs a prompt with the command line of an AI agent, without a terminal. */
export const agentRun = {
  tool: 'agent:run',
  title: 'Run an AI agent',
  description:
    'Gives a prompt to the command line of an AI agent that is installed on this machine, and waits for its answer. Nobody can answer a question while it runs: what the agent may do is set by permissions and allowedTools. It works in the working directory of the task, and the time limit of the task ends it.',
  inputSchema: {
    type: 'object',
    properties: {
      agent: {
        enum: ['claude-code', 'codex', 'gemini', 'goose', 'opencode', 'command'],
        description: 'The agent. command: the program in "command".',
      },
      prompt: { type: 'string', minLength: 1, description: 'What the agent should do. Set either this or promptFile.' },
      promptFile: {
        type: 'string',
        minLength: 1,
        description:
          'A text file with the prompt, read when the run starts. A relative path is in the working directory.',
      },
      command: {
        type: 'array',
        items: { type: 'string' },
        minItems: 1,
        description:
          'With the agent "command": a program and its arguments, run without a shell. {prompt}, {promptFile} and {model} are replaced; without {prompt} and {promptFile} the prompt is its standard input. With another agent: the program to start instead of the one in PATH.',
      },
      model: {
        type: 'string',
        minLength: 1,
        description: 'Name of the model, as the agent knows it. Default: its own.',
      },
      permissions: {
        enum: ['read', 'ask', 'edit', 'all'],
        description:
          'What the agent may do without asking. read: only look. ask: what its own settings and allowedTools allow; anything else fails the run. edit: also change files in the working directory. all: everything, without any check. Default: ask.',
      },
      allowedTools: {
        type: 'array',
        items: { type: 'string', minLength: 1 },
        minItems: 1,
        description:
          'Tools that the agent may use without asking, in its own words: "Bash(git push:*)" for claude-code.',
      },
      mcpServers: {
        type: 'array',
        items: { type: 'string', minLength: 1 },
        minItems: 1,
        description: 'Names of MCP servers from the settings of NCP Scheduler that the agent can use besides its own.',
      },
      maxCostUsd: {
        type: 'number',
        description: 'The agent stops when a run has cost this many US dollars (claude-code).',
      },
      arguments: {
        type: 'array',
        items: { type: 'string' },
        minItems: 1,
        description: 'More arguments for the command line of the agent, before the prompt.',
      },
    },
    required: ['agent'],
    oneOf: [{ required: ['prompt'] }, { required: ['promptFile'] }],
    additionalProperties: false,
  },
  forms: ['{"agent": "claude-code", "prompt": "…"}'],
  example: { agent: 'claude-code', prompt: 'Summarise the commits of the last day' },
  summary: ({ agent, prompt, promptFile }) => {
    if (typeof agent !== 'string') return null;
    if (typeof prompt === 'string') return `${agent}: ${prompt}`;
    return typeof promptFile === 'string' ? `${agent}: the prompt in ${promptFile}` : null;
  },
  inSummary: ['agent', 'prompt', 'promptFile'],
} as const satisfies BuiltInTool;

/** Returns the names of the MCP servers that a task gives its agent, each once; none for a task with another tool. */
export function agentServerNames(tool: string, { mcpServers }: Parameters): readonly string[] {
  return tool === agentRun.tool && Array.isArray(mcpServers) ? [...new Set(mcpServers.map(String))] : [];
}

export type AgentName = (typeof agentRun.inputSchema.properties.agent.enum)[number];
export type AgentPermissions = (typeof agentRun.inputSchema.properties.permissions.enum)[number];
