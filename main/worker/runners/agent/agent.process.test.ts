import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agentRecording, recordingPath } from '../../../testing/agent-recording.ts';
import { processesWith } from '../../../testing/proc-facts.ts';
import { runnerFixture } from '../../../testing/runner-fixture.ts';

const replay = join(import.meta.dirname, '../../../testing/children/replay-agent.mjs');

const replayed = (name: string) => [process.execPath, replay, recordingPath(name)];

/** Runs agent:run with a command line that prints what a real one printed. */
async function run(name: string, more: Record<string, unknown> = {}, spec: object = {}) {
  const { start, dir } = await runnerFixture();
  const { agent } = agentRecording(name);
  const started = start('agent:run', { agent, prompt: 'Tidy up', command: replayed(name), ...more }, spec);
  return { dir, result: await started.finished, log: started.log(), logPath: started.logPath };
}

describe('agent:run', () => {
  it('gives the prompt, and answers with text, cost, turns, session and files', async () => {
    const { result, log, dir } = await run('claude-code-written');
    expect(result).toMatchObject({
      status: 'success',
      error: null,
      result: {
        agent: 'claude-code',
        text: 'Hello from the model.',
        isError: false,
        costUsd: 0.011,
        turns: 2,
        resume: 'claude --resume fad69e94-3245-498d-92a1-17800dfec475',
        filesChanged: ['/work/project/hello.txt'],
        neededPermissions: [],
      },
    });
    expect(JSON.parse(readFileSync(join(dir, 'given.json'), 'utf8'))).toMatchObject({ input: 'Tidy up' });
    expect(log).toContain(' out → Write: /work/project/hello.txt\n');
    expect(log).not.toContain('"type"');
  });

  it('fails a run that needed a permission, although the agent ended with exit code 0', async () => {
    const { result } = await run('claude-code-denied', { allowedTools: ['Read'] });
    expect(result).toMatchObject({ status: 'failure', exitCode: 0, error: { code: 'agent/needs-permission' } });
    expect(result.error?.message).toBe(
      "Claude Code needs permission: Write. Nobody can give it while it runs. To allow it: ncp-scheduler update 'A task' --allow-tool 'Read' --allow-tool 'Write'",
    );
  });

  it.each([
    ['claude-code-signed-out', 'Sign in: claude auth login'],
    ['codex-refused-key', 'Sign in: codex login'],
    ['gemini-signed-out', 'Gemini CLI is not signed in (Invalid auth method selected.)'],
  ])('says that the sign-in is missing: %s', async (name, words) => {
    const { result } = await run(name);
    expect(result).toMatchObject({ status: 'failure', error: { code: 'agent/signed-out' } });
    expect(result.error?.message).toContain(words);
  });

  it('fails a run whose agent reports an error with exit code 0', async () => {
    const { start, dir } = await runnerFixture();
    const recording = join(dir, 'error.json');
    writeFileSync(recording, JSON.stringify({ ...agentRecording('claude-code-broken'), exitCode: 0 }));
    const command = [process.execPath, replay, recording];
    const result = await start('agent:run', { agent: 'claude-code', prompt: 'Tidy up', command }).finished;
    expect(result).toMatchObject({ status: 'failure', exitCode: 0, error: { code: 'agent/failed' } });
    expect(result.error?.message).toContain('The model is broken.');
  });

  it('says that output is not the JSON that it asked for', async () => {
    const { start } = await runnerFixture();
    const command = ['sh', '-c', 'echo Welcome to version 9'];
    const result = await start('agent:run', { agent: 'claude-code', prompt: 'Tidy up', command }).finished;
    expect(result).toMatchObject({ status: 'failure', error: { code: 'agent/no-answer' } });
    expect(result.error?.message).toContain('begins with: Welcome to version 9');
  });

  it('says which program is missing and how to install it', async () => {
    const { start } = await runnerFixture();
    const result = await start('agent:run', { agent: 'codex', prompt: 'Hi' }, { env: { PATH: '/nowhere' } }).finished;
    expect(result).toMatchObject({ status: 'failure', error: { code: 'agent/not-found' } });
    expect(result.error?.message).toContain('npm install -g @openai/codex');
  });

  it('takes what any other command prints as its answer, which the success criteria check', async () => {
    const { start, dir } = await runnerFixture();
    writeFileSync(join(dir, 'prompt.md'), 'count me');
    const parameters = { agent: 'command', promptFile: 'prompt.md', command: ['tr', 'a-z', 'A-Z'] };
    const success = [{ check: 'contains', text: 'COUNT ME' }] as const;
    const ran = start('agent:run', parameters, { success: [...success] });
    expect(await ran.finished).toMatchObject({ status: 'success', result: { agent: 'command', text: 'COUNT ME' } });
    const failing = start('agent:run', parameters, { success: [{ check: 'lacks', text: 'COUNT ME' }] });
    expect(await failing.finished).toMatchObject({ status: 'failure' });
  });

  it.skipIf(process.platform === 'win32')('refuses a prompt file that is a device, which has no end', async () => {
    const { start } = await runnerFixture();
    const parameters = { agent: 'command', promptFile: '/dev/zero', command: ['cat'] };
    const result = await start('agent:run', parameters).finished;
    expect(result).toMatchObject({ status: 'failure', error: { code: 'execution/bad-parameters' } });
    expect(result.error?.message).toContain('it is a device, not a file');
  });

  it('names the signal that ended the agent', async () => {
    const { start } = await runnerFixture();
    const command = ['sh', '-c', 'kill -SEGV $$'];
    const result = await start('agent:run', { agent: 'claude-code', prompt: 'Tidy up', command }).finished;
    expect(result).toMatchObject({ status: 'failure', signal: 'SIGSEGV', error: { code: 'agent/signal' } });
    expect(result.error?.message).toContain('Claude Code was ended by SIGSEGV, and not by NCP Scheduler.');
  });

  it('hides secrets in the log, the answer and the error', async () => {
    const { start } = await runnerFixture();
    const answers = { agent: 'command', prompt: 'say hunter2', command: ['sh', '-c', 'cat; echo hunter2 >&2'] };
    const answered = start('agent:run', answers, { masked: ['hunter2'] });
    const answer = await answered.finished;
    expect(answer).toMatchObject({ status: 'success', result: { text: 'say ***' } });
    expect(answered.log()).toMatch(/ out say \*\*\*\n/);
    expect(answered.log()).toMatch(/ err \*\*\*\n/);
    const command = ['sh', '-c', 'echo key hunter2 is bad >&2; exit 4'];
    const failing = start('agent:run', { agent: 'claude-code', prompt: 'Hi', command }, { masked: ['hunter2'] });
    const failed = await failing.finished;
    expect(failed).toMatchObject({ exitCode: 4, error: { code: 'agent/exit-code' } });
    expect(failed.error?.message).toContain('key *** is bad');
    expect(JSON.stringify([answer, failed]) + answered.log() + failing.log()).not.toContain('hunter2');
  });

  it.skipIf(process.platform !== 'linux').each(['time limit', 'cancel'] as const)(
    'leaves no process of an agent that hangs when the run is ended by %s',
    async (ending) => {
      const { start } = await runnerFixture();
      // A server that the agent started ignores TERM, as a wedged one does.
      const script = 'sh -c "trap : TERM; while :; do sleep 1; done" & wait';
      const parameters = { agent: 'claude-code', prompt: 'Tidy up', command: ['sh', '-c', script] };
      const limit = ending === 'time limit' ? { timeoutMs: 1500 } : {};
      const run = start('agent:run', parameters, limit);
      if (ending === 'cancel') {
        await expect.poll(() => processesWith(run.executionId).length, { timeout: 30_000 }).toBeGreaterThan(2);
        run.cancel('cancelled');
      }
      const { status } = await run.finished;
      expect(status).toBe(ending === 'cancel' ? 'cancelled' : 'timeout');
      expect(processesWith(run.executionId)).toEqual([]);
    },
    60_000,
  );

  it.skipIf(process.platform !== 'linux')('gives the servers in a file that only its owner can read', async () => {
    const { start } = await runnerFixture();
    const command = ['sh', '-c', 'for last; do :; done; stat -c "mode %a" "${last#*=}"', 'sh'];
    const agentServers = { github: { command: 'gh-mcp', env: { TOKEN: 'secret' } } };
    const run = start('agent:run', { agent: 'claude-code', prompt: 'Tidy up', command }, { agentServers });
    await run.finished;
    expect(run.log()).toContain(' out mode 600\n');
  });

  it('gives the servers in a file that is gone after the run', async () => {
    const agentServers = { github: { command: 'gh-mcp', env: { TOKEN: 'secret' } } };
    const { result, dir, logPath } = await run('claude-code-answer', {}, { agentServers });
    expect(result).toMatchObject({ status: 'success' });
    const { args } = JSON.parse(readFileSync(join(dir, 'given.json'), 'utf8')) as { args: string[] };
    expect(args.at(-1)).toBe(`--mcp-config=${logPath}.servers.json`);
    expect(args.join(' ')).not.toContain('secret');
    expect(readdirSync(dirname(logPath)).filter((name) => name.endsWith('.servers.json'))).toEqual([]);
  });
});
