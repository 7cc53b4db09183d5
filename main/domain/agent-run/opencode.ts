import type { AgentFacts, AgentCommand, AgentWish, Fields } from './agent-command.ts';
import { callText, failed, firstLine, number, object, text } from './fields.ts';

/** The tools that change a file. */
const editTools: ReadonlySet<string> = new Set(['write', 'edit', 'patch']);
/** What a tool answers whose permission nobody gave. */
const deniedWords = /permission|rejected/i;

/** opencode, read as version 1.18 prints (`opencode run --format json`). */
export const opencode: AgentCommand = {
  title: 'opencode',
  program: 'opencode',
  install: 'npm install -g opencode-ai',
  signIn: 'opencode auth login',
  obeys: ['model', 'allowedTools', 'mcpServers'],
  call: (wish) => ({
    args: [
      ...['run', '--format', 'json', ...(wish.permissions === 'read' ? ['--agent', 'plan'] : [])],
      ...(wish.model === null ? [] : ['--model', wish.model]),
      ...wish.extra,
    ],
    env: environment(wish),
    input: wish.prompt,
  }),
  read,
  resume: (sessionId) => `opencode --session ${sessionId}`,
  checkSignIn: null,
};

/** Permissions of opencode by name (https://opencode.ai/docs/permissions). */
const granted = {
  read: {},
  ask: {},
  edit: { edit: 'allow' },
  all: { '*': 'allow', edit: 'allow', bash: 'allow', webfetch: 'allow', external_directory: 'allow' },
} as const;

function environment({ permissions, allowedTools, servers }: AgentWish): Record<string, string> {
  const tools = Object.fromEntries(allowedTools.map((name) => [name, 'allow']));
  const permission = { ...granted[permissions], ...tools };
  const mcp = Object.entries(servers).map(([name, server]) => [
    name,
    'url' in server
      ? { type: 'remote', url: server.url, headers: server.headers ?? {} }
      : { type: 'local', command: [server.command, ...(server.args ?? [])], environment: server.env ?? {} },
  ]);
  return {
    ...(Object.keys(permission).length === 0 ? {} : { OPENCODE_PERMISSION: JSON.stringify(permission) }),
    ...(mcp.length === 0
      ? {}
      : { OPENCODE_CONFIG_CONTENT: JSON.stringify({ mcp: Object.fromEntries(mcp) as unknown }) }),
  };
}

function read(event: Fields, facts: AgentFacts): readonly string[] {
  facts.sessionId = text(event['sessionID']) ?? facts.sessionId;
  const part = object(event['part']);
  switch (event['type']) {
    case 'text':
      facts.text = text(part['text']);
      return (facts.text ?? '').split('\n');
    case 'tool_use':
      return toolUse(part, facts);
    case 'step_finish':
      return stepFinished(part, facts);
    case 'error': {
      const error = object(event['error']);
      const message = text(object(error['data'])['message']) ?? text(error['name']) ?? 'An error without a message';
      failed(facts, message);
      return [firstLine(message)];
    }
    default:
      return [];
  }
}

function toolUse(part: Fields, facts: AgentFacts): readonly string[] {
  const name = text(part['tool']) ?? 'a tool';
  const state = object(part['state']);
  const input = object(state['input']);
  const shown = callText(name, input);
  if (state['status'] !== 'error') {
    const path = text(input['filePath']);
    if (path !== null && editTools.has(name)) facts.files.add(path);
    return [shown];
  }
  const reason = text(state['error']) ?? 'no reason was given';
  const permission = editTools.has(name) ? 'edit' : name;
  if (deniedWords.test(reason)) facts.denials.push({ permission, grant: { tool: permission } });
  return [shown, `  failed: ${firstLine(reason)}`];
}

function stepFinished(part: Fields, facts: AgentFacts): readonly string[] {
  facts.turns = (facts.turns ?? 0) + 1;
  const cost = number(part['cost']);
  if (cost !== null) facts.costUsd = (facts.costUsd ?? 0) + cost;
  // After "tool-calls" another step follows.
  if (part['reason'] !== 'tool-calls') facts.ended = true;
  return [];
}
