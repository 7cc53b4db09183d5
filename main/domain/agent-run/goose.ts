import type { AgentFacts, AgentCommand, AgentWish, Fields } from './agent-command.ts';
import { callText, failed, firstLine, object, objects, text } from './fields.ts';

/** Values of GOOSE_MODE (https://block.github.io/goose/docs/guides/goose-permissions). */
const modes = { read: 'chat', ask: null, edit: 'smart_approve', all: 'auto' } as const;

/** goose, read as `goose run --output-format stream-json` is described for version 1.10 and later. */
export const goose: AgentCommand = {
  title: 'goose',
  program: 'goose',
  install: 'https://block.github.io/goose',
  signIn: 'goose configure',
  obeys: ['model'],
  call: (wish) => ({
    args: [
      ...['run', '--output-format', 'stream-json', '--quiet'],
      ...(wish.model === null ? [] : ['--model', wish.model]),
      ...wish.extra,
      ...['-i', '-'],
    ],
    env: environment(wish),
    input: wish.prompt,
  }),
  read,
  resume: (sessionId) => `goose session --resume --session-id ${sessionId}`,
  checkSignIn: null,
};

function environment({ permissions }: AgentWish): Record<string, string> {
  const mode = modes[permissions];
  return mode === null ? {} : { GOOSE_MODE: mode };
}

function read(event: Fields, facts: AgentFacts): readonly string[] {
  switch (event['type']) {
    case 'message':
      return objects(object(event['message'])['content']).flatMap((part) => partRead(part, facts));
    case 'error': {
      const message = text(event['error']) ?? 'An error without a message';
      failed(facts, message);
      return [firstLine(message)];
    }
    case 'complete':
      facts.ended = true;
      return [];
    default:
      return [];
  }
}

function partRead(part: Fields, facts: AgentFacts): readonly string[] {
  if (part['type'] === 'text') {
    facts.text = text(part['text']);
    return (facts.text ?? '').split('\n');
  }
  if (part['type'] === 'toolRequest') {
    const call = object(object(part['toolCall'])['value']);
    const name = text(call['name']) ?? 'a tool';
    facts.calls.set(String(part['id']), name);
    return [callText(name, object(call['arguments']))];
  }
  // Without a terminal goose cannot ask: it stops at this part (aaif-goose/goose#11164).
  if (part['type'] === 'toolConfirmationRequest' || part['type'] === 'actionRequired') {
    const name = text(part['toolName']) ?? text(object(part['data'])['toolName']) ?? 'a tool';
    facts.denials.push({ permission: name, grant: { permissions: 'all' } });
    return [`  needs a permission: ${name}`];
  }
  if (part['type'] !== 'toolResponse') return [];
  const result = object(part['toolResult']);
  return result['status'] === 'error' ? [`  failed: ${firstLine(String(result['error']))}`] : [];
}
