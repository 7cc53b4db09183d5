import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CapturedLoginShell, type LoginEnvironmentOptions } from './login-environment.ts';
import { parseEnvironment } from './shell-capture.ts';

let home: string;
let cachePath: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ncp-login-'));
  cachePath = join(home, 'data/environment.json');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

const profile = (text: string) => {
  for (const name of ['.bash_profile', '.profile', '.bashrc']) writeFileSync(join(home, name), text);
};
/** Changes what the start-up files print without a change of a start-up file. */
const number = (value: number) => writeFileSync(join(home, 'number'), String(value));
const open = (more: Partial<LoginEnvironmentOptions> = {}) =>
  new CapturedLoginShell({
    cachePath,
    homeDir: home,
    shell: '/bin/bash',
    timeLimitMs: 60_000,
    systemFiles: [],
    session: () => Promise.resolve({}),
    ...more,
  });
/** What a process of its own gets. */
const capture = (more: Partial<LoginEnvironmentOptions> = {}) => open(more).captured();
const stored = () => readFileSync(cachePath, 'utf8');

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
    profile('export N=$(cat "$HOME/number")');
    number(1);
    await capture();
    expect(statSync(cachePath).mode & 0o777).toBe(0o600);
    number(2);
    expect(await capture()).toMatchObject({ source: 'cache', env: { N: '1' } });
    const again = await open().refresh();
    expect(again).toMatchObject({ source: 'login-shell', env: { N: '2' } });
    expect(await capture()).toMatchObject({ source: 'cache', env: { N: '2' } });
  });

  it('takes session variables from the session', async () => {
    profile('export DISPLAY=:7 SSH_AUTH_SOCK=/old');
    await capture();
    const { env: found } = await capture({ session: () => Promise.resolve({ DISPLAY: ':3' }) });
    expect(found['DISPLAY']).toBe(':3');
    expect(found).not.toHaveProperty('SSH_AUTH_SOCK');
  });

  it('has nothing of the program that happens to start a task', async () => {
    profile('export FROM_PROFILE=yes');
    const caller = {
      ANTHROPIC_API_KEY: 'sk-ant-caller',
      DATABASE_URL: 'postgres://u:pw@h/db',
      LD_PRELOAD: '/caller.so',
    };
    const more = {
      NODE_PATH: '/caller',
      PYTHONSTARTUP: '/caller.py',
      BASH_ENV: '/caller',
      PLAIN: 'caller',
      TZ: 'Asia/Tokyo',
    };
    for (const [name, value] of Object.entries({ ...caller, ...more, DISPLAY: ':99' })) vi.stubEnv(name, value);
    const first = await capture();
    const later = await capture();
    for (const { env: found } of [first, later]) {
      expect(Object.keys(found).filter((name) => name in { ...caller, ...more, DISPLAY: '' })).toEqual([]);
      expect(found['FROM_PROFILE']).toBe('yes');
    }
    expect(stored()).not.toContain('caller');
    expect(stored()).not.toContain('postgres');
  });

  it('starts with what login(1) sets, and with the variables of the machine', async () => {
    profile('');
    const machine = join(home, 'environment');
    writeFileSync(machine, '# all users\nLANG="de_DE.UTF-8"\nexport PROXY=http://p:1\nHOME=/elsewhere\n');
    const { env: found } = await capture({ systemFiles: [machine, '/nowhere'], shell: '/bin/sh' });
    expect(found).toMatchObject({
      HOME: home,
      SHELL: '/bin/sh',
      TERM: 'dumb',
      LANG: 'de_DE.UTF-8',
      PROXY: 'http://p:1',
    });
    expect(found['USER']).toBe(found['LOGNAME']);
    expect(found['PATH']).toContain('/usr/bin');
  });

  it('is captured again if the person changed the shell or the cache is damaged', async () => {
    profile('export N=1');
    await capture();
    expect((await capture({ shell: '/bin/sh' })).source).toBe('login-shell');
    writeFileSync(cachePath, '{');
    expect((await capture()).source).toBe('login-shell');
  });
});

describe('variables of the login shell that look like secrets', () => {
  const secrets = `export GITHUB_TOKEN=t0ken-1 DB_URL=redis://:pa55@h/0 PIN_PASSWORD=1234 PLAIN=1; echo x >> "$HOME/starts"`;
  const starts = () => readFileSync(join(home, 'starts'), 'utf8').length / 2;

  it('reach tasks of every process, and are not in the file', async () => {
    profile(secrets);
    const wanted = { GITHUB_TOKEN: 't0ken-1', DB_URL: 'redis://:pa55@h/0', PIN_PASSWORD: '1234', PLAIN: '1' };
    expect((await capture()).env).toMatchObject(wanted);
    expect(await capture()).toMatchObject({ source: 'cache', env: wanted });
    expect(stored()).toContain('"PLAIN": "1"');
    for (const value of ['t0ken-1', 'pa55', '1234']) expect(stored()).not.toContain(value);
    expect(readdirSync(join(home, 'data'))).toEqual(['environment.json']);
  });

  it('are asked for once by a process, and again after another process captured a new environment', async () => {
    profile(secrets);
    await capture();
    const before = starts();
    const shell = open();
    await Promise.all([shell.captured(), shell.captured()]);
    await shell.captured();
    expect(starts() - before).toBe(1);
    profile(secrets.replace('t0ken-1', 't0ken-2'));
    await open({ now: () => Date.now() + 1000 }).refresh();
    expect((await shell.captured()).env['GITHUB_TOKEN']).toBe('t0ken-2');
  });

  it('are missing, and named, if the shell fails later; it is asked again after five minutes', async () => {
    profile(`[ -e "$HOME/broken" ] && exit 1; ${secrets}`);
    await capture();
    writeFileSync(join(home, 'broken'), '');
    let nowMs = Date.now();
    const shell = open({ now: () => nowMs });
    const { env: found, problem } = await shell.captured();
    expect(found).toMatchObject({ PLAIN: '1' });
    expect(found).not.toHaveProperty('GITHUB_TOKEN');
    expect(problem).toContain('GITHUB_TOKEN');
    rmSync(join(home, 'broken'));
    nowMs += 299_000;
    expect((await shell.captured()).problem).not.toBeNull();
    nowMs += 2000;
    expect(await shell.captured()).toMatchObject({ problem: null, env: { GITHUB_TOKEN: 't0ken-1' } });
  });

  it('are asked for never if there are none', async () => {
    profile(`export PLAIN=1; echo x >> "$HOME/starts"`);
    await capture();
    const before = starts();
    await capture();
    expect(starts()).toBe(before);
  });
});

describe('the file of version 0.1.0', () => {
  const old = (more: object = {}) =>
    JSON.stringify({
      version: 1,
      shell: '/bin/bash',
      capturedAt: '2026-01-01T00:00:00Z',
      env: { ANTHROPIC_API_KEY: 'sk-old' },
      ...more,
    });

  it('is replaced at the first read, with what a killed process left beside it', async () => {
    profile('');
    mkdirSync(join(home, 'data'));
    writeFileSync(cachePath, old());
    writeFileSync(`${cachePath}.123.tmp`, old());
    expect((await capture()).env).not.toHaveProperty('ANTHROPIC_API_KEY');
    expect(stored()).not.toContain('sk-old');
    expect(readdirSync(join(home, 'data'))).toEqual(['environment.json']);
  });

  it('is deleted even if the shell fails', async () => {
    mkdirSync(join(home, 'data'));
    writeFileSync(cachePath, old());
    expect((await capture({ shell: '/bin/true' })).source).toBe('fallback');
    expect(existsSync(cachePath)).toBe(false);
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
