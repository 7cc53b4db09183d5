import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loginEnvironment, parseEnvironment, refreshLoginEnvironment } from './login-environment.ts';

let home: string;
let cachePath: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ncp-login-'));
  cachePath = join(home, 'data/environment.json');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const env = () => ({ HOME: home, PATH: '/usr/bin:/bin', npm_config_x: '1', NODE_OPTIONS: '--no-warnings' });
const profile = (text: string) => {
  for (const name of ['.bash_profile', '.profile', '.bashrc']) writeFileSync(join(home, name), text);
};
const capture = (more: object = {}) =>
  loginEnvironment({ cachePath, env: env(), shell: '/bin/bash', timeLimitMs: 60_000, ...more });

describe('the environment of the login shell', () => {
  it('contains what the start-up files export, including values with line ends, whatever they print', async () => {
    profile(`echo "Welcome!"; export PATH="$HOME/tools:$PATH" TOKEN='a=b' MULTI=$'one\\ntwo=2'`);
    const { source, problem, env: found } = await capture();
    expect({ source, problem }).toEqual({ source: 'login-shell', problem: null });
    expect(found).toMatchObject({ TOKEN: 'a=b', MULTI: 'one\ntwo=2' });
    expect(found['PATH']?.split(':')[0]).toBe(`${home}/tools`);
  });

  it('contains no variables of npm, Node, the shell itself or the capture', async () => {
    profile('');
    const { env: found } = await capture();
    expect(Object.keys(found)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(npm_|NODE_|NCP_|SHLVL|PWD|_)/)]),
    );
  });

  it('works with plain sh', async () => {
    profile('export FROM_PROFILE=yes');
    const { source, env: found } = await capture({ shell: '/bin/sh' });
    expect(source).toBe('login-shell');
    expect(found['FROM_PROFILE']).toBe('yes');
  });

  it('is captured once, readable only by this person, and captured again on request', async () => {
    profile('export N=1');
    await capture();
    expect(statSync(cachePath).mode & 0o777).toBe(0o600);
    profile('export N=2');
    expect(await capture()).toMatchObject({ source: 'cache', env: { N: '1' } });
    const again = await refreshLoginEnvironment({ cachePath, env: env(), shell: '/bin/bash' });
    expect(again).toMatchObject({ source: 'login-shell', env: { N: '2' } });
    expect(await capture()).toMatchObject({ source: 'cache', env: { N: '2' } });
  });

  it('takes session variables from the session', async () => {
    profile('export DISPLAY=:7 SSH_AUTH_SOCK=/old');
    await capture();
    const { env: found } = await capture({ env: { ...env(), DISPLAY: ':3' } });
    expect(found['DISPLAY']).toBe(':3');
    expect(found).not.toHaveProperty('SSH_AUTH_SOCK');
  });

  it('is captured again if the person changed the shell or the cache is damaged', async () => {
    profile('export N=1');
    await capture();
    expect((await capture({ shell: '/bin/sh' })).source).toBe('login-shell');
    writeFileSync(cachePath, '{');
    expect((await capture()).source).toBe('login-shell');
  });
});

describe('a login shell that fails', () => {
  it('that hangs is ended in time, with no process left', async () => {
    profile(`echo $$ > "$HOME/pid"; sleep 600`);
    const { source, problem, env: found } = await capture({ timeLimitMs: 5000 });
    expect(source).toBe('fallback');
    expect(problem).toContain('did not end within 5 s');
    expect(found['PATH']?.split(':')).toEqual(expect.arrayContaining(['/usr/bin', '/usr/local/bin']));
    const pid = Number(readFileSync(join(home, 'pid'), 'utf8'));
    await expect.poll(() => alive(pid)).toBe(false);
  });

  it('that is missing or not a shell is reported', async () => {
    expect((await capture({ shell: '/nowhere/sh' })).problem).toContain('/nowhere/sh');
    expect((await capture({ shell: '/bin/true' })).problem).toContain(
      'did not run the command that prints the environment',
    );
  });

  it('that prints without end is ended', async () => {
    const shell = join(home, 'noisy');
    writeFileSync(shell, '#!/bin/sh\nexec yes\n');
    chmodSync(shell, 0o755);
    expect((await capture({ shell })).problem).toContain('printed too much');
  });
});

describe('reading the output of env', () => {
  it('keeps NUL-separated values whole', () => {
    expect(parseEnvironment('A=1\0B=x\ny=z\0')).toEqual({ A: '1', B: 'x\ny=z' });
  });

  it('joins lines that are not an assignment if there is no NUL', () => {
    expect(parseEnvironment('A=1\nB=x\n  y\nC=\n')).toEqual({ A: '1', B: 'x\n  y', C: '' });
  });
});

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
