import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CapturedLoginShell, type LoginEnvironmentOptions } from './login-environment.ts';

const hourMs = 3_600_000;
let home: string;
let cachePath: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ncp-renewal-'));
  cachePath = join(home, 'data/environment.json');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(home, name), text);
const countStart = 'echo x >> "$HOME/starts"\n';
const starts = () => readFileSync(join(home, 'starts'), 'utf8').length / 2;
/** A process of its own. */
const open = (more: Partial<LoginEnvironmentOptions> = {}) =>
  new CapturedLoginShell({
    cachePath,
    homeDir: home,
    shell: '/bin/bash',
    timeLimitMs: 60_000,
    systemFiles: [join(home, 'environment')],
    session: () => Promise.resolve({}),
    ...more,
  });
/** Returns the variable V, and how often a shell was started for it. */
async function value(more: Partial<LoginEnvironmentOptions> = {}): Promise<string | undefined> {
  return (await open(more).captured()).env['V'];
}

describe('the environment of tasks is captured again', () => {
  beforeEach(() =>
    write('.bash_profile', `${countStart}export V=\${MACHINE:-1}; . ~/.bashrc; [ -s "$HOME/a/b" ] && \\. "$HOME/a/b"`),
  );

  it.each([
    ['a start-up file changed', () => write('.bash_profile', `${countStart}export V=2 # longer`)],
    ['a start-up file was created', () => write('.bashrc', 'export V=2')],
    ['a file that a start-up file sources was created', () => (mkdirSync(join(home, 'a')), write('a/b', 'export V=2'))],
    ['a file of the machine changed', () => write('environment', 'MACHINE=2\n')],
  ])('if %s, in every process, and once', async (_, change) => {
    const running = open();
    expect((await running.captured()).env['V']).toBe('1');
    change();
    expect(await Promise.all([running.captured(), running.captured()])).toMatchObject([
      { source: 'login-shell', env: { V: '2' } },
      { env: { V: '2' } },
    ]);
    expect(starts()).toBe(2);
    expect(await value()).toBe('2');
    expect(starts()).toBe(2);
  });

  it('if a file that a sourced file sources changed, through a link', async () => {
    mkdirSync(join(home, 'dotfiles'));
    write('dotfiles/rc', 'source $HOME/dotfiles/inner\n');
    write('dotfiles/inner', 'export V=3');
    symlinkSync(join(home, 'dotfiles/rc'), join(home, '.bashrc'));
    expect(await value()).toBe('3');
    write('dotfiles/inner', 'export V=44');
    expect(await value()).toBe('44');
  });

  it('if a folder of PATH is gone, as after an update of Node.js by nvm', async () => {
    mkdirSync(join(home, 'v20'));
    write('.bashrc', 'export V=20; [ -e ~/v20 ] && PATH="$HOME/v20:$PATH" || V=22');
    expect(await value()).toBe('20');
    expect(await value()).toBe('20');
    rmSync(join(home, 'v20'), { recursive: true });
    expect(await value()).toBe('22');
  });

  it('if it is a day old, where the caller asks for that', async () => {
    await value();
    const later = open({ now: () => Date.now() + 25 * hourMs });
    await later.captured();
    expect(starts()).toBe(1);
    await later.renew(24 * hourMs);
    expect(starts()).toBe(2);
    await later.renew(24 * hourMs);
    expect(starts()).toBe(2);
  });

  it('if a file was saved while the shell read it', async () => {
    write('.bashrc', '[ -e ~/saved ] || { touch ~/saved; echo "export V=2 # saved" > ~/.bashrc; }');
    expect(await value()).toBe('2');
    expect(await value()).toBe('2');
    expect(starts()).toBe(2);
  });

  it('not for each run if a start-up file writes itself at each start', async () => {
    write('.bashrc', 'echo "# again" >> ~/.bashrc');
    await value();
    const before = starts();
    await value();
    expect(starts()).toBe(before);
  });

  it('never by a command that only reads', async () => {
    await value();
    write('.bashrc', 'export V=2');
    const stored = readFileSync(cachePath, 'utf8');
    const reader = open({ reads: true });
    expect((await reader.captured()).env['V']).toBe('1');
    expect((await reader.present()).env['V']).toBe('2');
    expect((await reader.refresh()).env['V']).toBe('2');
    expect(readFileSync(cachePath, 'utf8')).toBe(stored);
  });
});

describe('a capture that fails', () => {
  const broken = `${countStart}exit 3 # broken`;
  beforeEach(async () => {
    write('.bash_profile', `${countStart}export V=1 API_TOKEN=t0ken`);
    await value();
  });

  it('keeps the old environment, says so, and is not repeated until a file changes', async () => {
    write('.bash_profile', broken);
    const first = await open().captured();
    expect(first).toMatchObject({ source: 'cache', env: { V: '1' } });
    expect(first.problem).toMatch(
      /could not be read: .+ Tasks keep the environment that was captured at 20.+API_TOKEN/,
    );
    expect(starts()).toBe(2);
    // The secret costs each process one start, as before.
    expect((await open().captured()).problem).toContain('Tasks keep the environment');
    expect(starts()).toBe(3);
    write('.bash_profile', `${countStart}export V=5`);
    expect(await open().captured()).toMatchObject({ env: { V: '5' }, problem: null });
  });

  it('keeps what a running process knows, also the secrets', async () => {
    const running = open();
    await running.captured();
    write('.bash_profile', broken);
    expect(await running.refresh()).toMatchObject({ source: 'cache', env: { V: '1', API_TOKEN: 't0ken' } });
    expect((await running.captured()).env['API_TOKEN']).toBe('t0ken');
  });

  it('of a shell that never worked is tried again after five minutes, or once a file changed', async () => {
    rmSync(cachePath);
    write('.bash_profile', broken);
    let nowMs = Date.now();
    const running = open({ now: () => nowMs });
    expect(await running.captured()).toMatchObject({ source: 'fallback', capturedAt: null });
    await running.captured();
    expect(starts()).toBe(2);
    nowMs += 301_000;
    await running.captured();
    expect(starts()).toBe(3);
    write('.bash_profile', `${countStart}export V=6`);
    expect((await running.captured()).env['V']).toBe('6');
  });

  it('because of another shell keeps the old environment too', async () => {
    expect(await open({ shell: '/bin/true' }).captured()).toMatchObject({ source: 'cache', env: { V: '1' } });
  });
});
