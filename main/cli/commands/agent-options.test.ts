import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cliFor } from '../../testing/cli-harness.ts';
import { memoryApplication } from '../../testing/memory-application.ts';
import type { MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());
const { ok, fails } = cliFor(() => application);
const digest = ['create', '--name', 'Digest', '--schedule', 'every weekday at 8', '--agent', 'claude-code'] as const;

describe('create --agent', () => {
  it('makes a task of agent:run without JSON', async () => {
    const { task } = await ok(...digest, '--prompt', 'Tidy up', '--permissions', 'edit', '--max-cost', '0.5');
    expect(task).toMatchObject({
      tool: 'agent:run',
      parameters: { agent: 'claude-code', prompt: 'Tidy up', permissions: 'edit', maxCostUsd: 0.5 },
    });
  });

  it('refuses options that the agent cannot obey, and says which', async () => {
    const { error } = await fails(...digest.slice(0, -1), 'codex', '--prompt', 'Tidy up', '--max-cost', '1');
    expect(error).toMatchObject({ code: 'task/invalid' });
    expect(error.message).toContain('"maxCostUsd" is not possible with codex');
  });

  it('needs a prompt, and a tool or an agent', async () => {
    expect((await fails(...digest)).error.code).toBe('task/invalid');
    const { error } = await fails('create', '--name', 'Digest', '--schedule', 'hourly');
    expect(error).toMatchObject({ code: 'usage/missing-argument', details: { missing: ['--tool'] } });
  });

  it('takes parameters as JSON or as options, not both', async () => {
    const { error } = await fails(...digest, '--prompt', 'Tidy up', '--params', '{}');
    expect(error.code).toBe('usage/conflicting-options');
  });

  it('says how any other program becomes an agent', async () => {
    const any = [
      'create',
      '--name',
      'Any',
      '--schedule',
      'every day at 8',
      '--agent',
      'command',
      '--prompt',
      'Tidy up',
    ];
    for (const more of [[], ['--params', '{"command":["cat"]}']]) {
      const { error } = await fails(...any, ...more);
      expect(error.message).toContain('--tool agent:run --params');
    }
  });
});

describe('update', () => {
  it('keeps the parameters of an agent that are not given', async () => {
    await ok(...digest, '--prompt', 'Tidy up');
    const { task } = await ok('update', 'Digest', '--allow-tool', 'Write', '--allow-tool', 'Bash(git push:*)');
    expect(task.parameters).toEqual({
      agent: 'claude-code',
      prompt: 'Tidy up',
      allowedTools: ['Write', 'Bash(git push:*)'],
    });
  });

  it('puts the file of a prompt in the place of a prompt', async () => {
    await ok(...digest, '--prompt', 'Tidy up');
    const { task } = await ok('update', 'Digest', '--prompt-file', 'tidy.md');
    expect(task.parameters).toEqual({ agent: 'claude-code', promptFile: 'tidy.md' });
  });

  it('refuses options of an agent for another tool', async () => {
    await ok(
      'create',
      '--name',
      'Backup',
      '--schedule',
      'hourly',
      '--tool',
      'shell:run',
      '--params',
      '{"command":"true"}',
    );
    const { error } = await fails('update', 'Backup', '--model', 'opus');
    expect(error.message).toContain('need --agent');
  });
});
