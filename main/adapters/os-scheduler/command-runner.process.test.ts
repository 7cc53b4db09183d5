import { expect, it } from 'vitest';
import { complaint, createCommandRunner, type CommandOptions } from './command-runner.ts';

const run = createCommandRunner();
const node = (script: string, options?: CommandOptions) => run(process.execPath, ['-e', script], options);

it('answers what the program wrote, and its exit code', async () => {
  const script = `process.stdout.write('out\\n'); process.stderr.write('err\\n'); process.exitCode = 3`;
  expect(await node(script)).toEqual({ exitCode: 3, stdout: 'out\n', stderr: 'err\n', failure: null });
});

it('pins the locale and adds to this process’s own environment', async () => {
  const script = `process.stdout.write([process.env.LC_ALL, process.env.MORE, process.env.PATH].join('|'))`;
  const { stdout } = await node(script, { env: { MORE: 'more' } });
  expect(stdout).toBe(`C|more|${process.env['PATH'] ?? ''}`);
});

it('hands its input over and closes it', async () => {
  const script = `process.stdin.pipe(process.stdout)`;
  expect((await node(script, { input: 'a line' })).stdout).toBe('a line');
  expect((await node(script)).stdout).toBe('');
});

it('minds no program that ends before it has read its input', async () => {
  const { exitCode, failure } = await node(`process.exit(2)`, { input: 'x'.repeat(4_000_000) });
  expect({ exitCode, failure }).toEqual({ exitCode: 2, failure: null });
});

it('keeps every byte as one character where asked to', async () => {
  const script = `process.stdout.write(Buffer.from([0x61, 0xff, 0x00, 0xe9]))`;
  expect((await node(script, { encoding: 'latin1' })).stdout).toBe('a\u00ff\u0000\u00e9');
});

it('takes answers of many megabytes', async () => {
  const { stdout } = await node(`process.stdout.write('x'.repeat(20_000_000))`);
  expect(stdout.length).toBe(20_000_000);
});

it('ends a program that takes too long, and says so', async () => {
  const { exitCode, failure } = await node(`setInterval(() => {}, 1000)`, { timeoutMs: 200 });
  expect(exitCode).toBeNull();
  expect(failure).toBe(`${process.execPath} took too long and was ended`);
});

it('says that there is no such program', async () => {
  const result = await run('/missing/program', []);
  expect(result).toEqual({
    exitCode: null,
    stdout: '',
    stderr: '',
    failure: '/missing/program could not be started: there is no such program',
  });
  expect(complaint(result)).toBe(result.failure);
});
