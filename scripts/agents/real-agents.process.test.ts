import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startModel } from './model-stand-in.mjs';
import { processesWith } from '../../main/testing/proc-facts.ts';
import { runnerFixture } from '../../main/testing/runner-fixture.ts';
import { temporaryDir } from '../../main/testing/temporary-dir.ts';

// The real command lines of the agents, with only the model replaced. They have hundreds of megabytes, so that nobody gets
// them by `npm install`. To run this: install versions into folders, and name the folders:
//   npm install --prefix /tmp/agents/n @anthropic-ai/claude-code @openai/codex @google/gemini-cli opencode-ai
//   NCP_REAL_AGENTS=/tmp/agents/n node scripts/test.mjs --only process -- scripts/agents/real-agents
const folders = (process.env['NCP_REAL_AGENTS'] ?? '').split(delimiter).filter((folder) => folder !== '');
const names = ['claude-code', 'codex', 'gemini', 'opencode'] as const;
type Name = (typeof names)[number];
const programs: Readonly<Record<Name, string>> = {
  ...{ 'claude-code': 'claude', codex: 'codex', gemini: 'gemini', opencode: 'opencode' },
};
const found = folders.flatMap((folder) =>
  names
    .filter((name) => existsSync(join(folder, 'node_modules/.bin', programs[name])))
    .map((name) => ({ name, folder })),
);

let model: Awaited<ReturnType<typeof startModel>>;
beforeAll(async () => (model = await startModel()));
afterAll(() => model.close());

/** Returns the variables with which an agent asks the stand-in. */
function variables(name: Name, home: string): Record<string, string> {
  const { url } = model;
  const write = (path: string, text: string) => {
    mkdirSync(join(home, path, '..'), { recursive: true });
    writeFileSync(join(home, path), text);
  };
  switch (name) {
    case 'claude-code':
      return {
        ANTHROPIC_BASE_URL: url,
        ANTHROPIC_API_KEY: 'k',
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
        CLAUDE_CODE_MAX_RETRIES: '0',
      };
    case 'codex':
      write(
        '.codex/config.toml',
        `model = "gpt-5"\nmodel_provider = "here"\n[model_providers.here]\nname = "here"\nbase_url = "${url}/v1"\nenv_key = "HERE_KEY"\nwire_api = "responses"\nrequest_max_retries = 0\nstream_max_retries = 0\n`,
      );
      return { HERE_KEY: 'k' };
    case 'gemini':
      write('.gemini/settings.json', JSON.stringify({ security: { auth: { selectedType: 'gemini-api-key' } } }));
      return { GOOGLE_GEMINI_BASE_URL: url, GEMINI_API_KEY: 'k', GEMINI_CLI_TRUST_WORKSPACE: 'true' };
    case 'opencode': {
      const options = { baseURL: `${url}/v1`, apiKey: 'k' };
      const here = { npm: '@ai-sdk/openai-compatible', name: 'here', options, models: { m: { name: 'm' } } };
      write(
        '.config/opencode/opencode.json',
        JSON.stringify({ provider: { here }, model: 'here/m', autoupdate: false }),
      );
      return {};
    }
  }
}

/** Returns a program that starts an agent without asking it for JSON, as a wrapper or a version that knows another flag does. */
function plainOutput(program: string): string {
  const path = join(temporaryDir(), 'plain');
  const words = '--json) ;; stream-json) set -- "$@" text ;; json) set -- "$@" default ;; *) set -- "$@" "$word" ;;';
  writeFileSync(path, `#!/bin/sh\nfor word do shift; case $word in ${words} esac; done\nexec ${program} "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

describe.runIf(found.length > 0).each(found)('$name in $folder', ({ name, folder }) => {
  async function start(prompt: string, more: Record<string, unknown> = {}, spec: object = {}) {
    const { start: run, dir } = await runnerFixture();
    vi.stubEnv('STAND_IN_DIR', dir);
    const PATH = `${join(folder, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`;
    // Without a model, it asks another one which to use, as JSON.
    const chosen = name === 'gemini' ? { model: 'gemini-2.5-pro' } : {};
    const env = { HOME: dir, PATH, ...variables(name, dir) };
    const started = run('agent:run', { agent: name, prompt, ...chosen, ...more }, { env, timeoutMs: 100_000, ...spec });
    return { started, dir };
  }
  const result = async (...given: Parameters<typeof start>) => (await start(...given)).started.finished;

  it('answers', async () => {
    expect(await result('Say hello')).toMatchObject({
      status: 'success',
      result: { text: 'Hello from the model.', isError: false },
    });
  });

  it('fails if the model answers with an error', async () => {
    const { status, error } = await result('[401] Say hello');
    expect(status).toBe('failure');
    expect(error?.code).toMatch(/^agent\/(?:signed-out|failed|exit-code)$/);
  });

  it.runIf(name === 'claude-code')('says which permission it needs', async () => {
    expect(await result('[write] a file')).toMatchObject({ error: { code: 'agent/needs-permission' } });
  });

  it.runIf(name === 'claude-code')('fails if its budget ends in the middle', async () => {
    const ended = await result('[write] a file', { maxCostUsd: 0.000_001, permissions: 'edit' });
    expect(ended).toMatchObject({ status: 'failure', error: { code: 'agent/failed' } });
  });

  it('says that its output is not the JSON that it was asked for', async () => {
    const ended = await result('Say hello', { command: [plainOutput(programs[name])] });
    expect(ended).toMatchObject({ status: 'failure', error: { code: 'agent/no-answer' } });
  });

  it('fails if its program crashes in the middle', async () => {
    const before = model.calls();
    const { started, dir } = await start('[hang] and crash');
    await vi.waitFor(() => expect(model.calls()).toBeGreaterThan(before), { timeout: 90_000, interval: 200 });
    for (const { pid } of processesWith(join(folder, 'node_modules'))) process.kill(pid, 'SIGKILL');
    const { status, error } = await started.finished;
    expect({ status, code: error?.code }).toEqual({
      status: 'failure',
      code: expect.stringMatching(/^agent\//) as string,
    });
    expect(processesWith(dir)).toEqual([]);
  });

  it('is ended when its time is over, with everything that it started', async () => {
    const { started, dir } = await start('[hang] and wait', {}, { timeoutMs: 8000 });
    expect((await started.finished).status).toBe('timeout');
    expect(processesWith(dir)).toEqual([]);
  });
});

it.runIf(found.length === 0)('is asked for with NCP_REAL_AGENTS', () => {
  expect(folders).toEqual([]);
});
