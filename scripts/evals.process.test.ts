import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { temporaryDir } from '../main/testing/temporary-dir.ts';

const run = promisify(execFile);
const script = join(import.meta.dirname, 'evals.mjs');
const evals = async (args: readonly string[], env: Readonly<Record<string, string>>) => {
  const { PATH = '' } = process.env;
  const failed = (problem: unknown) => problem as { code: number; stdout: string; stderr: string };
  return run(process.execPath, [script, ...args], { env: { PATH, ...env } }).then(
    (said) => ({ code: 0, ...said }),
    failed,
  );
};

it.each([
  [['--model', 'claude-x'], 'set ANTHROPIC_API_KEY. Nothing was asked'],
  [['--model', 'gpt-x'], 'set OPENAI_API_KEY. Nothing was asked'],
  [[], 'Which model?'],
])('evals %j without a key say so, and end with 2', async (args, said) => {
  const { code, stderr } = await evals(args, {});
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(said) as string });
});

it('gives the wishes to the model of an API, prints the table and records the conversation', async () => {
  const greeting = JSON.stringify({ content: [{ type: 'text', text: 'Hello.' }] });
  const model = createServer((_request, response) => response.end(greeting));
  await new Promise((resolve) => model.listen(0, '127.0.0.1', () => resolve(null)));
  const url = `http://127.0.0.1:${(model.address() as AddressInfo).port}/`;
  const transcript = join(temporaryDir(), 'transcripts', 'one.json');
  const args = ['--model', 'claude-x', '--only', 'Every midnight.', '--transcript', transcript];
  const { code, stdout } = await evals(args, { ANTHROPIC_API_KEY: 'k-1', ANTHROPIC_BASE_URL: url });
  model.close();
  expect(code).toBe(0);
  expect(stdout).toContain('Wish does not exist.');
  expect(stdout).toContain('| claude-x | 1 | 0 | 0 | 1 |');
  const text = readFileSync(transcript, 'utf8');
  expect(JSON.parse(text)).toMatchObject({ model: 'claude-x', wishes: 1, wrong: 1, failure: null });
  expect(text).not.toContain('k-1');
});
