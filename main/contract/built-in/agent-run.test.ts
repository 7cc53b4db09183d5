import { expect, test } from 'vitest';
import { agentRun } from './agent-run.ts';
import { fitsSchema } from './parameters-schema.ts';

test.each([
  [{ agent: 'claude-code', prompt: 'Tidy up' }, true],
  [{ agent: 'codex', promptFile: 'prompt.md', model: 'o3', permissions: 'edit', maxCostUsd: 0.5 }, true],
  [{ agent: 'claude-code' }, false],
  [{ prompt: 'Tidy up' }, false],
  [{ agent: 'claude-code', prompt: 'Tidy up', promptFile: 'prompt.md' }, false],
  [{ agent: 'copilot', prompt: 'Tidy up' }, false],
  [{ agent: 'goose', prompt: 'Tidy up', permissions: 'yolo' }, false],
  [{ agent: 'goose', prompt: 'Tidy up', maxCostUsd: '5' }, false],
])('agent:run accepts %j: %s', (parameters, fits) => {
  expect(fitsSchema(agentRun.inputSchema, parameters)).toBe(fits);
});

test('the summary names the agent and shows the whole prompt', () => {
  expect(agentRun.summary({ agent: 'codex', prompt: 'Tidy up' })).toBe('codex: Tidy up');
  expect(agentRun.summary({ agent: 'codex', promptFile: 'tidy.md' })).toBe('codex: the prompt in tidy.md');
  expect(agentRun.summary({})).toBeNull();
});
