/** The form of a task that runs an AI agent. */
export const agentForm = {
  agent: 'Agent',
  agents: {
    'claude-code': 'Claude Code',
    codex: 'Codex',
    gemini: 'Gemini CLI',
    goose: 'goose',
    opencode: 'opencode',
    command: 'Another command',
  },
  prompt: 'Prompt',
  promptPlaceholder: 'Summarise what changed in this project since yesterday',
  promptFile: 'File with the prompt',
  fromFile: 'Prompt from a file',
  permissions: 'May do without asking',
  permissionChoices: {
    read: 'Only look',
    ask: 'What its own settings allow',
    edit: 'Also change files',
    all: 'Everything',
  },
  permissionsHint: 'Nobody can answer while it runs: a run that needs another permission fails, and says which.',
  more: 'Model, tools and servers',
  summary: (model: string, tools: number, servers: number): string =>
    [model === '' ? 'its own model' : model, tools > 0 ? `${tools} allowed` : '', servers > 0 ? `${servers} MCP` : '']
      .filter((part) => part !== '')
      .join(', '),
  model: 'Model',
  modelPlaceholder: 'The agent’s own',
  allowedTools: 'Allowed tools',
  allowedToolsHint: 'One in each line, as the agent calls them: Bash(git push:*)',
  mcpServers: 'MCP servers',
  mcpServersHint: 'One name in each line, from Settings.',
  maxCost: 'Stop at a cost of',
  maxCostHint: 'US dollars for each run. Leave empty for no limit.',
  command: 'Command',
  commandHint: 'One word in each line: the program, then its arguments. {prompt} and {model} are replaced.',
  errors: {
    prompt: 'Enter what the agent should do.',
    promptFile: 'Enter the path of the file with the prompt.',
    command: 'Enter the program that runs the prompt.',
    maxCost: 'Enter an amount such as 0.50.',
  },
} as const;
