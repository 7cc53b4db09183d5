import { describe, expect, it } from 'vitest';
import type { AgentName } from '../../contract/built-in/agent-run.ts';
import { agentRecording } from '../../testing/agent-recording.ts';
import { emptyFacts } from './agent-command.ts';
import type { AgentWish, Fields } from './agent-command.ts';
import { agents } from './agents.ts';

function read(name: string) {
  const { agent, stdout } = agentRecording(name);
  return readLines(agent as AgentName, stdout);
}

function readLines(agent: AgentName, stdout: readonly string[]) {
  const facts = emptyFacts();
  const log = stdout.flatMap((line) => agents[agent].read?.(JSON.parse(line) as Fields, facts) ?? []);
  return { facts, log };
}

const wish: AgentWish = {
  prompt: 'Tidy up',
  promptFile: null,
  model: null,
  permissions: 'ask',
  allowedTools: [],
  maxCostUsd: null,
  servers: {},
  extra: [],
  command: [],
};

describe('what Claude Code printed', () => {
  it('gives answer, cost, turns, session and model', () => {
    const { facts, log } = read('claude-code-answer');
    expect(facts).toMatchObject({
      ended: true,
      text: 'Hello from the model.',
      costUsd: 0.0055,
      turns: 1,
      sessionId: '82c9e0be-16f0-4a11-a5ab-d0856acae3c6',
      model: 'claude-opus-4-8[1m]',
      problem: null,
      denials: [],
    });
    expect(log).toEqual(['Hello from the model.']);
  });

  it('names the permission that nobody could give, although it says that it succeeded', () => {
    const { facts, log } = read('claude-code-denied');
    expect(facts.denials).toEqual([{ permission: 'Write', grant: { tool: 'Write' } }]);
    expect(log).toContain('→ Write: /work/project/hello.txt');
    expect(log.join('\n')).toContain('failed: Claude requested permissions to write');
  });

  it('names the files that it changed', () => {
    expect([...read('claude-code-written').facts.files]).toEqual(['/work/project/hello.txt']);
  });

  it.each([
    ['claude-code-signed-out', 'Not logged in · Please run /login'],
    ['claude-code-refused-key', 'Invalid API key · Fix external API key'],
  ])('tells a missing sign-in from other errors: %s', (name, problem) => {
    expect(read(name).facts).toMatchObject({ problem, signedOut: true });
  });

  it('tells an error of the model and a limit of costs', () => {
    const broken = read('claude-code-broken').facts;
    expect(broken).toMatchObject({ ended: true, signedOut: false });
    expect(broken.problem).toContain('The model is broken.');
    expect(read('claude-code-budget').facts).toMatchObject({
      problem: 'Reached maximum budget ($0.001)',
      signedOut: false,
      costUsd: 0.0055,
    });
  });
});

describe('what Codex printed', () => {
  it('gives answer, turns and session; it reports no cost', () => {
    expect(read('codex-answer').facts).toMatchObject({
      ended: true,
      text: 'Hello from the model.',
      costUsd: null,
      turns: 1,
      sessionId: '01a22578-cc8c-7023-b903-3cca30c85c41',
      problem: null,
    });
  });

  it('shows the commands that its sandbox kept from writing as a missing permission', () => {
    const { facts, log } = read('codex-denied');
    expect(facts.denials).toEqual([{ permission: 'to change files', grant: { permissions: 'edit' } }]);
    expect(log.join('\n')).toMatch(/failed with exit code 1: .*Read-only file system/);
    expect(read('codex-written').facts.denials).toEqual([]);
  });

  it('tells a refused key from a broken model', () => {
    expect(read('codex-refused-key').facts).toMatchObject({ ended: true, signedOut: true });
    expect(read('codex-broken').facts).toMatchObject({ ended: true, signedOut: false });
  });
});

describe('what Gemini CLI printed', () => {
  it('gives answer, session, model and files', () => {
    const { facts, log } = read('gemini-written');
    expect(facts).toMatchObject({
      ended: true,
      text: 'Hello from the model.',
      model: 'gemini-2.5-flash',
      problem: null,
    });
    expect([...facts.files]).toEqual(['/work/project/hello.txt']);
    expect(log).toEqual(['→ write_file: /work/project/hello.txt', 'Hello from the model.']);
  });

  it('tells a refused key', () => {
    expect(read('gemini-refused-key').facts).toMatchObject({ ended: true, signedOut: true });
  });
});

describe('the events that opencode and goose document', () => {
  it('give answer, session, cost and a permission of opencode', () => {
    const { facts } = readLines('opencode', [
      '{"type":"tool_use","sessionID":"ses_1","part":{"tool":"write","state":{"status":"error","input":{"filePath":"/a"},"error":"The user rejected permission to use this specific tool call."}}}',
      '{"type":"text","sessionID":"ses_1","part":{"type":"text","text":"Done."}}',
      '{"type":"step_finish","sessionID":"ses_1","part":{"reason":"stop","cost":0.25}}',
    ]);
    expect(facts).toMatchObject({ text: 'Done.', sessionId: 'ses_1', costUsd: 0.25, turns: 1, ended: true });
    expect(facts.denials).toEqual([{ permission: 'edit', grant: { tool: 'edit' } }]);
  });

  it('give answer and error of goose', () => {
    const { facts, log } = readLines('goose', [
      '{"type":"message","message":{"role":"assistant","content":[{"type":"toolRequest","id":"1","toolCall":{"status":"success","value":{"name":"developer__shell","arguments":{"command":"ls"}}}},{"type":"text","text":"Done."}]}}',
      '{"type":"error","error":"Authentication error: 401"}',
      '{"type":"complete","total_tokens":12}',
    ]);
    expect(facts).toMatchObject({ text: 'Done.', ended: true, signedOut: true });
    expect(log[0]).toBe('→ developer__shell: ls');
  });
});

describe('how an agent is started', () => {
  it('with the prompt on standard input, which no list of processes shows', () => {
    for (const name of ['claude-code', 'codex', 'gemini', 'goose', 'opencode'] as const) {
      const call = agents[name].call(wish);
      expect(call.input).toBe('Tidy up');
      expect(call.args.join(' ')).not.toContain('Tidy up');
    }
  });

  it.each(['claude-code', 'opencode'] as const)('by %s without a secret of an MCP server in its arguments', (name) => {
    const servers = { github: { command: 'gh-mcp', env: { TOKEN: 'hunter2' } } };
    const { serverFile, ...call } = agents[name].call({ ...wish, servers });
    expect([...call.args, ...(serverFile?.args('/s.json') ?? [])].join(' ')).not.toContain('hunter2');
    expect(JSON.stringify({ call, serverFile })).toContain('hunter2');
  });

  it('by Claude Code with model, mode, tools, limit and servers', () => {
    const servers = { github: { url: 'https://mcp.example.org', headers: { Authorization: 'Bearer x' } } };
    const call = agents['claude-code'].call({
      ...wish,
      ...{ model: 'opus', permissions: 'edit', allowedTools: ['Bash(git push:*)'], maxCostUsd: 0.5, servers },
    });
    expect(call.args.slice(4)).toEqual([
      '--permission-mode',
      'acceptEdits',
      '--model',
      'opus',
      '--max-budget-usd',
      '0.5',
      '--allowedTools',
      'Bash(git push:*)',
    ]);
    // Secrets of a server are in a file, not among the arguments.
    expect(call.serverFile?.args('/s.json')).toEqual(['--mcp-config=/s.json']);
    expect(JSON.parse(call.serverFile?.content ?? '')).toMatchObject({ mcpServers: { github: { type: 'http' } } });
  });

  it('by Codex in the sandbox of the permissions', () => {
    const sandbox = (permissions: AgentWish['permissions']) => agents.codex.call({ ...wish, permissions }).args[3];
    expect(sandbox('all')).toBe('--dangerously-bypass-approvals-and-sandbox');
    expect(sandbox('ask')).toBe('-');
    expect(agents.codex.call({ ...wish, permissions: 'read' }).args).toContain('read-only');
  });

  it('by any command with the prompt where its template has it', () => {
    const command = ['ask-model', '--model={model}', '{prompt}'];
    expect(agents.command.call({ ...wish, command, model: 'm' })).toEqual({ args: ['--model=m', 'Tidy up'] });
    expect(agents.command.call({ ...wish, command: ['ask-model'] })).toEqual({ args: [], input: 'Tidy up' });
  });
});
