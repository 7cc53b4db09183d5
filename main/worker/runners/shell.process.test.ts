import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runnerFixture } from '../../testing/runner-fixture.ts';

const run = async (parameters: Record<string, unknown>, more: object = {}) => {
  const { start, dir } = await runnerFixture();
  const started = start('shell:run', parameters, more);
  return { dir, result: await started.finished, log: started.log() };
};

describe('shell:run', () => {
  it('runs a line in sh, in the working directory, with the environment of the task', async () => {
    const { log, dir } = await run(
      { command: 'pwd; echo "$0 $GREETING $NCP_EXECUTION_ID"' },
      { env: { PATH: '/usr/bin:/bin', GREETING: 'hi' } },
    );
    expect(log).toContain(` out ${dir}\n`);
    expect(log).toMatch(/ out sh hi test-\S+\n/);
  });

  it('runs a line in the requested shell', async () => {
    const { log } = await run({ command: 'echo ${BASH_VERSION:+bash} {1..3}', shell: 'bash' });
    expect(log).toContain(' out bash 1 2 3\n');
  });

  it('runs a program without a shell: nothing in its arguments is special', async () => {
    const { log } = await run({ args: ['printf', '%s|', '$HOME', '*', '; exit 3', ''] });
    expect(log).toContain(' out $HOME|*|; exit 3||\n');
  });

  it('passes the text of stdin, and nothing without one', async () => {
    expect((await run({ command: 'tr a-z A-Z', stdin: 'grüße\n' })).log).toContain(' out GRüßE\n');
    expect((await run({ command: 'cat; echo end' })).log).toMatch(/^\S+Z out end\n$/);
  });

  it('accepts a program that does not read its stdin', async () => {
    const { result } = await run({ command: 'exit 0', stdin: 'x'.repeat(1_000_000) });
    expect(result).toMatchObject({ status: 'success' });
  });

  it('accepts the exit codes that count as success', async () => {
    expect((await run({ command: 'exit 3', successExitCodes: [0, 3] })).result).toMatchObject({
      status: 'success',
      exitCode: 3,
      error: null,
    });
    expect((await run({ command: 'exit 3', successExitCodes: 3 })).result).toMatchObject({ status: 'success' });
    const { result, log } = await run({ command: 'exit 0', successExitCodes: [1] });
    expect(result).toMatchObject({ status: 'failure', exitCode: 0, error: { code: 'shell/exit-code' } });
    expect(log).toContain(' sys The command ended with exit code 0. Codes that count as success: 1.');
  });

  it('names the signal that ended a command', async () => {
    const { result } = await run({ command: 'kill -9 $$' });
    expect(result).toMatchObject({
      status: 'failure',
      exitCode: null,
      signal: 'SIGKILL',
      error: { code: 'shell/signal' },
    });
  });

  it.each(['sh', 'bash'])('names the signal behind the exit code of a program that %s ran', async (shell) => {
    const { result } = await run({ command: `sh -c 'kill -9 $$'; exit $?`, shell });
    expect(result).toMatchObject({ status: 'failure', exitCode: 137, error: { code: 'shell/exit-code' } });
    expect(result.error?.message).toMatch(/exit code 137: a program that it ran was ended by SIGKILL.*memory runs out/);
  });
});

describe('shell:run reports', () => {
  it.each([
    ['in a shell line', { command: 'nonesuch-command --x' }],
    ['as a program', { args: ['nonesuch-command', '--x'] }],
  ])('a command that is not found, %s, with exit code 127 and a sentence', async (_how, parameters) => {
    const { result, log } = await run(parameters, { env: { PATH: '/usr/bin:/bin' } });
    expect(result).toMatchObject({ status: 'failure', exitCode: 127, error: { code: 'shell/command-not-found' } });
    expect(result.error?.message).toContain('nonesuch-command --x');
    expect(result.error?.message).toContain('/usr/bin:/bin');
    expect(log).toContain(` sys ${result.error?.message ?? ''}`);
  });

  it('a file that is not executable, with exit code 126 and what to do', async () => {
    const { start, dir } = await runnerFixture();
    const file = join(dir, 'script.sh');
    writeFileSync(file, '#!/bin/sh\n');
    chmodSync(file, 0o644);
    const result = await start('shell:run', { args: [file] }).finished;
    expect(result).toMatchObject({ status: 'failure', exitCode: 126, error: { code: 'shell/not-executable' } });
    expect(result.error?.message).toContain(`chmod +x ${file}`);
  });

  it('a missing working directory, before anything starts', async () => {
    const { result } = await run({ command: 'true' }, { workingDirectory: '/nowhere/at/all' });
    expect(result).toMatchObject({
      status: 'failure',
      exitCode: null,
      error: { code: 'execution/no-working-directory' },
    });
    expect(result.error?.message).toContain('/nowhere/at/all');
  });

  it('a working directory that is a file', async () => {
    const { result } = await run({ command: 'true' }, { workingDirectory: '/etc/hostname' });
    expect(result.error?.code).toBe('execution/no-working-directory');
  });

  it.each([
    [{}, 'command'],
    [{ command: 'a', args: ['b'] }, 'command'],
    [{ command: '  ' }, 'command'],
    [{ command: 5 }, 'command'],
    [{ args: [] }, 'args'],
    [{ args: 'ls -l' }, 'args'],
    [{ command: 'ls', shell: 'tcsh' }, 'shell'],
    [{ command: 'ls', stdin: {} }, 'stdin'],
    [{ command: 'ls', successExitCodes: ['0'] }, 'successExitCodes'],
    [{ command: 'ls', comand: 'x' }, 'comand'],
  ])('invalid parameters %j with a message that names "%s"', async (parameters, name) => {
    const { result } = await run(parameters);
    expect(result).toMatchObject({ status: 'failure', error: { code: 'execution/bad-parameters' } });
    expect(result.error?.message).toContain(`"${name}"`);
  });

  it('an unknown tool', async () => {
    const { start } = await runnerFixture();
    expect(await start('shell:walk', {}).finished).toMatchObject({
      status: 'failure',
      error: { code: 'execution/unknown-tool' },
    });
    expect(await start('nowhere:x', {}).finished).toMatchObject({
      status: 'failure',
      error: { code: 'mcp/unknown-server' },
    });
  });

  it('a log that cannot be created, and starts nothing', async () => {
    const { start, dir } = await runnerFixture();
    writeFileSync(join(dir, 'blocked'), '');
    const result = await start('shell:run', { command: 'touch ran' }, { logPath: join(dir, 'blocked/e1.log') })
      .finished;
    expect(result).toMatchObject({ status: 'failure', logBytes: 0, error: { code: 'execution/log-not-writable' } });
    expect(() => rmSync(join(dir, 'ran'))).toThrow();
  });

  it('no error if the log folder is deleted, and writes the log again', async () => {
    const { start, dir } = await runnerFixture();
    mkdirSync(join(dir, 'logs'));
    const run = start('shell:run', { command: 'echo one; rm -r logs; echo two' });
    expect(await run.finished).toMatchObject({ status: 'success', error: null });
    expect(run.log()).toMatch(/ out one\n.* out two\n/s);
  });
});
