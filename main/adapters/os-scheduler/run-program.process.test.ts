import { expect, it } from 'vitest';
import { complaint, createCommandRunner, type CommandOptions } from './run-program.ts';

const run = createCommandRunner();
const node = (script: string, options?: CommandOptions) => run(process.execPath, ['-e', script], options);

it('returns the program’s output and exit code', async () => {
  const script = `process.stdout.write('out\\n'); process.stderr.write('err\\n'); process.exitCode = 3`;
  expect(await node(script)).toEqual({ exitCode: 3, stdout: 'out\n', stderr: 'err\n', failure: null });
});

it('pins the locale and adds to this process’s own environment', async () => {
  const script = `process.stdout.write([process.env.LC_ALL, process.env.MORE, process.env.PATH].join('|'))`;
  const { stdout } = await node(script, { env: { MORE: 'more' } });
  expect(stdout).toBe(`C|more|${process.env['PATH'] ?? ''}`);
});

it('passes the input and closes it', async () => {
  const script = `process.stdin.pipe(process.stdout)`;
  expect((await node(script, { input: 'a line' })).stdout).toBe('a line');
  expect((await node(script)).stdout).toBe('');
});

it('accepts a program that ends before it has read its input', async () => {
  const { exitCode, failure } = await node(`process.exit(2)`, { input: 'x'.repeat(4_000_000) });
  expect({ exitCode, failure }).toEqual({ exitCode: 2, failure: null });
});

it('keeps every byte as one character on request', async () => {
  const script = `process.stdout.write(Buffer.from([0x61, 0xff, 0x00, 0xe9]))`;
  expect((await node(script, { encoding: 'latin1' })).stdout).toBe('a\u00ff\u0000\u00e9');
});

it('accepts outputs of many megabytes', async () => {
  const { stdout } = await node(`process.stdout.write('x'.repeat(20_000_000))`);
  expect(stdout.length).toBe(20_000_000);
});

it('ends a program that takes too long, and reports it', async () => {
  const { exitCode, failure } = await node(`setInterval(() => {}, 1000)`, { timeoutMs: 200 });
  expect(exitCode).toBeNull();
  expect(failure).toBe(`${process.execPath} took too long and was ended`);
});

it('reports a missing program', async () => {
  const result = await run('/missing/program', []);
  expect(result).toEqual({
    exitCode: null,
    stdout: '',
    stderr: '',
    failure: '/missing/program could not be started: the program was not found',
  });
  expect(complaint(result)).toBe(result.failure);
});
