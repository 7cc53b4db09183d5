import type { AgentFacts, AgentCommand, Fields } from './agent-command.ts';
import { callText, failed, firstLine, number, object, text } from './fields.ts';

const modes = { read: 'plan', ask: 'default', edit: 'auto_edit', all: 'yolo' } as const;
/** The tools that change a file. */
const editTools: ReadonlySet<string> = new Set(['write_file', 'replace', 'edit']);
/** What a call is answered that would need a person ("Tool execution denied by policy", "requires user confirmation"). */
const deniedWords =
  /denied by policy|requires (?:user )?(?:confirmation|approval)|not found in registry|user confirmation/i;

/** Gemini CLI, read as version 0.61.0 prints (`gemini --output-format stream-json`). */
export const gemini: AgentCommand = {
  title: 'Gemini CLI',
  program: 'gemini',
  install: 'npm install -g @google/gemini-cli',
  signIn: 'gemini, then choose how to sign in',
  obeys: ['model', 'allowedTools'],
  call: ({ model, permissions, allowedTools, extra, prompt }) => ({
    args: [
      ...['--output-format', 'stream-json', '--approval-mode', modes[permissions]],
      ...(model === null ? [] : ['--model', model]),
      ...(allowedTools.length === 0 ? [] : ['--allowed-tools', allowedTools.join(',')]),
      ...extra,
    ],
    // The person chose the folder when they made the task: Gemini's question about it could not be answered.
    env: { GEMINI_CLI_TRUST_WORKSPACE: 'true' },
    input: prompt,
  }),
  read,
  resume: (sessionId) => `gemini --resume ${sessionId}`,
  checkSignIn: null,
};

function read(event: Fields, facts: AgentFacts): readonly string[] {
  switch (event['type']) {
    case 'init':
      facts.sessionId = text(event['session_id']);
      facts.model = text(event['model']);
      return [];
    case 'message':
      return message(event, facts);
    case 'tool_use':
      return toolUse(event, facts);
    case 'tool_result':
      return toolResult(event, facts);
    case 'error':
      return [firstLine(text(event['message']) ?? 'An error without a message')];
    case 'result':
      return result(event, facts);
    default:
      return [];
  }
}

function message(event: Fields, facts: AgentFacts): readonly string[] {
  const content = text(event['content']);
  if (event['role'] !== 'assistant' || content === null) return [];
  // Pieces of one message follow each other; a tool call ends it.
  facts.text = event['delta'] === true ? (facts.text ?? '') + content : content;
  return content.split('\n');
}

function toolUse(event: Fields, facts: AgentFacts): readonly string[] {
  const name = text(event['tool_name']) ?? 'a tool';
  const input = object(event['parameters']);
  facts.text = null;
  facts.calls.set(String(event['tool_id']), `${name}\n${text(input['file_path']) ?? ''}`);
  return [callText(name, input)];
}

function toolResult(event: Fields, facts: AgentFacts): readonly string[] {
  const [name = 'a tool', path = ''] = facts.calls.get(String(event['tool_id']))?.split('\n') ?? [];
  if (event['status'] !== 'error') {
    if (path !== '' && editTools.has(name)) facts.files.add(path);
    return [];
  }
  const reason = text(object(event['error'])['message']) ?? text(event['output']) ?? 'no reason was given';
  if (deniedWords.test(reason)) facts.denials.push({ permission: name, grant: { tool: name } });
  return [`  failed: ${firstLine(reason)}`];
}

function result(event: Fields, facts: AgentFacts): readonly string[] {
  facts.ended = true;
  facts.turns = number(object(event['stats'])['turns']) ?? facts.turns;
  if (event['status'] === 'error')
    failed(facts, text(object(event['error'])['message']) ?? 'It ended with an error that it did not describe.');
  return [];
}
