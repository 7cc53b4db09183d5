import { expect, it } from 'vitest';
import { statusCommand } from './status-command.ts';

const env = { PATH: process.env['PATH'] ?? '' };
const run = (script: string, timeoutMs = 10_000) => statusCommand(process.execPath, ['-e', script], { env, timeoutMs });

it('returns the exit code of a program, which gets no input and only the given environment', async () => {
  expect(await run('process.stdin.resume().on("end", () => process.exit(3))')).toBe(3);
  expect(await run('process.exit(process.env.HOME === undefined ? 0 : 1)')).toBe(0);
});

it('returns null for a program that hangs or does not exist', async () => {
  expect(await run('setInterval(() => undefined, 1000)', 200)).toBeNull();
  expect(await statusCommand('/nowhere/claude', [], { env, timeoutMs: 1000 })).toBeNull();
});
