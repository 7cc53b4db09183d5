import type { AgentFacts, AgentCommand, AgentWish, Denial, Fields } from './agent-command.ts';
import { callText, failed, firstLine, number, object, objects, text } from './fields.ts';

const modes = { read: 'plan', ask: 'default', edit: 'acceptEdits', all: 'bypassPermissions' } as const;

/** Claude Code, read as version 2.1.197 prints (`claude -p --output-format stream-json`). */
export const claudeCode: AgentCommand = {
  title: 'Claude Code',
  program: 'claude',
  install: 'npm install -g @anthropic-ai/claude-code',
  signIn: 'claude auth login',
  status: ['auth', 'status'],
  obeys: ['model', 'allowedTools', 'maxCostUsd', 'mcpServers'],
  call: (wish) => ({
    args: [
      ...['-p', '--output-format', 'stream-json', '--verbose', '--permission-mode', modes[wish.permissions]],
      ...(wish.model === null ? [] : ['--model', wish.model]),
      ...(wish.maxCostUsd === null ? [] : ['--max-budget-usd', String(wish.maxCostUsd)]),
      ...(wish.allowedTools.length === 0 ? [] : ['--allowedTools', ...wish.allowedTools]),
      ...wish.extra,
    ],
    input: wish.prompt,
    ...serverFile(wish),
  }),
  read,
  resume: (sessionId) => `claude --resume ${sessionId}`,
  checkSignIn: ['auth', 'status'],
};

function serverFile({ servers }: AgentWish) {
  if (Object.keys(servers).length === 0) return {};
  const typed = Object.entries(servers).map(([name, server]) => [
    name,
    'url' in server ? { type: 'http', ...server } : server,
  ]);
  const content = JSON.stringify({ mcpServers: Object.fromEntries(typed) as unknown });
  // Equals sign: the option takes every argument that follows it.
  return { serverFile: { content, args: (path: string) => [`--mcp-config=${path}`] } };
}

function read(event: Fields, facts: AgentFacts): readonly string[] {
  facts.sessionId = text(event['session_id']) ?? facts.sessionId;
  const content = objects(object(event['message'])['content']);
  switch (event['type']) {
    case 'system':
      return system(event, facts);
    case 'assistant':
      return content.flatMap((part) => said(part));
    case 'user':
      return content.flatMap((part) => answered(part, event, facts));
    case 'result':
      return result(event, facts);
    default:
      return [];
  }
}

function system(event: Fields, facts: AgentFacts): readonly string[] {
  if (event['subtype'] === 'init') {
    facts.model = text(event['model']) ?? facts.model;
    return [];
  }
  if (event['subtype'] !== 'api_retry') return [];
  if (event['error'] === 'authentication_failed') facts.signedOut = true;
  const { attempt, max_retries: most, error_status: status, error } = event;
  return [`The model did not answer (${String(status ?? error)}); attempt ${String(attempt)} of ${String(most)}`];
}

function said(part: Fields): readonly string[] {
  if (part['type'] === 'text') return (text(part['text']) ?? '').split('\n');
  if (part['type'] !== 'tool_use') return [];
  return [callText(text(part['name']) ?? 'a tool', object(part['input']))];
}

function answered(part: Fields, event: Fields, facts: AgentFacts): readonly string[] {
  if (part['type'] !== 'tool_result') return [];
  if (part['is_error'] === true) {
    const { content } = part;
    return [`  failed: ${firstLine(typeof content === 'string' ? content : JSON.stringify(content))}`];
  }
  const made = object(event['tool_use_result']);
  const path = text(made['filePath']);
  // A file that was only read has neither of these.
  if (path !== null && ('structuredPatch' in made || made['type'] === 'create')) facts.files.add(path);
  return [];
}

function result(event: Fields, facts: AgentFacts): readonly string[] {
  facts.ended = true;
  facts.text = text(event['result']) ?? facts.text;
  facts.costUsd = number(event['total_cost_usd']);
  facts.turns = number(event['num_turns']);
  facts.denials.push(...objects(event['permission_denials']).map(denial));
  if (event['is_error'] !== true) return [];
  const errors: unknown[] = Array.isArray(event['errors']) ? event['errors'] : [];
  const words = errors.filter((error) => typeof error === 'string').join('; ');
  failed(facts, words === '' ? (facts.text ?? `It ended with ${String(event['subtype'])}.`) : words);
  return [];
}

function denial(event: Fields): Denial {
  const tool = text(event['tool_name']) ?? 'a tool';
  const command = text(object(event['tool_input'])['command']);
  const permission = tool === 'Bash' && command !== null ? `Bash(${command})` : tool;
  return { permission, grant: { tool: permission } };
}
