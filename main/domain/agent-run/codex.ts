import type { AgentFacts, AgentCommand, Fields } from './agent-command.ts';
import { failed, firstLine, number, object, objects, text } from './fields.ts';

const sandboxes = {
  read: ['--sandbox', 'read-only'],
  ask: [],
  edit: ['--sandbox', 'workspace-write'],
  all: ['--dangerously-bypass-approvals-and-sandbox'],
} as const;

/** What a system call answers to a command that its sandbox (Landlock, seccomp, Seatbelt) keeps from writing. */
const sandboxWords = /read-only file system|operation not permitted/i;

/** Codex, read as version 0.171.0 prints (`codex exec --json`). */
export const codex: AgentCommand = {
  title: 'Codex',
  program: 'codex',
  install: 'npm install -g @openai/codex',
  signIn: 'codex login',
  status: ['login', 'status'],
  obeys: ['model'],
  call: ({ model, permissions, extra, prompt }) => ({
    args: [
      ...['exec', '--json', '--skip-git-repo-check', ...sandboxes[permissions]],
      ...(model === null ? [] : ['--model', model]),
      ...extra,
      '-',
    ],
    input: prompt,
  }),
  read,
  resume: (sessionId) => `codex resume ${sessionId}`,
  checkSignIn: ['login', 'status'],
};

function read(event: Fields, facts: AgentFacts): readonly string[] {
  switch (event['type']) {
    case 'thread.started':
      facts.sessionId = text(event['thread_id']);
      return [];
    case 'turn.completed':
      facts.ended = true;
      facts.turns = (facts.turns ?? 0) + 1;
      return [];
    case 'turn.failed':
      facts.ended = true;
      failed(facts, text(object(event['error'])['message']) ?? 'The turn failed.');
      return [];
    // Codex tries again after some errors: only turn.failed decides.
    case 'error':
      return [firstLine(text(event['message']) ?? 'An error without a message')];
    case 'item.started':
      return started(object(event['item']));
    case 'item.completed':
      return completed(object(event['item']), facts);
    default:
      return [];
  }
}

function started(item: Fields): readonly string[] {
  if (item['type'] === 'command_execution') return [`→ ${firstLine(text(item['command']) ?? 'a command')}`];
  if (item['type'] === 'mcp_tool_call') return [`→ ${String(item['server'])}:${String(item['tool'])}`];
  return item['type'] === 'web_search' ? [`→ Search: ${firstLine(text(item['query']) ?? '')}`] : [];
}

function completed(item: Fields, facts: AgentFacts): readonly string[] {
  switch (item['type']) {
    case 'agent_message':
      facts.text = text(item['text']);
      return (facts.text ?? '').split('\n');
    case 'command_execution':
      return commandEnded(item, facts);
    case 'file_change':
      return filesChanged(item, facts);
    case 'mcp_tool_call':
      return item['status'] === 'failed' ? [`  failed: ${firstLine(JSON.stringify(item['error'] ?? ''))}`] : [];
    case 'error':
      return [firstLine(text(item['message']) ?? '')];
    default:
      return [];
  }
}

function commandEnded(item: Fields, facts: AgentFacts): readonly string[] {
  const code = number(item['exit_code']);
  if (item['status'] === 'declined')
    facts.denials.push({ permission: `to run ${firstLine(text(item['command']) ?? 'a command')}`, grant: toEdit });
  if (code === null || code === 0) return [];
  const output = text(item['aggregated_output']) ?? '';
  if (sandboxWords.test(output)) facts.denials.push({ permission: 'to change files', grant: toEdit });
  return [`  failed with exit code ${code}: ${firstLine(output)}`];
}

const toEdit = { permissions: 'edit' } as const;

function filesChanged(item: Fields, facts: AgentFacts): readonly string[] {
  const paths = objects(item['changes']).flatMap(({ path }) => text(path) ?? []);
  if (item['status'] === 'failed' || item['status'] === 'declined') {
    facts.denials.push({ permission: 'to change files', grant: toEdit });
    return paths.map((path) => `  not changed: ${path}`);
  }
  for (const path of paths) facts.files.add(path);
  return paths.map((path) => `→ Change ${path}`);
}
